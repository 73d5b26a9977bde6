//! Help: guidance in plain words. Limits, words of columns and meanings of findings come from the domain's own data, so
//! that they cannot disagree with what the service does.

mod columns;
mod deciding;
mod files;
mod findings;
mod outage;
mod samples;
mod sending;
mod services;
mod signing;
mod thresholds;

use crate::{api::use_api, service};
use leptos::{html::*, prelude::*};
use sluice_shared::profile::Profile;

/// A page of Help.
struct Topic {
    name: &'static str,
    title: &'static str,
    lead: &'static str,
    content: fn(&Profile) -> AnyView,
}

const TOPICS: &[Topic] = &[
    Topic {
        name: "sending",
        title: "Sending a file",
        lead: "From the file on your machine to the receipt, and what happens between.",
        content: sending::content,
    },
    Topic {
        name: "files",
        title: "The files",
        lead: "The three files, their columns, and the limits.",
        content: files::content,
    },
    Topic {
        name: "thresholds",
        title: "Choosing thresholds",
        lead: "What a warning and a quarantine threshold do, periods, exceptions, and when a reviewer looks.",
        content: thresholds::content,
    },
    Topic {
        name: "deciding",
        title: "Held communications",
        lead: "Release, delete, leave held; deadlines and reminders.",
        content: deciding::content,
    },
    Topic {
        name: "signing",
        title: "Signing",
        lead: "Signing in the page, and signing elsewhere with OpenSSL or a token.",
        content: signing::content,
    },
    Topic {
        name: "findings",
        title: "What findings mean",
        lead: "Every error and warning, why it matters, and what to do.",
        content: |_| findings::content(),
    },
    Topic {
        name: "services",
        title: "Services and roles",
        lead: "The critical services, and who may send each.",
        content: |_| services::content(),
    },
    Topic {
        name: "outage",
        title: "When Sluice is down",
        lead: "What still works, and the second way to deliver a file.",
        content: |_| outage::content(),
    },
    Topic {
        name: samples::NAME,
        title: "Sample files",
        lead: "Files of this demonstration, good and bad, to download and try.",
        content: |_| samples::content(),
    },
];

/// The page at `/help` or below it.
pub(super) fn page(name: Option<&str>) -> AnyView {
    match name.map(|name| TOPICS.iter().find(|topic| topic.name == name)) {
        None => contents(),
        Some(Some(topic)) => one(topic),
        Some(None) => super::not_found::page(),
    }
}

fn contents() -> AnyView {
    let has_samples = crate::session::use_session().config().samples.is_some();
    let topics: Vec<AnyView> = TOPICS
        .iter()
        .filter(|topic| has_samples || topic.name != samples::NAME)
        .map(|topic| {
            li().class("app-topics__topic")
                .child((
                    h2().class("govuk-heading-s govuk-!-margin-bottom-1").child(
                        a().class("govuk-link")
                            .href(format!("/help/{}", topic.name))
                            .child(topic.title),
                    ),
                    p().class("govuk-body govuk-!-margin-bottom-0")
                        .child(topic.lead),
                ))
                .into_any()
        })
        .collect();
    div()
        .class("app-reading")
        .child((
            h1().class("govuk-heading-l").child("Help"),
            ul().class("govuk-list app-topics").child(topics),
        ))
        .into_any()
}

fn one(topic: &'static Topic) -> AnyView {
    // Drawn anew only where the service's limits are not those that the page knew.
    let profile = service::profile(use_api());
    div()
        .class("app-reading app-help")
        .child((
            a().class("govuk-back-link")
                .href("/help")
                .child("All of Help"),
            h1().class("govuk-heading-l").child(topic.title),
            p().class("govuk-body-l").child(topic.lead),
            move || profile.with(|profile| (topic.content)(profile)),
        ))
        .into_any()
}

/// A heading of a part, with an id to link to.
fn part(id: &'static str, words: &'static str) -> AnyView {
    h2().class("govuk-heading-m govuk-!-margin-top-6")
        .id(id)
        .child(words)
        .into_any()
}

/// A paragraph.
fn say(words: impl IntoView + 'static) -> AnyView {
    p().class("govuk-body").child(words).into_any()
}

/// A bulleted list.
fn points(points: Vec<AnyView>) -> AnyView {
    let points: Vec<AnyView> = points
        .into_iter()
        .map(|point| li().child(point).into_any())
        .collect();
    ul().class("govuk-list govuk-list--bullet")
        .child(points)
        .into_any()
}

/// A numbered list.
fn steps(steps: Vec<AnyView>) -> AnyView {
    let steps: Vec<AnyView> = steps
        .into_iter()
        .map(|step| li().child(step).into_any())
        .collect();
    ol().class("govuk-list govuk-list--number")
        .child(steps)
        .into_any()
}

/// Lines to type or to write, with a button that copies them. `what` names them for the button.
fn lines(text: impl Into<String>, what: &'static str) -> AnyView {
    let text = text.into();
    div()
        .class("app-example")
        .child((
            pre()
                .class("app-example__text")
                .tabindex("0")
                .role("region")
                .aria_label(what)
                .child(code().child(text.clone())),
            crate::components::copy_button(text, what),
        ))
        .into_any()
}

/// A link to another page.
fn link(path: &'static str, words: &'static str) -> AnyView {
    a().class("govuk-link").href(path).child(words).into_any()
}

/// A word as it stands in a file.
fn word(text: &'static str) -> AnyView {
    code().class("app-identifier").child(text).into_any()
}
