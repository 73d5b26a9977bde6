//! What happened, step by step, each with its time.

use super::moment;
use leptos::{html::*, prelude::*};
use sluice_shared::api::TimelineStep;

/// The steps in order, the first first.
pub fn timeline(steps: Vec<TimelineStep>) -> AnyView {
    let steps: Vec<AnyView> = steps
        .into_iter()
        .map(|step| {
            li().child((
                div().class("app-timeline__what").child(step.what),
                div().class("app-timeline__when").child(moment(step.at)),
            ))
            .into_any()
        })
        .collect();
    ol().class("govuk-list app-timeline")
        .child(steps)
        .into_any()
}
