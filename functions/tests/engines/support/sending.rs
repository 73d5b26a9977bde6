//! Sending files, and letting `intake` work.

use aws_sdk_dynamodb::types::AttributeValue;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use sluice_functions::intake;
use sluice_shared::api::{SignatureForm, StartSubmission, Upload};
use sluice_shared::files::FileKind;
use sluice_testing::{announcement, detached, put_file};

use super::{Received, Signer, World, event, messages, secrets};

impl World {
    /// The body of `POST /submissions` for a file with its signature beside it.
    pub(crate) fn request(kind: FileKind, content: &str, signature: &[u8]) -> StartSubmission {
        let name = match kind {
            FileKind::Adt => "ADT_large-supplier_20261122.csv",
            FileKind::ExitQuarantine => "EXITQ_1201_20261122.csv",
        };
        secrets::sends(kind, name, content, signature);
        let name = name.parse().unwrap();
        announcement(kind, name, content.as_bytes(), detached(signature.to_vec()))
    }

    /// The same, signed now by somebody of the demo data.
    pub(crate) fn signed_request(
        &self,
        aro: &str,
        kind: FileKind,
        content: &str,
    ) -> StartSubmission {
        let signature = self.signer(aro).sign(content, self.now()).unwrap();
        Self::request(kind, content, &signature)
    }

    /// The same for an ADT File inside its signature.
    pub(crate) fn request_enveloping(content: &str, object: &[u8]) -> StartSubmission {
        let name = "ADT_large-supplier_20261122.p7m";
        secrets::sends(FileKind::Adt, name, content, object);
        let name = name.parse().unwrap();
        announcement(FileKind::Adt, name, object, SignatureForm::Enveloping {})
    }

    /// Starts a submission that has to start, and uploads its file.
    pub(crate) async fn send(
        &self,
        person: &str,
        kind: FileKind,
        content: &str,
        signature: &[u8],
    ) -> String {
        let request = Self::request(kind, content, signature);
        self.send_request(person, &request, content.as_bytes())
            .await
    }

    /// Starts a submission by this request, which has to start, and uploads its bytes; the submission's reference.
    pub(crate) async fn send_request(
        &self,
        person: &str,
        request: &StartSubmission,
        bytes: &[u8],
    ) -> String {
        let key = hex::encode(Sha256::digest(serde_json::to_vec(request).unwrap()));
        let client = self.client(person);
        let id = client.submit(&key, request, bytes.to_vec()).await.unwrap();
        id.to_string()
    }

    /// Signs a file now and sends it; the submission's reference.
    pub(crate) async fn send_signed(
        &self,
        person: &str,
        kind: FileKind,
        content: &str,
        signer: &Signer,
    ) -> String {
        let signature = signer.sign(content.as_bytes(), self.now()).unwrap();
        self.send(person, kind, content, &signature).await
    }

    /// Sends a file, runs `intake`, and returns the submission.
    pub(crate) async fn settle(
        &self,
        person: &str,
        kind: FileKind,
        content: &str,
        signer: &Signer,
    ) -> Value {
        let reference = self.send_signed(person, kind, content, signer).await;
        assert_eq!(self.run_intake().await, [true], "one message, handled");
        self.get_json(person, &format!("/submissions/{reference}"))
            .await
    }

    /// Takes what the queue has, waiting for the first message, and hands it to `intake`; says for each message whether it was
    /// handled. What was not comes again at once.
    pub(crate) async fn run_intake(&self) -> Vec<bool> {
        self.run_intake_on(1).await
    }

    /// As `run_intake`, waiting until there are `least` messages: a queue may hand them over one by one.
    pub(crate) async fn run_intake_on(&self, least: usize) -> Vec<bool> {
        let batch = self.queues.batch(least).await;
        self.hand_over(&batch).await
    }

    /// Hands `intake` the message that it sends itself when it has to come back to a submission.
    pub(crate) async fn deliver_judge_again(&self, reference: &str) -> bool {
        let body = json!({ "judgeAgain": reference }).to_string();
        let batch = messages(&self.backend.settings.queue_url, &[("again", &body)]);
        let answer = intake::handle(&self.backend, batch).await;
        answer.batch_item_failures.is_empty()
    }

    /// Lets a submission of somebody else hold the lock of an event.
    pub(crate) async fn lock_for_another(&self, event: &str) {
        let table = &self.backend.settings.tables.quarantine;
        let text = |value: &str| AttributeValue::S(value.to_owned());
        self.place
            .clients()
            .dynamodb
            .update_item()
            .table_name(table)
            .key("pk", text(&format!("large-supplier#EVENT#{event}")))
            .key("sk", text("META"))
            .update_expression("SET decidingFor = :other")
            .expression_attribute_values(":other", text("4F7K-2M9Q-XW3T-8HBD"))
            .send()
            .await
            .unwrap();
    }

    /// Hands messages to `intake`, as Lambda's event source mapping does.
    pub(crate) async fn hand_over(&self, batch: &[Received]) -> Vec<bool> {
        let answer = intake::handle(&self.backend, event(batch)).await;
        let mut handled = Vec::new();
        for received in batch {
            let failed = answer
                .batch_item_failures
                .iter()
                .any(|failure| failure.item_identifier == received.id);
            if failed {
                self.queues.give_back(received).await;
            } else {
                self.queues.delete(received).await;
            }
            handled.push(!failed);
        }
        handled
    }
}

/// Puts bytes where a presigned upload says; the status.
pub(crate) async fn put(upload: &Upload, bytes: impl Into<Vec<u8>>) -> u16 {
    let http = reqwest::Client::new();
    let status = put_file(&http, upload, bytes.into()).await.unwrap();
    status.as_u16()
}
