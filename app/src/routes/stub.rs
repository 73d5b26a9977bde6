//! A page that is not written yet.

use leptos::{html::*, prelude::*};

pub(super) fn page(title: &'static str) -> AnyView {
    (
        h1().class("govuk-heading-l").child(title),
        p().class("govuk-body").child("This page is being built."),
    )
        .into_any()
}
