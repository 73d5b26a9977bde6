//! Help: guidance in plain words. Limits, words of columns and meanings of findings come from the domain's own data, so
//! that they cannot disagree with what the service does.

mod deciding;
mod downloads;
mod files;
mod findings;
mod outage;
mod report_columns;
mod samples;
mod sending;
mod services;
mod signing;
mod systems;
mod thresholds;
mod ways_back;

use crate::components::changing;
use crate::{
    address::{HelpTopic, PagePath},
    api::use_api,
    service,
};
use leptos::{html::*, prelude::*};
use sluice_shared::profile::Profile;

struct Topic {
    title: &'static str,
    lead: &'static str,
    content: fn(&Profile) -> AnyView,
}

const fn topic(topic: HelpTopic) -> Topic {
    match topic {
        HelpTopic::Sending => Topic {
            title: "Sending a file",
            lead: "From the file on your computer to the receipt, and everything in between.",
            content: sending::content,
        },
        HelpTopic::Files => Topic {
            title: "The files",
            lead: "The three files, their columns, and the limits.",
            content: files::content,
        },
        HelpTopic::Thresholds => Topic {
            title: "Choosing thresholds",
            lead: "What a warning and a quarantine threshold do, periods, exceptions, and when a reviewer looks.",
            content: thresholds::content,
        },
        HelpTopic::Deciding => Topic {
            title: "Held communications",
            lead: "Release, delete or keep held; deadlines and reminders.",
            content: deciding::content,
        },
        HelpTopic::Signing => Topic {
            title: "Signing",
            lead: "Signing in the page, and signing elsewhere with OpenSSL or a token.",
            content: signing::content,
        },
        HelpTopic::Findings => Topic {
            title: "What findings mean",
            lead: "Every error and warning, why it matters, and what to do.",
            content: |_| findings::content(),
        },
        HelpTopic::Services => Topic {
            title: "Services and roles",
            lead: "The critical services, and who may send each.",
            content: |_| services::content(),
        },
        HelpTopic::Systems => Topic {
            title: "Systems that send by themselves",
            lead: "How your organisation gets one, what it may do, how it sends, and how it is stopped.",
            content: |_| systems::content(),
        },
        HelpTopic::Outage => Topic {
            title: "When Sluice is down",
            lead: "What still works, and the second way to deliver a file.",
            content: |_| outage::content(),
        },
        HelpTopic::WaysBack => Topic {
            title: "Ways back in",
            lead: "A lost key or sign-in, one in wrong hands, administrators who are gone: who does what, on which page, and what becomes of work in flight.",
            content: |_| ways_back::content(),
        },
        HelpTopic::Samples => Topic {
            title: "Sample files",
            lead: "Files of this demonstration, good and bad, to download and try.",
            content: |_| samples::content(),
        },
    }
}

pub(super) fn help_page() -> AnyView {
    let has_samples = crate::session::use_session().config().samples.is_some();
    let topics: Vec<AnyView> = HelpTopic::ALL
        .into_iter()
        .filter(|name| has_samples || *name != HelpTopic::Samples)
        .map(|name| {
            let topic = topic(name);
            li().class("app-topics__topic")
                .child((
                    h2().class("govuk-heading-s govuk-!-margin-bottom-1").child(
                        a().class("govuk-link")
                            .href(PagePath::HelpTopic(name).href())
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

pub(super) fn topic_page(name: HelpTopic) -> AnyView {
    let topic = topic(name);
    // Drawn anew only where the service's limits are not those that the page knew.
    let profile = service::profile(use_api());
    div()
        .class("app-reading app-help")
        .child((
            a().class("govuk-back-link")
                .href(PagePath::Help.href())
                .child("All of Help"),
            h1().class("govuk-heading-l").child(topic.title),
            p().class("govuk-body-l").child(topic.lead),
            changing(move || profile.with(|profile| (topic.content)(profile))),
        ))
        .into_any()
}

/// A heading with an id to link to.
fn section_heading(id: &'static str, words: &'static str) -> AnyView {
    h2().class("govuk-heading-m govuk-!-margin-top-6")
        .id(id)
        .child(words)
        .into_any()
}

fn say(words: impl IntoView + 'static) -> AnyView {
    p().class("govuk-body").child(words).into_any()
}

fn points(points: Vec<AnyView>) -> AnyView {
    let points: Vec<AnyView> = points
        .into_iter()
        .map(|point| li().child(point).into_any())
        .collect();
    ul().class("govuk-list govuk-list--bullet")
        .child(points)
        .into_any()
}

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

fn link(page: PagePath, words: &'static str) -> AnyView {
    a().class("govuk-link")
        .href(page.href())
        .child(words)
        .into_any()
}

fn word(text: &'static str) -> AnyView {
    code().class("app-identifier").child(text).into_any()
}
