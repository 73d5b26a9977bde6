//! What became of a file: followed until it is settled.

use super::{checked, draft, follow::watch};
use crate::{
    address::{PagePath, Parameter, use_address},
    api::{Me, SubmissionDetail, SubmissionSummary, use_api},
    browser,
    components::{
        Remote, changing, copy_button, identifier, inset, link_button, live_region, panel,
        problem_instead, state_words, waiting_bar,
    },
    routes::submissions::{
        decision, facts, findings, outcome_words, receipt, rules, stopped, superseded,
        void_decisions,
    },
    session::use_session,
};
use leptos::{html::*, prelude::*};
use sluice_shared::{files::FileKind, identifiers::SubmissionId, submission::StateName};

pub fn outcome_page(reference: SubmissionId) -> AnyView {
    let Some(me) = use_session().me() else {
        return ().into_any();
    };
    let api = use_api();
    let said = RwSignal::new(String::new());
    let changed = move |detail: &SubmissionDetail| {
        let _ = said.try_set(format!(
            "The submission's state: {}",
            state_words(detail.summary.state)
        ));
        leptos::task::spawn_local(keep_draft_in_step(me.clone(), detail.summary.clone()));
        browser::focus_heading();
    };
    let address = use_address();
    let watch = watch(api, reference, changed);
    div()
        .class("app-reading")
        .child((
            live_region(move || said.get()),
            changing(move || {
                watch.out_of_reach.get().then(|| {
                    inset("The service is not answering at the moment. Your file is safe there, and this page keeps trying.")
                })
            }),
            changing(move || match watch.detail.get() {
                Remote::Loading => h1().class("govuk-heading-l").child("Looking for your submission…").into_any(),
                Remote::Failed(error) => {
                    (h1().class("govuk-heading-l").child("Submission"), problem_instead(&error, address)).into_any()
                }
                Remote::Ready(detail) => outcome(&detail),
            }),
        ))
        .into_any()
}

/// Once the service has settled a submission, its draft has served; when it failed, the draft becomes its correction.
async fn keep_draft_in_step(me: Me, submission: SubmissionSummary) {
    let Ok(drafts) = draft::all(&me.person.id).await else {
        return;
    };
    let Some(mut kept) = drafts
        .into_iter()
        .find(|draft| draft.submission == Some(submission.reference))
    else {
        return;
    };
    match submission.state {
        StateName::AwaitingUpload | StateName::Received | StateName::Checked => {}
        StateName::AwaitingReview | StateName::Accepted => {
            let _ = draft::remove(&kept.id).await;
        }
        StateName::Rejected | StateName::Refused | StateName::Expired => {
            kept.changed();
            kept.step = draft::Step::Check;
            kept.replaces =
                (submission.state != StateName::Expired).then_some(submission.reference);
            let _ = kept.save().await;
        }
    }
}

fn outcome(detail: &SubmissionDetail) -> AnyView {
    let reference = detail.summary.reference;
    let body = match detail.summary.state {
        StateName::AwaitingUpload => waiting(),
        StateName::Received if detail.summary.stopped.is_some() => held_up(detail),
        StateName::Received => checking(detail.summary.check_only),
        StateName::Accepted => (
            panel("Accepted", ("Your reference", br(), strong().child(identifier(&reference.to_string())))),
            copy(reference),
            p().class("govuk-body-l").child(outcome_words(detail)),
            superseded(detail),
            h2().class("govuk-heading-m").child("What happens next"),
            p().class("govuk-body").child(next_words(detail.summary.kind)),
            div().class("govuk-button-group").child(receipt(detail)),
        )
            .into_any(),
        StateName::AwaitingReview => (
            div().class("app-panel-waiting").child(panel(
                "Waiting for a DCC reviewer",
                ("Your reference", br(), strong().child(identifier(&reference.to_string()))),
            )),
            copy(reference),
            p().class("govuk-body-l").child(outcome_words(detail)),
            void_decisions(detail.progress.void()),
            rules(detail),
            h2().class("govuk-heading-m").child("What happens next"),
            p().class("govuk-body").child(
                "A DCC reviewer reads the file and its evidence, and accepts or refuses it with a reason that you will see \
                 here. Nothing has taken effect yet. You can leave this page.",
            ),
        )
            .into_any(),
        StateName::Checked => checked::outcome(detail),
        StateName::Rejected | StateName::Refused | StateName::Expired => failed(detail),
    };
    div()
        .child((body, facts(detail), footer_links(detail)))
        .into_any()
}

fn failed(detail: &SubmissionDetail) -> AnyView {
    let reference = detail.summary.reference;
    (
        h1().class("govuk-heading-l").child(outcome_words(detail)),
        p().class("govuk-body-l").child(match detail.summary.kind {
            FileKind::Adt => "Nothing has taken effect. What was in force before still is.",
            FileKind::ExitQuarantine => "Nothing has taken effect. What was held is kept held.",
        }),
        void_decisions(detail.progress.void()),
        decision(detail),
        findings(detail),
        div().class("govuk-button-group").child((
            detail
                .summary
                .replaced_by
                .is_none()
                .then(|| correct(reference)),
            receipt(detail),
        )),
    )
        .into_any()
}

/// The way to another try: the draft where it is kept, else a new file.
fn correct(reference: SubmissionId) -> AnyView {
    let link = RwSignal::new(PagePath::Send.with(Parameter::Replaces, reference.to_string()));
    if let Some(me) = use_session().me() {
        leptos::task::spawn_local(async move {
            let drafts = draft::all(&me.person.id).await.unwrap_or_default();
            let is_it = |draft: &&draft::Draft| {
                draft.replaces == Some(reference) || draft.submission == Some(reference)
            };
            if let Some(kept) = drafts.iter().find(is_it) {
                let _ = link.try_set(kept.link());
            }
        });
    }
    (move || link_button("Send a corrected file", link.get())).into_any()
}

fn copy(reference: SubmissionId) -> AnyView {
    p().class("govuk-body app-copy-alone")
        .child(copy_button(reference.to_string(), "the reference"))
        .into_any()
}

fn waiting() -> AnyView {
    (
        h1().class("govuk-heading-l").child("Your file has not arrived yet"),
        p().class("govuk-body").child(
            "The upload was not finished, or the file is arriving right now. If you stopped it, continue from the draft \
             under Overview.",
        ),
    )
        .into_any()
}

/// The service cannot judge it by a fault of its own.
fn held_up(detail: &SubmissionDetail) -> AnyView {
    (
        h1().class("govuk-heading-l")
            .child("Your file has arrived but has not been checked yet"),
        stopped(detail),
        p().class("govuk-body")
            .child("You can leave this page: the outcome is kept under Submissions."),
    )
        .into_any()
}

fn checking(check_only: bool) -> AnyView {
    let (title, effect) = if check_only {
        (
            "Your file is being checked, without effect",
            "Nothing takes effect. ",
        )
    } else {
        ("Your file is being checked", "")
    };
    (
        h1().class("govuk-heading-l").child(title),
        p().class("govuk-body").child((
            "It has arrived in full. The service checks the signature, the certificate and every row; this takes a few \
             seconds. ",
            effect,
            "You can leave this page: the outcome is kept under Submissions.",
        )),
        waiting_bar("Checking"),
    )
        .into_any()
}

fn next_words(kind: FileKind) -> &'static str {
    match kind {
        FileKind::Adt => {
            "The thresholds are in force from now on, or from the time that the file gives. You can see them under Thresholds. Keep the \
             receipt: it is signed by the DCC and says what was accepted, and when."
        }
        FileKind::ExitQuarantine => {
            "The DCC processes what you released and deletes what you deleted. What you kept held is listed under Quarantine, \
             with the deadline for deciding. Keep the receipt: it is signed by the DCC and says what was decided, and when."
        }
    }
}

fn footer_links(detail: &SubmissionDetail) -> AnyView {
    let reference = detail.summary.reference;
    let (all, another) = if detail.summary.check_only {
        ("View check", "Send a file")
    } else {
        ("View submission", "Send another file")
    };
    p().class("govuk-body")
        .child((
            a().class("govuk-link")
                .href(PagePath::Submission(reference).href())
                .child(all),
            " · ",
            a().class("govuk-link")
                .href(PagePath::Send.href())
                .child(another),
        ))
        .into_any()
}
