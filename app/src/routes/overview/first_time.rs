//! What there is to do before the first file is sent. It goes once that is done.

use crate::{
    address::{HelpTopic, PagePath},
    api::{Me, Page, SubmissionSummary},
    components::{Colour, Remote, tag},
    key::{self, KeyProgress},
};
use leptos::{html::*, prelude::*};
use sluice_shared::directory::{Permission, PersonRole};

/// The list, for who may send files and has not sent one yet; else nothing.
pub(super) fn first_time(
    me: &Me,
    submissions: RwSignal<Remote<Page<SubmissionSummary>>>,
) -> AnyView {
    if !me.may(Permission::SendFiles) {
        return ().into_any();
    }
    let is_aro = me.roles.contains(&PersonRole::Aro);
    let person = me.person.id.clone();
    let progress = RwSignal::new(None::<KeyProgress>);
    leptos::task::spawn_local({
        let person = person.to_string();
        async move {
            // Without storage there is no key to speak of; the signing key's page says so.
            let kept = key::progress(&person).await.unwrap_or_default();
            let _ = progress.try_set(Some(kept));
        }
    });
    let is_new = Memo::new(move |_| {
        submissions.with(|page| match page {
            Remote::Ready(page) => !page
                .items
                .iter()
                .any(|sent| sent.uploader.id == person && !sent.check_only),
            _ => false,
        })
    });
    (move || {
        let progress = progress.get().filter(|_| is_new.get())?;
        Some(list(is_aro, progress))
    })
    .into_any()
}

fn list(is_aro: bool, progress: KeyProgress) -> AnyView {
    let signs: Vec<AnyView> = if is_aro {
        vec![
            task(
                "Make a signing key in this browser, or import one",
                PagePath::SigningKey,
                progress >= KeyProgress::Key,
            ),
            task(
                "Get a certificate for it",
                PagePath::SigningKey,
                progress >= KeyProgress::Certificate,
            ),
        ]
    } else {
        vec![
            li().child((
                "Have your file signed by an ARO of your organisation. ",
                a().class("govuk-link")
                    .href(PagePath::HelpTopic(HelpTopic::Signing).href())
                    .child("How an ARO signs a file"),
            ))
            .into_any(),
        ]
    };
    let elsewhere = is_aro.then(|| {
        p().class("govuk-body").child((
            "Your key is on a token or another machine? Then you need none here: ",
            a().class("govuk-link")
                .href(PagePath::HelpTopic(HelpTopic::Signing).href())
                .child("sign the file there"),
            ", and send it with its signature.",
        ))
    });
    section()
        .aria_labelledby("first-time")
        .child((
            h2().class("govuk-heading-m")
                .id("first-time")
                .child("Before your first file"),
            ol().class("govuk-list govuk-list--number govuk-list--spaced")
                .child((signs, task("Send your first file", PagePath::Send, false))),
            elsewhere,
        ))
        .into_any()
}

fn task(words: &'static str, page: PagePath, done: bool) -> AnyView {
    let state = if done {
        tag("Done", Colour::Green)
    } else {
        tag("To do", Colour::Blue)
    };
    let what = if done {
        words.into_any()
    } else {
        a().class("govuk-link")
            .href(page.href())
            .child(words)
            .into_any()
    };
    li().child((what, " ", state)).into_any()
}
