//! The row of steps: the open one in full, those before it in one line with *Change*, those after it by name.

use super::{draft::Step, flow::Flow};
use crate::components::{changing, quiet_button};
use leptos::{html::*, prelude::*};

/// The steps in order, with what people call them.
pub(super) const STEPS: [(Step, &str); 5] = [
    (Step::Choose, "Choose a file"),
    (Step::Check, "Check the file"),
    (Step::Changes, "See what will change"),
    (Step::Sign, "Sign"),
    (Step::Send, "Send"),
];

/// All steps. `open` draws the one that is open, `line` says of an earlier one what it came to.
pub(super) fn steps(
    flow: Flow,
    open: fn(Flow, Step) -> AnyView,
    line: fn(Flow, Step) -> Option<String>,
) -> AnyView {
    let items: Vec<AnyView> = (1..)
        .zip(STEPS)
        .map(|(number, (step, name))| {
            let is_open = Memo::new(move |_| flow.step.get() == step);
            let is_done = Memo::new(move |_| flow.step.get() > step);
            li().class("app-step")
                .class(("app-step--open", move || is_open.get()))
                .class(("app-step--done", move || is_done.get()))
                .aria_current(move || is_open.get().then_some("step"))
                .child((
                    h2().class("app-step__heading govuk-heading-m")
                        .id(step.heading_id())
                        .tabindex("-1")
                        .child((
                            span()
                                .class("app-step__number")
                                .aria_hidden("true")
                                .child(number),
                            name,
                            changing(move || {
                                is_done
                                    .get()
                                    .then(|| span().class("govuk-visually-hidden").child(" (done)"))
                            }),
                        )),
                    changing(move || {
                        is_open
                            .get()
                            .then(|| div().class("app-step__body").child(open(flow, step)))
                    }),
                    changing(move || {
                        is_done
                            .get()
                            .then(|| folded(flow, step, name, line(flow, step)))
                    }),
                ))
                .into_any()
        })
        .collect();
    ol().class("app-steps").child(items).into_any()
}

fn folded(flow: Flow, step: Step, name: &'static str, line: Option<String>) -> AnyView {
    let change = match step {
        Step::Choose | Step::Sign => "Change",
        _ => "Show",
    };
    div()
        .class("app-step__line")
        .child((
            p().class("govuk-body govuk-!-margin-bottom-0")
                .child(line.unwrap_or_default()),
            quiet_button(
                (
                    change,
                    span()
                        .class("govuk-visually-hidden")
                        .child(format!(": {name}")),
                ),
                move |_| {
                    flow.go(step);
                },
            ),
        ))
        .into_any()
}
