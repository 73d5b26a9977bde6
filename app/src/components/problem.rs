//! Failures of the service, everywhere in the same form.

use crate::{
    address::{Address, HelpTopic, PagePath},
    api::{ApiError, ProblemCode},
    session::{Session, sign_in_anew_button},
};
use leptos::{html::*, prelude::*};

/// An error summary for a request that failed. It takes the focus when it appears.
pub fn problem_summary(error: &ApiError) -> AnyView {
    crate::browser::focus("error-summary");
    div()
        .class("govuk-error-summary")
        .id("error-summary")
        .tabindex("-1")
        .role("alert")
        .child((
            h2().class("govuk-error-summary__title")
                .child(error.title()),
            div().class("govuk-error-summary__body").child((
                p().class("govuk-body").child(error.detail()),
                matches!(error, ApiError::Unreachable).then(|| {
                    p().class("govuk-body").child(
                        a().class("govuk-link")
                            .href(PagePath::HelpTopic(HelpTopic::Outage).href())
                            .child("When Sluice is down"),
                    )
                }),
                (error.code() == Some(ProblemCode::SignInTooOld))
                    .then(use_context::<Session>)
                    .flatten()
                    .map(sign_in_anew_button),
                error.reference().map(|reference| {
                    p().class("govuk-body-s govuk-!-margin-bottom-0").child((
                        "If you ask for help, name this request: ",
                        super::identifier(&reference),
                    ))
                }),
            )),
        ))
        .into_any()
}

/// An error summary on a page that says above all else that the sign-in has ended: of that, nothing more is said.
pub fn problem_beside_banner(error: &ApiError) -> AnyView {
    if *error == ApiError::SignInEnded {
        return ().into_any();
    }
    problem_summary(error)
}

/// An error summary in the place of what a page was to show, with another try where that may help.
pub fn problem_instead(error: &ApiError, address: Address) -> AnyView {
    (
        problem_beside_banner(error),
        error
            .is_worth_a_retry()
            .then(|| super::button("Try again", move |_| address.draw_again())),
    )
        .into_any()
}

/// Says that a file could not be set beside what the service knows, why, and what is not known therefore.
pub fn not_compared(error: &ApiError) -> AnyView {
    super::notification(
        "Not compared",
        format!(
            "{}: the file is not compared with what is in force or held, and it is not known whether a DCC reviewer decides first. {}",
            error.title(),
            error.detail()
        ),
    )
}

/// A whole page for a failure that leaves nothing else to show.
pub fn problem_page(error: &ApiError) -> AnyView {
    div()
        .class("app-reading")
        .child((
            h1().class("govuk-heading-l").child(error.title()),
            p().class("govuk-body").child(error.detail()),
            super::button("Try again", |_| {
                let _ = crate::browser::window().location().reload();
            }),
        ))
        .into_any()
}
