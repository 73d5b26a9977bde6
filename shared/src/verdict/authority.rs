//! Whether the signer may sign for the organisation, when it was signed, and whether a reviewer refused the file before.

use super::signing_time::check_signing_time;
use super::{KnownSender, ReadFile, Verdict};
use crate::finding::{Place, SignatureDefect};
use crate::profile::Profile;
use crate::risk::{RefusedBefore, refused_before};

pub(super) fn judge(
    file: &ReadFile,
    known: &KnownSender,
    profile: &Profile,
    verdict: &mut Verdict,
) {
    verdict.evidence.refusals.clone_from(&known.refusals);
    let (Some(Ok(signature)), Some(reading)) = (&file.signature, &file.reading) else {
        if file.signature.is_none() {
            // It will come with a signature that is made after the refusal, so the reviewer's look is told beforehand.
            let latest = known.refusals.iter().max_by_key(|known| known.refused_at);
            let before = latest.map_or(RefusedBefore::No, RefusedBefore::SignedAnew);
            verdict.rules.extend(before.rule());
        }
        return;
    };
    if let Some(signer) = known.signer(&signature.subject) {
        match signer.certificates.check(signature.certificate) {
            Ok(()) => verdict.signer = Some(signer.person.clone()),
            Err(bar) => {
                verdict.signature_refused = true;
                let subject = signature.subject.clone();
                let defect = SignatureDefect::CertificateBarred { subject, bar };
                verdict.findings.add(Place::file(), defect);
            }
        }
    } else {
        let subject = signature.subject.clone();
        verdict.signature_refused = true;
        let defect = match known.registered_in_other_order(&subject) {
            Some(registered) => SignatureDefect::RegisteredInOtherOrder {
                registered: registered.to_owned(),
                subject,
            },
            None => SignatureDefect::NotRegistered { subject },
        };
        verdict.findings.add(Place::file(), defect);
    }
    let wrong_time = check_signing_time(
        reading.kind(),
        signature.signing_time,
        file.received_at,
        &profile.signing,
    );
    if let Some(defect) = wrong_time {
        verdict.findings.add(Place::file(), defect);
    }
    let before = refused_before(
        file.sha256,
        signature.attributes_sha256,
        signature.signing_time,
        &known.refusals,
    );
    if let Some(defect) = before.defect() {
        verdict.findings.add(Place::file(), defect);
    }
    verdict.rules.extend(before.rule());
}
