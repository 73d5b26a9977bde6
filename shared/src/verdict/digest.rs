//! The digest that names a verdict: whoever approves, approves this digest.

use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::effect::FileEffect;
use super::{Evidence, Verdict};
use crate::identifiers::FileDigest;
use crate::risk::RuleFired;

/// In front of what is digested, so that no digest of anything else can be taken for a verdict's.
const DOMAIN: &[u8] = b"sluice verdict 1\n";

/// What a reviewer sees and answers for.
#[derive(Serialize)]
struct Seen<'a> {
    file: &'a FileDigest,
    effect: &'a Option<FileEffect>,
    rules: &'a [RuleFired],
    evidence: &'a Evidence,
}

impl Verdict {
    /// SHA-256 over the file's digest, its effect, the rules that fired and the evidence. Two verdicts with one digest
    /// show a reviewer the same.
    ///
    /// # Panics
    /// Never: there is nothing in a verdict that JSON cannot say.
    pub fn digest(&self) -> FileDigest {
        let seen = Seen {
            file: &self.file,
            effect: &self.effect,
            rules: &self.rules,
            evidence: &self.evidence,
        };
        let json = serde_json::to_vec(&seen).expect("texts, numbers and lists of them");
        let mut digest = Sha256::new_with_prefix(DOMAIN);
        digest.update(json);
        FileDigest::new(digest.finalize().into())
    }
}
