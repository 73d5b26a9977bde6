//! An address that names no page.

use crate::address::PagePath;
use leptos::{html::*, prelude::*};

pub(super) fn not_found_page() -> AnyView {
    div()
        .class("app-reading")
        .child((
            h1().class("govuk-heading-l")
                .child("There is no page at this address"),
            p().class("govuk-body").child((
                "Check the address, or start from the ",
                a().class("govuk-link")
                    .href(PagePath::Overview.href())
                    .child("first page"),
                ".",
            )),
        ))
        .into_any()
}
