//! What needs the person now, and what was settled lately. DCC staff begin with their reviews instead.

mod begun;
mod drafts;
mod first_time;
mod held;
mod submissions;

use crate::{
    address::{PagePath, use_address},
    api::{calls, use_api},
    components::{Remote, certificate_reminder, changing, fetch, remote},
    sent::watch_sent,
    session::use_session,
};
use leptos::{html::*, prelude::*};
use sluice_shared::{directory::Permission, files::FileKind};

/// The latest submissions that are looked at for what is on its way and what was settled lately.
const LOOKED_AT: u16 = 50;

pub(super) fn overview_page() -> AnyView {
    let Some(me) = use_session().me() else {
        return ().into_any();
    };
    if me.dcc {
        use_address().open_instead(if me.may(Permission::ReadReviews) {
            PagePath::ReviewQueue
        } else {
            PagePath::Directory
        });
        return ().into_any();
    }
    let api = use_api();
    let events = fetch(async move { api.get(calls::quarantine_events(None)).await });
    let sent = watch_sent(api, FileKind::ExitQuarantine);
    let submissions = fetch(async move { api.get(calls::submissions(LOOKED_AT)).await });
    div()
        .child((
            h1().class("govuk-heading-l").child("Overview"),
            certificate_reminder(&me),
            changing(move || match submissions.get() {
                Remote::Ready(page) => submissions::asked_about(&page.items),
                _ => ().into_any(),
            }),
            first_time::first_time(&me, submissions),
            h2().class("govuk-heading-m")
                .child("Communications held for you to decide"),
            remote(events, "Loading what is held", move |page| {
                held::held_events(&page.items, sent)
            }),
            drafts::draft_list(&me),
            h2().class("govuk-heading-m").child("In progress"),
            remote(submissions, "Loading the submissions", |page| {
                submissions::unsettled(&page.items)
            }),
            submissions::settled_heading(submissions),
            changing(move || match submissions.get() {
                Remote::Ready(page) => submissions::settled(&page.items),
                _ => ().into_any(),
            }),
        ))
        .into_any()
}
