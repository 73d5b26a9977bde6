//! Step 3: what will change once the file is accepted, and whether a reviewer decides before.

use super::{
    about_name::about_name,
    decisions,
    draft::Step,
    flow::{CheckState, Flow},
    verdict::Verdict,
    words,
};
use crate::{
    api::FileEffect,
    components::{
        button, clocks_apart, comparison, inset, not_compared, review_ahead, secondary_button,
    },
    worker::Judged,
};
use leptos::{html::*, prelude::*};

pub(super) fn step(flow: Flow) -> AnyView {
    (move || {
        flow.check.with(|check| {
            let CheckState::Done(outcome) = check else { return ().into_any() };
            let what = match &outcome.verdict {
                Verdict::Judged(judged) => (
                    changes(judged),
                    review_ahead(&judged.rules),
                )
                    .into_any(),
                Verdict::Unknown(error) => div()
                    .child((
                        not_compared(error),
                        inset(
                            "You can sign the file now. It is compared with what is in force when it reaches the service.",
                        ),
                        secondary_button("Compare again", move |_| leptos::task::spawn_local(flow.run_check())),
                    ))
                    .into_any(),
                Verdict::AtFault => ().into_any(),
            };
            let signed = outcome.file.signature.is_some();
            let next = if signed { Step::Send } else { Step::Sign };
            div()
                .child((
                    clocks_apart(flow.service),
                    // With findings it was said beside them.
                    outcome.findings.is_empty().then(|| about_name(flow, outcome)),
                    what,
                    button("Continue", move |_| flow.go(next)),
                ))
                .into_any()
        })
    })
    .into_any()
}

fn changes(judged: &Judged) -> AnyView {
    if let Some(FileEffect::ExitQuarantine { events, .. }) = &judged.effect {
        return decisions::table(events);
    }
    let comparisons = judged.comparisons.iter();
    (
        p().class("govuk-body")
            .child(format!("{}.", words::effect(judged))),
        comparisons.map(comparison).collect::<Vec<_>>(),
    )
        .into_any()
}
