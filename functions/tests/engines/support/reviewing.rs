//! What a reviewer does, and the level that is in force before and after.

use http::{Method, StatusCode};
use serde_json::Value;
use sluice_local::demo::people::Person;
use sluice_shared::api::SignedRequest;
use sluice_shared::files::FileKind;
use sluice_shared::identifiers::{FileDigest, SubmissionId};
use sluice_shared::instant::UtcTime;
use sluice_shared::review::DecisionStatement;
use sluice_shared::submission::{Decision, ReviewReason};

use super::{IMPORT, Signer, World};

/// What a reviewer wants.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) decision: Decision,
    pub(crate) reason: ReviewReason,
    pub(crate) verdict: FileDigest,
}

/// To accept or refuse `judged`: a submission, or a review's evidence, in JSON.
pub(crate) fn decision(decision: Decision, judged: &Value) -> Asked {
    Asked {
        decision,
        reason: reason("Forecast seen and agreed."),
        verdict: judged["verdict"].as_str().unwrap().parse().unwrap(),
    }
}

pub(crate) fn reason(text: &str) -> ReviewReason {
    ReviewReason::parse(text).unwrap()
}

impl Asked {
    /// As it is signed for a submission whose file has this digest.
    pub(crate) fn statement(
        &self,
        submission: SubmissionId,
        file_digest: FileDigest,
        decided_at: UtcTime,
    ) -> DecisionStatement {
        DecisionStatement {
            submission,
            file_digest,
            verdict: self.verdict,
            decision: self.decision,
            reason: self.reason.clone(),
            decided_at,
        }
    }
}

/// A statement in a signature.
pub(crate) fn signed(signer: &Signer, statement: &DecisionStatement) -> SignedRequest {
    let json = serde_json::to_vec(statement).unwrap();
    let bytes = signer.sign_enveloping(json, statement.decided_at).unwrap();
    SignedRequest {
        signed: sluice_shared::api::Base64Bytes(bytes),
    }
}

impl World {
    /// What somebody wants to become of a submission, signed by them; by a reviewer, where they sign nothing.
    pub(crate) async fn signed_decision(
        &self,
        person: &str,
        id: &SubmissionId,
        asked: &Asked,
    ) -> SignedRequest {
        let record = self.record(&id.to_string()).await;
        let signs = Person::find(person).unwrap().signer_subject().is_some();
        let signer = self.signer(if signs { person } else { "reviewer-1" });
        let statement = asked.statement(*id, record.sha256, self.now());
        signed(&signer, &statement)
    }

    /// Posts a signed decision to `/reviews/<reference>/decision`.
    pub(crate) async fn post_decision(
        &self,
        person: &str,
        path: &str,
        asked: &Asked,
    ) -> (StatusCode, Value) {
        let id = path.split('/').nth(2).unwrap().parse().unwrap();
        let request = self.signed_decision(person, &id, asked).await;
        let body = serde_json::to_value(request).unwrap();
        self.call(Method::POST, person, path, &[], Some(&body))
            .await
    }

    /// Decides what waits as `reviewer-1`, runs `intake` on it, and returns the submission.
    pub(crate) async fn decide(&self, reference: &Value, asked: &Asked) -> Value {
        let reference = reference.as_str().unwrap();
        let path = format!("/reviews/{reference}/decision");
        let (status, answer) = self.post_decision("reviewer-1", &path, asked).await;
        assert_eq!(status, StatusCode::OK, "{answer}");
        assert_eq!(self.run_intake().await, [true]);
        self.get_json("supplier-aro-1", &format!("/submissions/{reference}"))
            .await
    }

    /// An ADT File that raises what is in force for [`IMPORT`] so far that it waits for a reviewer, as it was settled.
    pub(crate) async fn raise_that_waits(&self) -> Value {
        let file = self.adt(IMPORT, |_, level| Some(level * 3)).await;
        let signer = self.signer("supplier-aro-1");
        let held = self
            .settle("supplier-submitter", FileKind::Adt, &file, &signer)
            .await;
        assert_eq!(held["state"], "awaiting-review", "{held:#}");
        held
    }

    /// The quarantine threshold of a service that is in force for [`IMPORT`].
    pub(crate) async fn level(&self, srv: &str) -> u64 {
        let view = self
            .get_json("supplier-aro-1", &format!("/thresholds/{IMPORT}"))
            .await;
        let rows = view["inForce"].as_array().unwrap();
        let row = rows.iter().find(|row| row["srv"] == srv).unwrap();
        row["quarantine"].as_u64().unwrap()
    }
}
