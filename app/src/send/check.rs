//! Step 2: reading the file, and what is wrong with it.

use super::{
    about_name::about_name,
    draft::Step,
    flow::{CheckState, Flow, Outcome},
    kinds, words,
};
use crate::{
    browser,
    components::{
        Fault, FindingsShown, ShowLines, button, changing, error_summary, findings_table_at, inset,
        progress_bar, secondary_button, waiting_bar,
    },
    worker::{self, Asked, Task, TaskId},
};
use leptos::{html::*, prelude::*};
use sluice_shared::files::{FileKind, Line};

/// Lines shown before and after the one at fault.
const AROUND: u64 = 3;

pub(super) fn step(flow: Flow) -> AnyView {
    // Progress must not draw the step anew.
    let running = Memo::new(move |_| {
        flow.check
            .with(|check| matches!(check, CheckState::Running(_)))
    });
    (move || {
        if running.get() {
            return being_read(flow);
        }
        match flow.check.get() {
            CheckState::Idle | CheckState::Running(_) => ().into_any(),
            CheckState::Stopped => again(flow, "You stopped the check. The file is kept."),
            CheckState::Failed(what) if what.starts_with(worker::UNREADABLE) => changed_on_disk(flow),
            CheckState::Failed(what) => {
                leptos::logging::error!("{what}");
                again(flow, "The file could not be checked, perhaps because the connection was lost. The file is kept.")
            }
            CheckState::Done(outcome) => check_outcome(flow, &outcome),
        }
    })
    .into_any()
}

fn being_read(flow: Flow) -> AnyView {
    let part = move || {
        flow.check.with(|check| {
            if let CheckState::Running(part) = check {
                *part
            } else {
                1.0
            }
        })
    };
    let is_read = Memo::new(move |_| part() >= 1.0);
    div()
        .child((
            p().class("govuk-body").child(changing(move || {
                if is_read.get() {
                    "Comparing it with what is in force…"
                } else {
                    "Reading the file…"
                }
            })),
            changing(move || {
                if is_read.get() {
                    waiting_bar("Comparing the file with what is in force")
                } else {
                    progress_bar("Checking the file", part)
                }
            }),
            secondary_button("Stop", move |_| {
                flow.begin();
                flow.said
                    .set("The check was stopped. The file is kept.".into());
                flow.go(Step::Check);
            }),
        ))
        .into_any()
}

/// The browser gives out no file that is another one by now.
fn changed_on_disk(flow: Flow) -> AnyView {
    div()
        .child((
            error_summary(
                "The file cannot be read any more",
                vec![Fault::of_no_field(
                    "It was changed, moved or removed after you chose it. Choose it again, as it is now.",
                )],
            ),
            button("Choose the file again", move |_| flow.go(Step::Choose)),
        ))
        .into_any()
}

fn again(flow: Flow, words: &'static str) -> AnyView {
    div()
        .child((
            p().class("govuk-body").child(words),
            div().class("govuk-button-group").child((
                button("Check file", move |_| {
                    leptos::task::spawn_local(flow.run_check());
                }),
                secondary_button("Choose another file", move |_| flow.go(Step::Choose)),
            )),
        ))
        .into_any()
}

fn check_outcome(flow: Flow, outcome: &Outcome) -> AnyView {
    let findings = &outcome.findings;
    let summary = p().class("govuk-body").child(words::check_line(outcome));
    let called = about_name(flow, outcome);
    let shown = FindingsShown::default();
    let table = (!findings.is_empty()).then(|| {
        findings_table_at(
            shown,
            findings.findings.clone(),
            &findings.counts,
            Some(lines(outcome.file.id)),
        )
    });
    if findings.is_acceptable() {
        let warned = (findings.warnings > 0).then(|| {
            inset("The file can be sent as it is. Look at the warnings first: each may be a slip.")
        });
        return div()
            .child((
                summary,
                called,
                warned,
                table,
                button("Continue", move |_| flow.go(Step::Changes)),
            ))
            .into_any();
    }
    let file = outcome.file.id;
    div()
        .child((
            kinds::summary(findings, shown),
            summary,
            called,
            which_file(flow, outcome),
            div().id("findings").tabindex("-1").child(table),
            p().class("govuk-body").child(
                "Correct the file where it was made, save it, and choose it again. This draft is kept.",
            ),
            div().class("govuk-button-group").child((
                button("Choose the corrected file", move |_| flow.go(Step::Choose)),
                secondary_button("Download all findings", move |_| download(flow, file)),
            )),
        ))
        .into_any()
}

/// Asks which file it is where neither its content nor its name says so.
fn which_file(flow: Flow, outcome: &Outcome) -> Option<AnyView> {
    if outcome.file.kind.is_some() {
        return None;
    }
    let read_as = outcome.file.read_as;
    let others = FileKind::ALL.into_iter().filter(|kind| *kind != read_as);
    let buttons: Vec<AnyView> = others
        .map(|kind| {
            secondary_button(format!("Read it as an {}", kind.name()), move |_| {
                flow.update(|draft| draft.said_to_be = Some(kind));
                leptos::task::spawn_local(flow.run_check());
            })
        })
        .collect();
    Some(
        div()
            .child((
                inset(format!(
                    "Neither the first lines of the file nor its name say what kind of file it is. It was read as an {}.",
                    read_as.name()
                )),
                div().class("govuk-button-group").child(buttons),
            ))
            .into_any(),
    )
}

fn download(flow: Flow, file: TaskId) {
    let name = flow
        .draft
        .get_untracked()
        .map(|draft| draft.file_name)
        .unwrap_or_default();
    leptos::task::spawn_local(async move {
        let task = Task::AllFindings { file };
        if let Ok(text) = worker::ask_for_text(Asked::from(&task), |_| ()).await {
            let name = format!("findings_{}.csv", name.trim_end_matches(".csv"));
            browser::download(&name, "text/csv;charset=utf-8", text.as_bytes());
        }
    });
}

/// Shows the file around a line, as the worker has it.
fn lines(file: TaskId) -> ShowLines {
    Callback::new(move |line| {
        let shown = RwSignal::new(Vec::<Line>::new());
        leptos::task::spawn_local(async move {
            let task = Task::Lines {
                file,
                line,
                around: AROUND,
            };
            if let Ok(lines) = worker::ask(Asked::from(&task), |_| ()).await {
                let _ = shown.try_set(lines);
            }
        });
        div()
            .class("app-lines")
            .role("region")
            .tabindex("0")
            .attr("aria-label", format!("The file around line {line}"))
            .child(changing(move || {
                shown
                    .get()
                    .into_iter()
                    .map(|shown| {
                        let at_fault = shown.number == line;
                        div()
                            .class(if at_fault {
                                "app-lines__line app-lines__line--at-fault"
                            } else {
                                "app-lines__line"
                            })
                            .child((
                                span()
                                    .class("app-lines__number")
                                    .child(shown.number.to_string()),
                                at_fault.then(|| {
                                    span()
                                        .class("govuk-visually-hidden")
                                        .child("the line at fault: ")
                                }),
                                code().child(shown.text),
                            ))
                    })
                    .collect::<Vec<_>>()
            }))
            .into_any()
    })
}
