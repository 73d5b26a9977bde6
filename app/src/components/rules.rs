//! Rules of risk that fire, in the words that the reviewer reads.

use leptos::{html::*, prelude::*};
use sluice_shared::risk::RuleFired;

/// One rule a line: which it is, and what it saw.
pub fn rules_fired(fired: &[RuleFired]) -> AnyView {
    let rules: Vec<AnyView> = fired
        .iter()
        .map(|fired| {
            li().child((
                strong().child(fired.rule.title()),
                ": ",
                fired.message.clone(),
            ))
            .into_any()
        })
        .collect();
    ul().class("govuk-list govuk-list--bullet app-rules")
        .child(rules)
        .into_any()
}

/// Says before a file is sent whether a reviewer will decide about it, and why.
pub fn review_ahead(fired: &[RuleFired]) -> AnyView {
    if fired.is_empty() {
        return p()
            .class("govuk-body")
            .child("No risk rule applies as things stand: once the service has checked the file, it takes effect without a review.")
            .into_any();
    }
    div()
        .class("app-review-ahead")
        .child((
            super::warning_text(
                "A DCC reviewer will decide about this file before it takes effect.",
            ),
            rules_fired(fired),
        ))
        .into_any()
}
