//! What a reviewer refused needs a new decision of an ARO, and the next reviewer sees the refusal.

use proptest::prelude::*;
use sluice_shared::finding::{Finding, Place};
use sluice_shared::identifiers::{FileDigest, PersonId};
use sluice_shared::risk::{Refusal, RefusedBefore, RiskRule, refused_before};
use sluice_shared::submission::ReviewReason;

use crate::make::{hour, submission};

fn digest(number: u8) -> FileDigest {
    FileDigest::new([number; 32])
}

fn refusal(number: u8, file: u8, signature: u8, hours: i64) -> Refusal {
    Refusal {
        submission: submission(number),
        file: digest(file),
        signed_attributes: digest(signature),
        refused_at: hour(hours),
        reviewer: PersonId::parse("reviewer-1").unwrap(),
        reviewer_name: "Robin Reviewer".to_owned(),
        reason: ReviewReason::parse("Not what the forecast says").unwrap(),
    }
}

#[test]
fn another_file_is_free() {
    let refusals = [refusal(1, 1, 1, 10)];
    let found = refused_before(digest(2), digest(2), hour(1), &refusals);
    assert_eq!(found, RefusedBefore::No);
    assert_eq!((found.rule(), found.defect()), (None, None));
}

#[test]
fn a_new_signature_is_seen_by_the_next_reviewer() {
    let refusals = [
        refusal(1, 1, 1, 10),
        refusal(2, 1, 2, 20),
        refusal(3, 2, 3, 30),
    ];
    let found = refused_before(digest(1), digest(9), hour(21), &refusals);
    assert_eq!(found, RefusedBefore::SignedAnew(&refusals[1]));
    assert_eq!(found.defect(), None);
    let fired = found.rule().unwrap();
    assert_eq!(fired.rule, RiskRule::RefusedBefore);
    let reference = submission(2);
    assert_eq!(
        fired.message,
        format!(
            "Robin Reviewer refused the same file on 3 November 2026, 20:00 UTC, as submission {reference}. It has been \
             signed again since."
        )
    );
    assert_eq!(fired.fact("reviewer"), Some("Robin Reviewer"));
}

#[test]
fn the_same_signature_and_one_from_before_the_refusal_are_defects() {
    let refusals = [refusal(1, 1, 1, 10), refusal(2, 1, 2, 20)];
    let same = refused_before(digest(1), digest(1), hour(90), &refusals);
    assert_eq!(same, RefusedBefore::SameSignature(&refusals[0]));
    for hours in [15, 20] {
        let older = refused_before(digest(1), digest(9), hour(hours), &refusals);
        assert_eq!(older, RefusedBefore::SameSignature(&refusals[1]), "{hours}");
    }
    let finding = Finding::new(Place::file(), &same.defect().unwrap().into());
    assert_eq!(finding.code, "refused-before");
    let reference = submission(1);
    assert_eq!(
        finding.message,
        format!(
            "A reviewer refused this file on 3 November 2026, 10:00 UTC, as submission {reference}, and it has not been signed \
             again since."
        )
    );
    assert_eq!(
        finding.remedy,
        "Correct the file, or have an Authorised Responsible Officer sign it again, so that it is a new decision."
    );
    assert_eq!(same.rule(), None);
}

#[test]
fn a_refusal_is_kept_as_it_is() {
    let one = refusal(1, 1, 1, 10);
    let json = serde_json::to_string(&one).unwrap();
    assert_eq!(serde_json::from_str::<Refusal>(&json).unwrap(), one);
}

proptest! {
    #[test]
    fn nothing_refused_passes_without_a_signature_made_after_every_refusal(
        refusals in prop::collection::vec((0..3_u8, 0..4_u8, 0..50_i64), 0..6),
        file in 0..3_u8,
        signature in 0..4_u8,
        signed in 0..50_i64,
    ) {
        let refusals: Vec<_> = (0..)
            .zip(refusals)
            .map(|(number, (file, signature, at))| refusal(number, file, signature, at))
            .collect();
        let of_file = || refusals.iter().filter(|known| {
            known.file == digest(file) || known.signed_attributes == digest(signature)
        });
        let stale = of_file().any(|known| {
            known.signed_attributes == digest(signature) || hour(signed) <= known.refused_at
        });
        let found = refused_before(digest(file), digest(signature), hour(signed), &refusals);
        match found {
            RefusedBefore::No => prop_assert_eq!(of_file().count(), 0),
            RefusedBefore::SignedAnew(known) => {
                prop_assert!(!stale);
                prop_assert_eq!(of_file().map(|known| known.refused_at).max(), Some(known.refused_at));
            }
            RefusedBefore::SameSignature(_) => prop_assert!(stale),
        }
    }
}
