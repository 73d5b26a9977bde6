//! Sending a file: choose, check, see what will change, sign, send. The outcome has its own address, `/send/REFERENCE`.

mod about_name;
mod changes;
mod check;
mod checked;
mod checking;
mod choose;
mod confirm;
mod decisions;
mod draft;
mod flow;
mod follow;
mod kinds;
mod later;
mod outcome;
mod pick;
mod samples;
mod sign;
mod steps;
mod tab;
mod transmit;
mod upload;
mod verdict;
mod words;

pub use draft::{Draft, all as drafts, hand_over, remove as remove_draft};
pub(crate) use later::{LaterSteps, SignStep};
pub use outcome::outcome_page;
pub(crate) use verdict::judge_written_here;
pub use verdict::{Verdict, WrittenVerdict, judge_written};

use crate::{
    address::{Parameter, use_address},
    api::{Me, use_api},
    browser,
    components::{
        beyond_role, button, changing, live_region, notification, problem_summary,
        secondary_button, sends_files,
    },
    session::use_session,
    worker,
};
use draft::Step;
use flow::{Flow, Obstacle};
use leptos::{html::*, prelude::*};

pub fn send_page() -> AnyView {
    let session = use_session();
    match session.me() {
        Some(me) if !sends_files(&me) => div()
            .child((
                h1().class("govuk-heading-l").child("Send a file"),
                beyond_role(&me, "You are not registered to send files."),
            ))
            .into_any(),
        Some(me) => steps_for(me),
        None => ().into_any(),
    }
}

fn steps_for(me: Me) -> AnyView {
    let address = use_address();
    let flow = Flow::new(use_session(), use_api(), address, me);
    // The address says which draft is open: by a link, by Back, by choosing a file.
    Effect::new(move |_| {
        let wanted = address.parameter(Parameter::Draft);
        let open = flow
            .draft
            .with_untracked(|draft| draft.as_ref().map(|draft| draft.id.clone()));
        match wanted {
            wanted if wanted == open => {}
            Some(id) => leptos::task::spawn_local(flow.open(id, false)),
            None => flow.put_aside(),
        }
    });
    on_cleanup(worker::end);
    div()
        .child((
            h1().class("govuk-heading-l").child("Send a file"),
            live_region(move || flow.said.get()),
            changing(move || flow.problem.get().map(|problem| problem_summary(&problem))),
            changing(move || {
                flow.cannot_keep.get().map(|why| {
                    let words = format!("{why} You can still send the file now, but it is lost if you close or reload this page.");
                    notification("This draft is not kept", words)
                })
            }),
            changing(move || match flow.obstacle.get() {
                Some(obstacle) => in_the_way(flow, &obstacle),
                None => steps::steps(flow, open, line),
            }),
        ))
        .into_any()
}

fn open(flow: Flow, step: Step) -> AnyView {
    match step {
        Step::Choose => choose::step(flow),
        later => later::open(flow, later),
    }
}

/// What an earlier step came to, in a line.
fn line(flow: Flow, step: Step) -> Option<String> {
    let draft = flow.draft.get()?;
    if step == Step::Choose {
        // It is there from the first moment of the check.
        return Some(words::file_line(&draft));
    }
    later::line(flow, step)
}

fn in_the_way(flow: Flow, obstacle: &Obstacle) -> AnyView {
    let again = move |()| leptos::task::spawn_local(flow.discard());
    match obstacle {
        Obstacle::Gone => div()
            .class("app-reading")
            .child((
                p().class("govuk-body").child(
                    "This draft is no longer in this browser. It was sent or removed, or it is in another browser.",
                ),
                button("Choose a file", move |_| {
                    flow.obstacle.set(None);
                    flow.address.set_parameter(Parameter::Draft, None);
                    browser::focus_heading();
                }),
            ))
            .into_any(),
        Obstacle::OtherTab => div()
            .class("app-reading")
            .child((
                h2().class("govuk-heading-m").child("This draft is open in another tab"),
                p().class("govuk-body").child(
                    "A draft can be open in one tab only, so that nothing is sent twice. Continue in the other tab, or take the draft over here.",
                ),
                div().class("govuk-button-group").child((
                    button("Continue here", move |_| {
                        if let Some(id) = flow.address.parameter(Parameter::Draft) {
                            leptos::task::spawn_local(flow.open(id, true));
                        }
                    }),
                    secondary_button("Start another draft", move |_| {
                        flow.draft.set(None);
                        again(());
                    }),
                )),
            ))
            .into_any(),
    }
}
