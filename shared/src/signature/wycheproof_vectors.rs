//! Project Wycheproof's vectors through the verifiers of this room.
//!
//! A result that differs from the vector's stands in a list of exceptions with its reason; one that no longer differs
//! fails too.
#![allow(clippy::unwrap_used)]

use rustls_pki_types::SignatureVerificationAlgorithm;
use wycheproof::TestResult;
use wycheproof::ecdsa::{TestName as Ecdsa, TestSet as EcdsaSet};
use wycheproof::rsa_pkcs1_verify::{TestName as Rsa, TestSet as RsaSet};

use super::algorithms::{EcdsaP256Sha256, Hash, RsaPkcs1, ecdsa_signature_der};

/// Vectors, by set and number, whose result differs.
const EXCEPTIONS: &[(&str, usize, &str)] = &[];

#[derive(Default)]
struct Outcome {
    tests: usize,
    wrong: Vec<String>,
}

impl Outcome {
    /// `acceptable` vectors (a missing NULL in RSA padding, say) may go either way.
    fn add(
        &mut self,
        set: &str,
        number: usize,
        expected: TestResult,
        comment: &str,
        accepted: bool,
    ) {
        self.tests += 1;
        let agrees = match expected {
            TestResult::Valid => accepted,
            TestResult::Invalid => !accepted,
            TestResult::Acceptable => true,
        };
        let exception = EXCEPTIONS
            .iter()
            .any(|known| (known.0, known.1) == (set, number));
        if agrees == exception {
            let kind = if exception {
                "is no exception any more"
            } else {
                "differs"
            };
            self.wrong.push(format!(
                "{set} {number} ({comment}) {kind}: accepted = {accepted}"
            ));
        }
    }

    fn check(self, at_least: usize) {
        assert!(self.wrong.is_empty(), "{}", self.wrong.join("\n"));
        assert!(
            self.tests >= at_least,
            "only {} vectors were there",
            self.tests
        );
    }
}

#[test]
fn ecdsa_p256_with_sha256_in_der() {
    let mut outcome = Outcome::default();
    for group in EcdsaSet::load(Ecdsa::EcdsaSecp256r1Sha256)
        .unwrap()
        .test_groups
    {
        for test in group.tests {
            let accepted = EcdsaP256Sha256
                .verify_signature(&group.key.key, &test.msg, &test.sig)
                .is_ok();
            outcome.add(
                "ecdsa-der",
                test.tc_id,
                test.result,
                &test.comment,
                accepted,
            );
        }
    }
    outcome.check(400);
}

#[test]
fn ecdsa_p256_with_sha256_as_raw_numbers() {
    let mut outcome = Outcome::default();
    for group in EcdsaSet::load(Ecdsa::EcdsaSecp256r1Sha256P1363)
        .unwrap()
        .test_groups
    {
        for test in group.tests {
            let accepted = ecdsa_signature_der(&test.sig).is_some_and(|der| {
                EcdsaP256Sha256
                    .verify_signature(&group.key.key, &test.msg, &der)
                    .is_ok()
            });
            outcome.add(
                "ecdsa-raw",
                test.tc_id,
                test.result,
                &test.comment,
                accepted,
            );
        }
    }
    outcome.check(200);
}

#[test]
fn rsa_pkcs1_from_2048_to_4096_bits() {
    let sets = [
        (Rsa::Rsa2048Sha256, Hash::Sha256),
        (Rsa::Rsa2048Sha384, Hash::Sha384),
        (Rsa::Rsa2048Sha512, Hash::Sha512),
        (Rsa::Rsa3072Sha256, Hash::Sha256),
        (Rsa::Rsa3072Sha384, Hash::Sha384),
        (Rsa::Rsa3072Sha512, Hash::Sha512),
        (Rsa::Rsa4096Sha256, Hash::Sha256),
        (Rsa::Rsa4096Sha384, Hash::Sha384),
        (Rsa::Rsa4096Sha512, Hash::Sha512),
    ];
    let mut outcome = Outcome::default();
    for (name, hash) in sets {
        for group in RsaSet::load(name).unwrap().test_groups {
            for test in group.tests {
                let accepted = RsaPkcs1(hash)
                    .verify_signature(&group.asn_key, &test.msg, &test.sig)
                    .is_ok();
                outcome.add(
                    &format!("{name:?}"),
                    test.tc_id,
                    test.result,
                    &test.comment,
                    accepted,
                );
            }
        }
    }
    outcome.check(2_000);
}

#[test]
fn rsa_keys_outside_of_2048_to_4096_bits_are_refused() {
    let mut outcome = Outcome::default();
    for group in RsaSet::load(Rsa::Rsa8192Sha256).unwrap().test_groups {
        for test in group.tests {
            let accepted = RsaPkcs1(Hash::Sha256)
                .verify_signature(&group.asn_key, &test.msg, &test.sig)
                .is_ok();
            outcome.add(
                "rsa-8192",
                test.tc_id,
                TestResult::Invalid,
                &test.comment,
                accepted,
            );
        }
    }
    outcome.check(200);
}
