//! Every finding, from the domain's own catalogue.

use super::say;
use crate::{
    address::{Parameter, use_address},
    browser,
    components::{Colour, changing, tag},
};
use leptos::{html::*, prelude::*};
use sluice_shared::finding::{FindingCode, Severity};

pub(super) fn content() -> AnyView {
    let wanted = RwSignal::new(String::new());
    let opened = use_address().parameter(Parameter::Finding);
    if let Some(code) = opened.clone().and_then(|code| FindingCode::find(&code)) {
        // After the heading, which takes the focus of who comes from another page.
        browser::after(0, move || browser::scroll_to(code.code));
    }
    let all: Vec<&'static FindingCode> = FindingCode::all().collect();
    let count = all.len();
    let shown = move || {
        let words = wanted.get().to_lowercase();
        let fits = |code: &FindingCode| {
            [code.code, code.title, code.explanation()]
                .iter()
                .any(|text| text.to_lowercase().contains(&words))
        };
        all.iter()
            .copied()
            .filter(|code| fits(code))
            .collect::<Vec<_>>()
    };
    let shown = Memo::new(move |_| shown().iter().map(|code| code.code).collect::<Vec<_>>());
    div()
        .child((
            say(
                "A file with an error is rejected, with every error in one list. A warning is worth a look but stops nothing. \
                 The page checks by the same rules as the service, so an error shows before you send.",
            ),
            crate::components::field("find-finding", "Find").hint("A word or a code").class("govuk-input--width-20").text(wanted),
            p().class("govuk-body-s").role("status").child(changing(move || format!("{} of {count} shown", shown.with(Vec::len)))),
            div().child(changing(move || {
                let of = |code| one(code, opened.as_deref() == Some(code.code));
                shown.get().into_iter().filter_map(FindingCode::find).map(of).collect::<Vec<_>>()
            })),
        ))
        .into_any()
}

/// `opened`: that somebody came for it.
fn one(code: &'static FindingCode, opened: bool) -> AnyView {
    let severity = match code.severity {
        Severity::Error => tag("Error", Colour::Red),
        Severity::Warning => tag("Warning", Colour::Yellow),
    };
    section()
        .class("app-finding")
        .class(("app-finding--opened", opened))
        .id(code.code)
        .tabindex("-1")
        .child((
            h2().class("govuk-heading-s govuk-!-margin-bottom-1")
                .child((code.title, " ", severity)),
            p().class("govuk-body govuk-!-margin-bottom-1")
                .child(code.explanation()),
            p().class("govuk-body-s app-identifier").child(code.code),
        ))
        .into_any()
}
