//! The signature and the path of its certificate.

use crate::components::{
    Column, hexadecimal, identifier, moment, plain_moment, row, summary_list, table, text_cell,
};
use leptos::{html::*, prelude::*};
use sluice_shared::api::SignatureEvidence;

pub(super) fn signature_facts(signature: Option<&SignatureEvidence>) -> AnyView {
    let Some(signature) = signature else {
        return p()
            .class("govuk-body")
            .child("The path of the certificate was not kept. The signer is named above.")
            .into_any();
    };
    let columns = [
        Column::Text("Certificate"),
        Column::Text("Issued to"),
        Column::Text("Valid from"),
        Column::Text("Valid until"),
        Column::Text("Serial number"),
    ];
    let last = signature.path.len().saturating_sub(1);
    let rows = signature
        .path
        .iter()
        .enumerate()
        .map(|(place, certificate)| {
            let what = match place {
                0 => "Signer",
                place if place == last => "Trust anchor",
                _ => "Authority",
            };
            vec![
                text_cell(what),
                text_cell(identifier(&certificate.subject)),
                text_cell(plain_moment(certificate.not_before)),
                text_cell(plain_moment(certificate.not_after)),
                text_cell(hexadecimal(&certificate.serial, "the serial number")),
            ]
        })
        .collect();
    let signer = signature.path.first().map(|certificate| {
        row(
            "Signer's certificate, SHA-256",
            hexadecimal(&certificate.sha256.to_string(), "the certificate's digest"),
        )
    });
    let facts = [
        Some(row("Signature algorithm", signature.algorithm.clone())),
        Some(row("Signed at", moment(signature.signing_time))),
        Some(row("Verified at", moment(signature.verified_at))),
        signer,
    ];
    div()
        .child((
            div()
                .class("app-reading")
                .child(summary_list(facts.into_iter().flatten())),
            table("Certificate path", &columns, rows),
        ))
        .into_any()
}
