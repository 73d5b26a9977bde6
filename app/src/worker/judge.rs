//! The verdict on a file that was read, by the same function as the service's.

use super::{
    TaskId,
    kept::{Kept, with_file},
    signed::Envelope,
};
use crate::api::parse_json;
use js_sys::ArrayBuffer;
use serde::{Deserialize, Serialize};
use sluice_shared::{
    api::{Base64Bytes, FileEffect, HeldPageView, KnownExitEvents},
    files::FileKind,
    finding::Findings,
    instant::UtcTime,
    profile::Profile,
    quarantine::HeldEvent,
    risk::RuleFired,
    signature::SignatureSummary,
    thresholds::Comparison,
    verdict::{Known, Verdict},
};

/// Of a verdict, what people see before they send. What it would write is the service's business.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Judged {
    /// Everything that is wrong.
    pub findings: Findings,
    /// What the file says, in numbers.
    pub effect: Option<FileEffect>,
    /// The rules of risk that fire: why a reviewer will decide.
    pub rules: Vec<RuleFired>,
    /// What it changes of thresholds, for each User ID.
    pub comparisons: Vec<Comparison>,
}

impl From<Verdict> for Judged {
    fn from(verdict: Verdict) -> Self {
        Self {
            findings: verdict.findings,
            effect: verdict.effect,
            rules: verdict.rules,
            comparisons: verdict.evidence.comparisons,
        }
    }
}

/// A file with the signature that it was just given.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Signed {
    /// What the signature says, if it can be read.
    pub signature: Option<SignatureSummary>,
    /// The signature in DER, whatever form it came in.
    pub signature_der: Option<Base64Bytes>,
    /// What is wrong with the file, whether or not there is a verdict.
    pub findings: Findings,
    /// The verdict with this signature, if it is known what that rests on.
    pub judged: Option<Judged>,
}

/// Judges a file by what the service answered.
pub(super) fn judge(
    file: TaskId,
    profile: Profile,
    now: UtcTime,
    answers: Vec<ArrayBuffer>,
) -> Result<Judged, String> {
    with_file(file, |kept| {
        // Before what was known is replaced: both at once would be held at the limit of size.
        kept.known = None;
        kept.known = Some(known(kept.kind, answers)?);
        if kept.profile != profile {
            kept.read_again(profile, now);
        }
        kept.verdict(now)
            .map(Judged::from)
            .ok_or_else(|| "nothing is known".to_owned())
    })?
}

/// Gives a file a detached signature, or takes it away, and judges it again.
pub(super) fn sign(file: TaskId, signature: Option<&[u8]>, now: UtcTime) -> Result<Signed, String> {
    with_file(file, |kept: &mut Kept| {
        let envelope = signature.map_or_else(Envelope::default, Envelope::detached);
        kept.read.signature = envelope.as_signature_of(kept.read.sha256, kept.content.as_ref());
        let judged = kept.verdict(now).map(Judged::from);
        Signed {
            signature: envelope.summary,
            signature_der: envelope.der.map(Base64Bytes),
            findings: judged
                .as_ref()
                .map_or_else(|| kept.own_findings(), |judged| judged.findings.clone()),
            judged,
        }
    })
}

fn known(kind: FileKind, answers: Vec<ArrayBuffer>) -> Result<Known, String> {
    let mut answers = answers.into_iter();
    let first = answers.next().ok_or("nothing that is known came")?;
    match kind {
        FileKind::Adt => parse_json(&first).map(Known::Adt),
        FileKind::ExitQuarantine => {
            let known: KnownExitEvents = parse_json(&first)?;
            drop(first);
            let events = known.events.clone().into_iter();
            let events = events.map(|event| {
                let pages = (0..event.pages).map(|_| decided_page(&mut answers));
                Ok(HeldEvent {
                    pages: pages.collect::<Result<_, String>>()?,
                    event,
                })
            });
            let events = events.collect::<Result<_, String>>()?;
            Ok(Known::ExitQuarantine(Box::new(known.with_pages(events))))
        }
    }
}

fn decided_page(
    answers: &mut impl Iterator<Item = ArrayBuffer>,
) -> Result<sluice_shared::quarantine::DecidedPage, String> {
    let page = answers.next().ok_or("a page of an event is missing")?;
    parse_json::<HeldPageView>(&page)?
        .to_decided_page()
        .map_err(|error| error.to_string())
}
