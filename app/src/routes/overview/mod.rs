//! What needs the person now, and what was settled lately. DCC staff begin with their reviews instead.

mod certificate;
mod drafts;
mod held;
mod submissions;

use crate::{
    address::use_address,
    api::{Page, QuarantineEventView, SubmissionSummary, use_api},
    components::{Remote, fetch, remote},
    session::use_session,
};
use leptos::{html::*, prelude::*};

/// The first page.
pub(super) fn page() -> AnyView {
    let Some(me) = use_session().me() else {
        return ().into_any();
    };
    if me.dcc {
        use_address().open_instead("/review");
        return ().into_any();
    }
    let api = use_api();
    let events = fetch(async move {
        api.get::<Page<QuarantineEventView>>("/quarantine-events")
            .await
    });
    let submissions = fetch(async move {
        api.get::<Page<SubmissionSummary>>("/submissions?limit=50")
            .await
    });
    div()
        .child((
            h1().class("govuk-heading-l").child("Overview"),
            certificate::part(&me),
            h2().class("govuk-heading-m")
                .child("Communications held for you to decide"),
            remote(events, "Loading what is held", |page| {
                held::part(&page.items)
            }),
            drafts::part(&me),
            h2().class("govuk-heading-m")
                .child("Submissions on their way"),
            remote(submissions, "Loading the submissions", |page| {
                submissions::unsettled(&page.items)
            }),
            submissions::settled_heading(submissions),
            move || match submissions.get() {
                Remote::Ready(page) => submissions::settled(&page.items),
                _ => ().into_any(),
            },
        ))
        .into_any()
}
