//! Step 3: what will change once the file is accepted.

use super::{
    decisions,
    draft::Step,
    effect::Effect,
    flow::{CheckState, Flow},
    words,
};
use crate::components::{button, comparison, inset, notification, secondary_button, warning_text};
use leptos::{html::*, prelude::*};

pub(super) fn step(flow: Flow) -> AnyView {
    (move || {
        flow.check.with(|check| {
            let CheckState::Done(outcome) = check else { return ().into_any() };
            let what = match &outcome.effect {
                Effect::Thresholds(comparisons) => {
                    let big = comparisons.iter().any(|compared| compared.big_changes() > 0 || compared.first);
                    div()
                        .child((
                            p().class("govuk-body").child(words::effect_line(outcome)),
                            big.then(|| {
                                warning_text(
                                    "Some changes are big. A DCC reviewer looks at this file before it takes effect.",
                                )
                            }),
                            comparisons.iter().map(comparison).collect::<Vec<_>>(),
                        ))
                        .into_any()
                }
                Effect::Decisions(events) => decisions::table(events),
                Effect::Unknown(error) => div()
                    .child((
                        notification("Not compared", error.detail()),
                        inset(
                            "You can sign the file now. It is compared with what is in force when it reaches the service.",
                        ),
                        secondary_button("Compare again", move |_| leptos::task::spawn_local(flow.run_check())),
                    ))
                    .into_any(),
                Effect::None => ().into_any(),
            };
            let signed = outcome.file.signature.is_some();
            let next = if signed { Step::Send } else { Step::Sign };
            div().child((what, button("Continue", move |_| flow.go(next)))).into_any()
        })
    })
    .into_any()
}
