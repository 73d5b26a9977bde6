//! What is known of a submission, name by name.

use super::sent_files::SentFiles;
use crate::{
    address::PagePath,
    api::SubmissionDetail,
    components::{
        Row, changing, copy_button, hexadecimal, identifier, moment, problem_summary, row, size,
        state_tag, summary_list,
    },
};
use leptos::{html::*, prelude::*};
use sluice_shared::{identifiers::SubmissionId, submission::StateName};

/// Everything that is known, name by name.
pub fn facts(detail: &SubmissionDetail) -> AnyView {
    let summary = &detail.summary;
    let reference = summary.reference.to_string();
    let digest = detail.sha256.to_string();
    let sent = SentFiles::of(detail);
    let signed_by = detail
        .signature
        .as_ref()
        .map(|signer| match &summary.signer {
            Some(person) => {
                let subject = div()
                    .class("govuk-hint govuk-!-margin-bottom-0")
                    .child(signer.subject.clone());
                row("Signed by", (person.name.clone(), subject))
            }
            None => row("Signed by", signer.subject.clone()),
        });
    let rows = [
        Some(row("State", state_tag(summary.state))),
        Some(row(
            "Reference",
            (
                identifier(&reference),
                copy_button(reference.clone(), "the reference"),
            ),
        )),
        Some(with_action(
            row(
                "File",
                format!(
                    "{}: {}, {}",
                    summary.kind.name(),
                    summary.file_name,
                    size(summary.length)
                ),
            ),
            sent.file(detail),
        )),
        Some(row("Organisation", summary.organisation_name.clone())),
        Some(row(
            if summary.check_only {
                "Check asked for by"
            } else {
                "Sent by"
            },
            summary.uploader.name.clone(),
        )),
        detail
            .started_by
            .as_ref()
            .map(|starter| row("Started by", starter.name.clone())),
        (!detail.also_asked.is_empty()).then(|| {
            let others = detail.also_asked.iter().map(|person| person.name.clone());
            let others: Vec<_> = others.collect();
            row("Also asked for the upload address", others.join(", "))
        }),
        signature(detail, signed_by, sent.signature(detail)),
        detail
            .signature
            .as_ref()
            .map(|signer| row("Signed at", moment(signer.signing_time))),
        Some(row("Started", moment(summary.started_at))),
        summary.received_at.map(|at| row("Received", moment(at))),
        summary.settled_at.map(|at| row("Completed", moment(at))),
        detail
            .service_request
            .as_ref()
            .map(|reference| row("Service-management request", reference.to_string())),
        summary
            .replaces
            .map(|earlier| row("Corrects", link(earlier))),
        summary
            .replaced_by
            .map(|later| row("Corrected by", link(later))),
        Some(row(
            "SHA-256 of the file",
            hexadecimal(&digest, "the digest"),
        )),
    ];
    (
        changing(move || sent.failed.get().map(|error| problem_summary(&error))),
        summary_list(rows.into_iter().flatten()),
    )
        .into_any()
}

fn with_action(row: Row, action: Option<AnyView>) -> Row {
    match action {
        Some(action) => row.action(action),
        None => row,
    }
}

/// Who signed, and the signature; that alone where it was refused.
fn signature(
    detail: &SubmissionDetail,
    signed_by: Option<Row>,
    download: Option<AnyView>,
) -> Option<Row> {
    match (signed_by, download) {
        (Some(row), download) => Some(with_action(row, download)),
        (None, Some(download)) => {
            let words = match detail.summary.state {
                StateName::Received => "Not checked yet",
                _ => "Does not hold: the findings say why",
            };
            Some(row("Signature", words).action(download))
        }
        (None, None) => None,
    }
}

fn link(reference: SubmissionId) -> AnyView {
    a().class("govuk-link")
        .href(PagePath::Submission(reference).href())
        .child(identifier(&reference.to_string()))
        .into_any()
}
