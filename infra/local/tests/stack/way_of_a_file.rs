//! Through the whole stack, as the page and a person do it: announce, upload, wait, read the outcome.

use std::time::Duration;

use serde_json::Value;
use sluice_local::pki::Signer;
use sluice_local::stack::{Options, Stack};
use sluice_shared::api::{
    Base64Bytes, QuarantineEventView, SignedRequest, SubmissionDetail, UserThresholdsView,
};
use sluice_shared::files::FileKind;
use sluice_shared::instant::UtcTime;
use sluice_shared::quarantine::Counts;
use sluice_shared::review::DecisionStatement;
use sluice_shared::submission::{Decision, ReviewReason, StateName};
use sluice_testing::{Client, TestFolder, announcement, detached};

use crate::support::{client, folder};

/// What nothing here takes.
const PATIENCE: Duration = Duration::from_secs(30);

/// Sends a sample with its signature; the submission once it is settled or waits for a reviewer.
async fn settle(stack: &Stack, sender: &Client, sample: &Value) -> SubmissionDetail {
    let file = async |name: &Value| {
        let url = format!("{}/samples/{}", stack.urls().page, name.as_str().unwrap());
        let answer = reqwest::get(url).await.unwrap();
        answer.bytes().await.unwrap().to_vec()
    };
    let content = file(&sample["name"]).await;
    let signature = detached(file(&sample["signature"]).await);
    let kind = FileKind::parse(sample["kind"].as_str().unwrap()).unwrap();
    let name = sample["name"].as_str().unwrap();
    let request = announcement(kind, name.parse().unwrap(), &content, signature);
    let reference = sender.submit(name, &request, content).await.unwrap();
    let outcome = tokio::time::timeout(PATIENCE, sender.outcome(&reference)).await;
    outcome.unwrap().unwrap()
}

pub(crate) async fn samples(stack: &Stack) -> Vec<Value> {
    let url = format!("{}/samples/index.json", stack.urls().page);
    let index: Value = reqwest::get(url).await.unwrap().json().await.unwrap();
    index["samples"].as_array().unwrap().clone()
}

fn titled<'a>(samples: &'a [Value], title: &str) -> &'a Value {
    samples
        .iter()
        .find(|sample| sample["title"] == title)
        .unwrap()
}

async fn started(folder: &TestFolder) -> Stack {
    let options = Options {
        testing: false,
        ..Options::for_tests(folder.path())
    };
    Stack::start(options).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn thresholds_signed_elsewhere_take_effect_with_a_receipt() {
    let folder = folder();
    let stack = started(&folder).await;
    let sender = client(&stack, "supplier-submitter");
    let samples = samples(&stack).await;
    let sample = titled(&samples, "Thresholds with a small change");
    let settled = settle(&stack, &sender, sample).await;
    assert_eq!(settled.summary.state, StateName::Accepted, "{settled:#?}");
    assert_eq!(
        settled.signature.unwrap().subject,
        "CN=Supplier ARO 1,O=Large Supplier,C=GB"
    );
    assert_eq!(settled.summary.uploader.id.as_str(), "supplier-submitter");
    assert!(settled.receipt);
    let path = "/thresholds/90-B3-D5-1F-30-01-00-00";
    let thresholds: UserThresholdsView = sender.get(path).await.unwrap();
    let mut rows = thresholds.in_force.iter();
    let disable = rows.find(|row| row.key.srv.to_string() == "7.2").unwrap();
    assert_eq!(disable.limits.quarantine, 220);
}

#[tokio::test(flavor = "multi_thread")]
async fn risky_thresholds_wait_for_a_reviewer_and_then_take_effect() {
    let folder = folder();
    let stack = started(&folder).await;
    let sender = client(&stack, "supplier-submitter");
    let samples = samples(&stack).await;
    let sample = titled(&samples, "Thresholds with a risky change");
    let held = settle(&stack, &sender, sample).await;
    assert_eq!(held.summary.state, StateName::AwaitingReview, "{held:#?}");
    let reviewer = client(&stack, "reviewer-1");
    let reference = held.summary.reference;
    let statement = DecisionStatement {
        submission: reference,
        file_digest: held.sha256,
        verdict: held.verdict.unwrap(),
        decision: Decision::Accept,
        reason: ReviewReason::parse("Agreed with the supplier.").unwrap(),
        decided_at: UtcTime::from_unix_millis(stack.clock().millis()),
    };
    let signer = Signer::of_person(folder.path(), "reviewer-1").unwrap();
    let json = serde_json::to_vec(&statement).unwrap();
    let bytes = signer.sign_enveloping(json, statement.decided_at).unwrap();
    let decision = SignedRequest {
        signed: Base64Bytes(bytes),
    };
    reviewer.decide(&reference, &decision).await.unwrap();
    let decided = tokio::time::timeout(PATIENCE, async {
        loop {
            let state = sender.submission(&reference).await.unwrap().summary.state;
            if state != StateName::AwaitingReview {
                break state;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    });
    assert_eq!(decided.await.unwrap(), StateName::Accepted);
}

#[tokio::test(flavor = "multi_thread")]
async fn decisions_on_an_event_are_recorded() {
    let folder = folder();
    let stack = started(&folder).await;
    let sender = client(&stack, "supplier-submitter");
    let samples = samples(&stack).await;
    for (title, event, release, delete) in [
        ("Decisions on event 1201", "1201", 2, 1),
        ("Decisions on event 1203", "1203", 212, 28),
    ] {
        let settled = settle(&stack, &sender, titled(&samples, title)).await;
        assert_eq!(settled.summary.state, StateName::Accepted, "{settled:#?}");
        let path = format!("/quarantine-events/{event}");
        let view: QuarantineEventView = sender.get(&path).await.unwrap();
        let counts = Counts {
            held: 0,
            release,
            delete,
        };
        assert_eq!(view.event.counts, counts);
    }
}
