//! Through the whole stack, as the page and a person do it: announce, upload, wait, read the outcome.

use std::time::Duration;

use base64ct::{Base64, Encoding};
use reqwest::Client;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use sluice_local::demo::people::Person;
use sluice_local::stack::{Options, Stack};

use crate::support::Folder;

pub(crate) struct Sender<'a> {
    stack: &'a Stack,
    token: String,
}

impl<'a> Sender<'a> {
    pub(crate) fn new(stack: &'a Stack, person: &str) -> Self {
        Self {
            stack,
            token: stack
                .identity()
                .access_token(Person::find(person).unwrap(), 600),
        }
    }

    pub(crate) async fn get(&self, path: &str) -> (u16, Value) {
        let url = format!("{}/api{path}", self.stack.urls().page);
        let response = Client::new()
            .get(url)
            .bearer_auth(&self.token)
            .send()
            .await
            .unwrap();
        (response.status().as_u16(), response.json().await.unwrap())
    }

    async fn post(&self, path: &str, body: Value) -> (u16, Value) {
        let url = format!("{}/api{path}", self.stack.urls().page);
        let key = hex::encode(Sha256::digest(body.to_string()));
        let request = Client::new()
            .post(url)
            .bearer_auth(&self.token)
            .header("idempotency-key", key)
            .json(&body);
        let response = request.send().await.unwrap();
        (response.status().as_u16(), response.json().await.unwrap())
    }

    /// Sends a sample with its signature; gives its reference once the upload is done.
    async fn send(&self, sample: &Value) -> String {
        let folder = format!("{}/samples", self.stack.urls().page);
        let file = async |name: &Value| {
            let url = format!("{folder}/{}", name.as_str().unwrap());
            reqwest::get(url).await.unwrap().bytes().await.unwrap()
        };
        let (content, signature) = (
            file(&sample["name"]).await,
            file(&sample["signature"]).await,
        );
        let announced = json!({
            "kind": sample["kind"],
            "fileName": sample["name"],
            "length": content.len(),
            "sha256": hex::encode(Sha256::digest(&content)),
            "signature": { "form": "detached", "der": Base64::encode_string(&signature) },
        });
        let (status, started) = self.post("/submissions", announced).await;
        assert_eq!(status, 201, "{started}");
        let upload = &started["upload"];
        let mut put = Client::new()
            .put(upload["url"].as_str().unwrap())
            .body(content);
        for (name, value) in upload["headers"].as_object().unwrap() {
            put = put.header(name, value.as_str().unwrap());
        }
        assert_eq!(put.send().await.unwrap().status(), 200);
        started["submission"]["reference"]
            .as_str()
            .unwrap()
            .to_owned()
    }

    /// The submission once it is in one of these states; fails after half a minute.
    async fn settled(&self, reference: &str, states: &[&str]) -> Value {
        for _ in 0..600 {
            let (_, detail) = self.get(&format!("/submissions/{reference}")).await;
            if states.contains(&detail["state"].as_str().unwrap()) {
                return detail;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!(
            "{reference} did not settle: {:?}",
            self.get(&format!("/submissions/{reference}")).await
        );
    }
}

const SETTLED: [&str; 4] = ["accepted", "rejected", "refused", "awaiting-review"];

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

#[tokio::test(flavor = "multi_thread")]
async fn thresholds_signed_elsewhere_take_effect_with_a_receipt() {
    let folder = Folder::new();
    let stack = Stack::start(Options {
        testing: false,
        ..Options::for_tests(folder.path())
    })
    .await
    .unwrap();
    let sender = Sender::new(&stack, "supplier-submitter");
    let reference = sender
        .send(titled(
            &samples(&stack).await,
            "Thresholds with a small change",
        ))
        .await;
    let detail = sender.settled(&reference, &SETTLED).await;
    assert_eq!(detail["state"], "accepted", "{detail}");
    assert_eq!(
        detail["signature"]["subject"],
        "CN=Supplier ARO 1,O=Large Supplier,C=GB"
    );
    assert_eq!(detail["uploader"]["id"], "supplier-submitter");
    assert_eq!(detail["receipt"], true);
    let (_, thresholds) = sender.get("/thresholds/90-B3-D5-1F-30-01-00-00").await;
    let rows = thresholds["inForce"].as_array().unwrap();
    let disable = rows.iter().find(|row| row["srv"] == "7.2").unwrap();
    assert_eq!(disable["quarantine"], 220);
}

#[tokio::test(flavor = "multi_thread")]
async fn risky_thresholds_wait_for_a_reviewer_and_then_take_effect() {
    let folder = Folder::new();
    let stack = Stack::start(Options {
        testing: false,
        ..Options::for_tests(folder.path())
    })
    .await
    .unwrap();
    let sender = Sender::new(&stack, "supplier-submitter");
    let reference = sender
        .send(titled(
            &samples(&stack).await,
            "Thresholds with a risky change",
        ))
        .await;
    let detail = sender.settled(&reference, &SETTLED).await;
    assert_eq!(detail["state"], "awaiting-review", "{detail}");
    let reviewer = Sender::new(&stack, "reviewer-1");
    let decision = json!({ "decision": "accept", "reason": "Agreed with the supplier.", "verdict": detail["verdict"] });
    let (status, answer) = reviewer
        .post(&format!("/reviews/{reference}/decision"), decision)
        .await;
    assert_eq!(status, 200, "{answer}");
    assert_eq!(
        sender.settled(&reference, &["accepted", "rejected"]).await["state"],
        "accepted"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn decisions_on_an_event_are_recorded() {
    let folder = Folder::new();
    let stack = Stack::start(Options {
        testing: false,
        ..Options::for_tests(folder.path())
    })
    .await
    .unwrap();
    let sender = Sender::new(&stack, "supplier-submitter");
    let samples = samples(&stack).await;
    for (title, event, release, delete) in [
        ("Decisions on event 1201", "1201", 2, 1),
        ("Decisions on event 1203", "1203", 212, 28),
    ] {
        let reference = sender.send(titled(&samples, title)).await;
        let detail = sender.settled(&reference, &SETTLED).await;
        assert_eq!(detail["state"], "accepted", "{detail}");
        let (_, event) = sender.get(&format!("/quarantine-events/{event}")).await;
        assert_eq!(
            event["counts"],
            json!({ "held": 0, "release": release, "delete": delete })
        );
    }
}
