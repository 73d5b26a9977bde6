//! The receipt as people read and print it, from what the DCC signed.

use super::{parts::signed_receipt, words::outcome_words};
use crate::{
    address::PagePath,
    api::{Api, ApiError, SubmissionDetail, calls, use_api},
    browser,
    components::{
        fetch, hexadecimal, identifier, in_words, inset, remote, row, rules_fired,
        secondary_button, sentence, size, state_tag, summary_list, timeline,
    },
};
use leptos::{html::*, prelude::*};
use sha2::{Digest as _, Sha256};
use sluice_shared::{
    identifiers::{FileDigest, SubmissionId},
    signature::{Receipt, read_receipt},
};

/// What the page is made of.
#[derive(Clone)]
struct Shown {
    detail: SubmissionDetail,
    /// What was signed, and the SHA-256 of the file that it is in; nothing where there is no receipt yet, or never will be.
    signed: Option<(Receipt, FileDigest)>,
}

pub fn receipt_page(reference: SubmissionId) -> AnyView {
    let api = use_api();
    let all = fetch(load(api, reference));
    div()
        .class("app-reading app-receipt")
        .child((
            a().class("govuk-back-link")
                .href(PagePath::Submission(reference).href())
                .child("The submission"),
            h1().class("govuk-heading-l").child((
                "Receipt for submission ",
                identifier(&reference.to_string()),
            )),
            remote(all, "Loading the receipt", |shown| {
                browser::heading_drawn();
                body(shown)
            }),
        ))
        .into_any()
}

async fn load(api: Api, reference: SubmissionId) -> Result<Shown, ApiError> {
    let detail = api.get(calls::submission(reference)).await?;
    if !detail.receipt {
        return Ok(Shown {
            detail,
            signed: None,
        });
    }
    let bytes = api.file(calls::receipt(reference)).await?;
    let receipt =
        read_receipt(&bytes).map_err(|_| ApiError::Unreadable("the receipt".to_owned()))?;
    let digest = FileDigest::new(Sha256::digest(&bytes).into());
    Ok(Shown {
        detail,
        signed: Some((receipt, digest)),
    })
}

fn body(Shown { detail, signed }: &Shown) -> AnyView {
    let Some((signed, digest)) = signed else {
        return p()
            .class("govuk-body")
            .child(if detail.summary.state.is_terminal() {
                "This submission has no receipt: nothing was sent that one could be of."
            } else {
                "There is no receipt yet. It is made as soon as the submission is settled."
            })
            .into_any();
    };
    let print = secondary_button("Print this receipt", |_| {
        // What cannot print has no such button to press either.
        let _ = browser::window().print();
    });
    div()
        .child((
            p().class("govuk-body-l").child((
                state_tag(detail.summary.state),
                " on ",
                in_words(signed.decided_at),
                ". ",
                sentence(&outcome_words(detail)),
            )),
            div()
                .class("govuk-button-group")
                .child((print, signed_receipt(detail))),
            heading("What was sent"),
            what(detail, signed),
            heading("Who"),
            who(detail, signed),
            timeline(detail.timeline()),
            heading("The decision"),
            verdict(detail, signed),
            heading("Proof"),
            proof(signed, digest),
        ))
        .into_any()
}

fn heading(words: &'static str) -> AnyView {
    h2().class("govuk-heading-m").child(words).into_any()
}

fn what(detail: &SubmissionDetail, signed: &Receipt) -> AnyView {
    let digest = signed.file_digest.to_string();
    let rows = [
        Some(row("Kind of file", signed.kind.name())),
        Some(row("File name", signed.file_name.to_string())),
        Some(row("Size", size(signed.length))),
        Some(row(
            "SHA-256 of the file",
            hexadecimal(&digest, "the digest of the file"),
        )),
        detail
            .service_request
            .as_ref()
            .map(|reference| row("Service-management request", reference.to_string())),
    ];
    summary_list(rows.into_iter().flatten())
}

fn who(detail: &SubmissionDetail, signed: &Receipt) -> AnyView {
    let summary = &detail.summary;
    let name = |person: Option<&str>, id: String| match person {
        Some(name) => format!("{name} ({id})"),
        None => id,
    };
    let starter = detail.started_by.as_ref();
    let of_signer = signed.signer.as_ref();
    let rows = [
        Some(row(
            "Organisation",
            name(
                Some(&summary.organisation_name),
                signed.organisation.to_string(),
            ),
        )),
        signed.started_by.as_ref().map(|id| {
            let starter = starter.map(|person| person.name.as_str());
            row("Started by", name(starter, id.to_string()))
        }),
        Some(row(
            "Sent by",
            name(Some(&summary.uploader.name), signed.uploader.to_string()),
        )),
        (!signed.also_asked.is_empty()).then(|| {
            let others = signed.also_asked.iter().map(|id| {
                let person = detail.also_asked.iter().find(|person| person.id == *id);
                name(person.map(|person| person.name.as_str()), id.to_string())
            });
            row(
                "Also asked for the upload address",
                others.collect::<Vec<_>>().join(", "),
            )
        }),
        of_signer.map(|signer| {
            let person = summary.signer.as_ref().map(|person| person.name.as_str());
            row("Signed by", name(person, signer.subject.to_string()))
        }),
        of_signer.map(|signer| {
            let digest = signer.certificate_sha256.to_string();
            row(
                "SHA-256 of the signer's certificate",
                hexadecimal(&digest, "the digest of the certificate"),
            )
        }),
        detail
            .reviewer
            .as_ref()
            .map(|person| row("Reviewed by", person.name.clone())),
    ];
    summary_list(rows.into_iter().flatten())
}

fn verdict(detail: &SubmissionDetail, signed: &Receipt) -> AnyView {
    let fired = detail.progress.rules();
    let rules = (!fired.is_empty()).then(|| {
        (
            p().class("govuk-body").child("A reviewer had to decide:"),
            rules_fired(fired),
        )
    });
    let reason = detail.progress.review().map(|review| {
        (
            p().class("govuk-body").child("The reviewer's reason:"),
            inset(
                p().class("govuk-body app-as-typed")
                    .child(review.reason.as_str().to_owned()),
            ),
        )
    });
    let rows = [
        Some(row("Outcome", state_tag(detail.summary.state))),
        (detail.findings.errors > 0)
            .then(|| row("Errors", crate::components::grouped(detail.findings.errors))),
        (detail.findings.warnings > 0).then(|| {
            row(
                "Warnings",
                crate::components::grouped(detail.findings.warnings),
            )
        }),
        detail.verdict.map(|digest| {
            row(
                "SHA-256 of what was decided",
                hexadecimal(&digest.to_string(), "the digest of what was decided"),
            )
        }),
        signed.decision.as_ref().map(|decision| {
            row(
                "The decision was signed by",
                identifier(decision.signer.subject.as_str()),
            )
        }),
        signed.decision.as_ref().map(|decision| {
            row(
                "SHA-256 of the signed decision",
                hexadecimal(&decision.sha256.to_string(), "the digest of the decision"),
            )
        }),
    ];
    div()
        .child((summary_list(rows.into_iter().flatten()), rules, reason))
        .into_any()
}

fn proof(signed: &Receipt, digest: &FileDigest) -> AnyView {
    let name = format!("receipt_{}.p7m", signed.reference);
    div()
        .child((
            p().class("govuk-body").child(
                "This page is for reading. The receipt that the DCC signed is a file that anybody can check without Sluice. It proves \
                 which file arrived and when, who sent and signed it, and the outcome. Names of people, the service-management \
                 request and what a reviewer wrote come from the records of Sluice.",
            ),
            summary_list([
                row("Signed receipt", name),
                row(
                    "SHA-256 of the signed receipt",
                    hexadecimal(&digest.to_string(), "the digest of the receipt"),
                ),
            ]),
        ))
        .into_any()
}
