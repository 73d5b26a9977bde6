//! What a reviewer does, and the level that is in force before and after.

use serde_json::Value;
use sluice_shared::api::ReviewRequest;
use sluice_shared::submission::{Decision, ReviewReason};

use super::{IMPORT, World};

/// What a reviewer posts to accept or refuse `judged`: a submission, or a review's evidence, in JSON.
pub(crate) fn decision(decision: Decision, judged: &Value) -> ReviewRequest {
    ReviewRequest {
        decision,
        reason: reason("Forecast seen and agreed."),
        verdict: judged["verdict"].as_str().unwrap().parse().unwrap(),
    }
}

pub(crate) fn reason(text: &str) -> ReviewReason {
    ReviewReason::parse(text).unwrap()
}

impl World {
    /// Decides what waits as `reviewer-1`, runs `intake` on it, and returns the submission.
    pub(crate) async fn decide(&self, reference: &Value, asked: &ReviewRequest) -> Value {
        let reference = reference.as_str().unwrap();
        let id = reference.parse().unwrap();
        let reviewer = self.client("reviewer-1");
        reviewer.decide(&id, asked).await.unwrap();
        assert_eq!(self.run_intake().await, [true]);
        self.get_json("supplier-aro-1", &format!("/submissions/{reference}"))
            .await
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
