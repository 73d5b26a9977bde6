//! The steps after the first: drawn by parts of the program that are fetched when a file is about to be chosen.

use super::{
    changes, check, confirm,
    draft::{DraftFile, Step},
    flow::{CheckState, Flow, Turn},
    sign, words,
};
use crate::{
    api::ApiError,
    browser,
    components::secondary_button,
    parts,
    routes::{Meanwhile, arriving},
    worker,
};
use leptos::{html::*, prelude::*};
use std::{future::Future, pin::Pin};

/// What a part does that takes its time.
type Doing = Pin<Box<dyn Future<Output = ()>>>;

/// Draws the steps after the first, but for signing, and does what leads to them.
#[derive(Clone, Copy)]
pub(crate) struct LaterSteps {
    check: fn(Flow, Turn, Step, DraftFile) -> Doing,
    open_draft: fn(Flow, Turn, String, bool) -> Doing,
    open: fn(Flow, Step) -> AnyView,
    line: fn(Flow, Step) -> Option<String>,
}

/// Draws the step in which a file is signed.
#[derive(Clone, Copy)]
pub(crate) struct SignStep {
    open: fn(Flow) -> AnyView,
}

impl LaterSteps {
    /// For the door of their part alone: whoever names it has them in its own part.
    pub(crate) const HERE: Self = Self {
        check: |flow, turn, wanted, contents| Box::pin(flow.check_here(turn, wanted, contents)),
        open_draft: |flow, turn, id, take_over| Box::pin(flow.open_here(turn, id, take_over)),
        open: open_here,
        line: line_here,
    };
}

impl SignStep {
    /// For the door of its part alone: whoever names it has it in its own part.
    pub(crate) const HERE: Self = Self { open: sign::step };
}

/// Fetches what the later steps need: their parts, and the worker with its own. Who reaches for a file has it when the file is chosen.
pub(super) fn prepare(flow: Flow) {
    worker::warm_up();
    leptos::task::spawn_local(async move {
        if let Ok(steps) = parts::steps().await {
            here(flow.later, steps);
        }
        if let Ok(sign) = parts::sign().await {
            here(flow.sign, sign);
        }
    });
}

/// Keeps what a part draws by. What is there stays, so that nothing is drawn anew; the page may have been left meanwhile.
fn here<P: Copy + Send + Sync + 'static>(place: RwSignal<Option<P>>, part: P) {
    if place.try_with_untracked(Option::is_none) == Some(true) {
        place.set(Some(part));
    }
}

impl Flow {
    /// Reads and checks the file; then goes where the draft was, or as far as the file allows. Ends whatever check was before it.
    pub(super) async fn run_check(self) {
        let Some(wanted) = self.draft.get_untracked().map(|draft| draft.step) else {
            return;
        };
        let Some(contents) = self.file.get_value() else {
            return;
        };
        let turn = self.begin();
        prepare(self);
        self.step.set(Step::Check);
        self.check.set(CheckState::Running(0.0));
        let name = self.draft.get_untracked().map(|draft| draft.file_name);
        let name = name.unwrap_or_default();
        self.said.set(format!("{name} is chosen and being checked"));
        // What was pressed is gone with the step that it was in.
        browser::focus(Step::Check.heading_id());
        let loaded = parts::steps().await;
        // The page was left meanwhile, or another file came.
        if !self.is(turn) {
            return;
        }
        match loaded {
            Ok(steps) => {
                here(self.later, steps);
                (steps.check)(self, turn, wanted, contents).await;
            }
            Err(_) => self.check.set(CheckState::Failed(
                "the part that checks files could not be loaded".into(),
            )),
        }
    }

    /// Opens the draft that the address names, unless another tab has it.
    pub(super) async fn open(self, id: String, take_over: bool) {
        self.put_aside();
        prepare(self);
        let turn = self.turn();
        let loaded = parts::steps().await;
        if !self.is(turn) {
            return;
        }
        match loaded {
            Ok(steps) => {
                here(self.later, steps);
                (steps.open_draft)(self, turn, id, take_over).await;
            }
            Err(_) => self.problem.set(Some(ApiError::refused(
                "This draft could not be opened",
                "A part of the page could not be loaded. Check your network and reload the page.",
            ))),
        }
    }
}

/// Draws a later step.
pub(super) fn open(flow: Flow, step: Step) -> AnyView {
    let meanwhile = Meanwhile {
        coming: "Loading this step…",
        lost,
    };
    if step == Step::Sign {
        return match flow.sign.get_untracked() {
            Some(sign) => (sign.open)(flow),
            None => arriving(
                || Box::pin(parts::sign()),
                meanwhile,
                move |sign: SignStep| {
                    here(flow.sign, sign);
                    (sign.open)(flow)
                },
            ),
        };
    }
    match flow.later.get_untracked() {
        Some(steps) => (steps.open)(flow, step),
        None => arriving(
            || Box::pin(parts::steps()),
            meanwhile,
            move |steps: LaterSteps| {
                here(flow.later, steps);
                (steps.open)(flow, step)
            },
        ),
    }
}

/// What a later step came to, in a line (reactive).
pub(super) fn line(flow: Flow, step: Step) -> Option<String> {
    (flow.later.get()?.line)(flow, step)
}

fn lost(again: Callback<()>) -> AnyView {
    div()
        .child((
            p().class("govuk-body").role("alert").child(
                "This step could not be loaded. Your draft is kept. Check your network and try again. If Sluice has been \
                 updated since you opened it, reload the page.",
            ),
            secondary_button("Try again", move |_| again.run(())),
        ))
        .into_any()
}

fn open_here(flow: Flow, step: Step) -> AnyView {
    match step {
        Step::Check => check::step(flow),
        Step::Changes => changes::step(flow),
        Step::Send => confirm::step(flow),
        // They have parts of their own.
        Step::Choose | Step::Sign => ().into_any(),
    }
}

fn line_here(flow: Flow, step: Step) -> Option<String> {
    flow.check.with(|check| {
        let CheckState::Done(outcome) = check else {
            return None;
        };
        Some(match step {
            Step::Check => words::check_line(outcome),
            Step::Changes => words::effect_line(outcome),
            Step::Sign => words::signature_line(outcome),
            Step::Choose | Step::Send => return None,
        })
    })
}
