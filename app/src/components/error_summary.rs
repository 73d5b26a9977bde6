//! The list of what is wrong, on top of the page.

use leptos::{html::*, prelude::*};

/// One error of a summary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong, and what to do.
    pub words: String,
    /// The id of the field or row that it is about.
    pub target: Option<String>,
}

impl Fault {
    /// An error about the field with this id.
    pub fn at(target: impl Into<String>, words: impl Into<String>) -> Self {
        Self {
            words: words.into(),
            target: Some(target.into()),
        }
    }

    /// An error that no one field can mend.
    pub fn of_no_field(words: impl Into<String>) -> Self {
        Self {
            words: words.into(),
            target: None,
        }
    }
}

/// The error summary; it takes the focus as soon as it is drawn. `title`: "There is a problem with your file".
pub fn error_summary(title: impl Into<String>, faults: Vec<Fault>) -> AnyView {
    let faults = faults.into_iter().map(|fault| fault_link(fault, ""));
    error_summary_of(title, faults.collect(), ())
}

/// The same where whoever draws it says where its links lead; `more` stands below them.
pub fn error_summary_of(
    title: impl Into<String>,
    faults: Vec<AnyView>,
    more: impl IntoView + 'static,
) -> AnyView {
    crate::browser::focus("error-summary");
    let faults: Vec<AnyView> = faults
        .into_iter()
        .map(|fault| li().child(fault).into_any())
        .collect();
    div()
        .class("govuk-error-summary")
        .id("error-summary")
        .tabindex("-1")
        .role("alert")
        .child((
            h2().class("govuk-error-summary__title").child(title.into()),
            div().class("govuk-error-summary__body").child((
                ul().class("govuk-list govuk-error-summary__list")
                    .child(faults),
                more,
            )),
        ))
        .into_any()
}

/// An error's words, which lead to what it is about where that is one field or row.
pub fn fault_link(fault: Fault, class: &'static str) -> AnyView {
    let Some(target) = fault.target else {
        return fault.words.into_any();
    };
    let press = {
        let target = target.clone();
        move |event: leptos::ev::MouseEvent| {
            event.prevent_default();
            crate::browser::scroll_to(target.clone());
        }
    };
    a().href(format!("#{target}"))
        .class(class)
        .on(leptos::ev::click, press)
        .child(fault.words)
        .into_any()
}
