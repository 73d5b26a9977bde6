//! What a reviewer does, and the level that is in force before and after.

use http::StatusCode;
use serde_json::{Value, json};

use super::{IMPORT, World};

/// What a reviewer posts to accept or refuse (`decision`) the verdict of a submission or of a review's evidence.
pub(crate) fn decision(decision: &str, of: &Value) -> Value {
    json!({ "decision": decision, "reason": "Forecast seen and agreed.", "verdict": of["verdict"] })
}

impl World {
    /// Decides what waits as `reviewer-1`, runs `intake` on it, and returns the submission.
    pub(crate) async fn decide(&self, reference: &Value, asked: &Value) -> Value {
        let reference = reference.as_str().unwrap();
        let path = format!("/reviews/{reference}/decision");
        let (status, answer) = self.post("reviewer-1", &path, "-", asked).await;
        assert_eq!(status, StatusCode::OK, "{answer}");
        assert_eq!(self.run_intake().await, [true]);
        self.read("supplier-aro-1", &format!("/submissions/{reference}"))
            .await
    }

    /// The quarantine threshold of a service that is in force for [`IMPORT`].
    pub(crate) async fn level(&self, srv: &str) -> u64 {
        let view = self
            .read("supplier-aro-1", &format!("/thresholds/{IMPORT}"))
            .await;
        let rows = view["inForce"].as_array().unwrap();
        let row = rows.iter().find(|row| row["srv"] == srv).unwrap();
        row["quarantine"].as_u64().unwrap()
    }
}
