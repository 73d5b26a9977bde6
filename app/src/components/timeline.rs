//! What happened, step by step, each with its time.

use super::plain_moment;
use leptos::{html::*, prelude::*};
use sluice_shared::api::TimelineStep;

/// The steps with their heading, the first one first.
pub fn timeline(steps: Vec<TimelineStep>) -> AnyView {
    let steps: Vec<AnyView> = steps
        .into_iter()
        .map(|step| {
            li().child((
                div().class("app-timeline__what").child(step.what),
                div()
                    .class("app-timeline__when")
                    .child(plain_moment(step.at)),
            ))
            .into_any()
        })
        .collect();
    let title = "What happened";
    section()
        .class("app-evidence")
        .aria_label(title)
        .child((
            h2().class("govuk-heading-m").child(title),
            ol().class("govuk-list app-timeline").child(steps),
        ))
        .into_any()
}
