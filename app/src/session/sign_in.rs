//! The page before the sign-in, and the banner when a sign-in has ended.

use super::{Phase, Session};
use crate::components::{
    alert_region, busy_button, button, changing, notification_banner, problem_summary,
};
use leptos::{html::*, prelude::*};

/// The page that people see before they sign in.
pub fn sign_in_page(session: Session, problem: Option<crate::api::ApiError>) -> AnyView {
    let going = RwSignal::new(false);
    let words = match &problem {
        Some(error) if error.is_worth_a_retry() => "Try again",
        _ => "Sign in",
    };
    let begin = move |_| {
        going.set(true);
        leptos::task::spawn_local(async move {
            session.begin().await;
            going.set(false);
        });
    };
    div()
        .class("app-reading")
        .child((
            problem.map(|problem| problem_summary(&problem)),
            h1().class("govuk-heading-l").child("Sign in to Sluice"),
            p().class("govuk-body")
                .child("Sluice carries Anomaly Detection Threshold files and Exit Quarantine files from Users to the DCC."),
            p().class("govuk-body")
                .child("You need the account that your organisation's administrator has registered. Drafts that you have kept in this browser are still here."),
            busy_button(words, move || going.get(), begin),
        ))
        .into_any()
}

/// Says on every page that the sign-in has ended, with the way back. Empty while it has not.
pub fn ended_banner(session: Session) -> AnyView {
    changing(move || {
        (session.phase() == Phase::Ended).then(|| {
            notification_banner(
                "Your sign-in has ended",
                (
                    p().class("govuk-notification-banner__heading")
                        .child("What you have done is kept in this browser. Sign in again to go on where you are."),
                    button("Sign in again", move |_| leptos::task::spawn_local(session.begin())),
                ),
            )
        })
    })
}

/// Says once, without taking the focus from whoever is typing, that the sign-in ends soon, and how to stay. Empty until then.
pub fn ending_banner(session: Session) -> AnyView {
    let soon = Memo::new(move |_| session.ends_soon());
    changing(move || {
        soon.get().map(|minutes| {
            let words = match minutes {
                0 => "Your sign-in ends in less than a minute.".to_owned(),
                1 => "Your sign-in ends in 1 minute.".to_owned(),
                minutes => format!("Your sign-in ends in {minutes} minutes."),
            };
            let uploads = RwSignal::new(false);
            let stay = move |_| {
                leptos::task::spawn_local(async move {
                    let left = session.stay().await;
                    let _ = uploads.try_set(!left);
                });
            };
            let waits = move || {
                uploads.get().then(|| {
                    p().class("govuk-body").child(
                        "A file is being uploaded. That goes on whether you are signed in or not: sign in again when it has gone.",
                    )
                })
            };
            alert_region(
                "Your sign-in ends soon",
                (
                    p().class("govuk-notification-banner__heading").child((
                        words,
                        " What you have done is kept in this browser, and you come back to this page.",
                    )),
                    div().role("status").child(waits),
                    button("Stay signed in", stay),
                ),
            )
        })
    })
}
