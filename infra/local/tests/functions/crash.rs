//! Killing the process at any step loses nothing and doubles nothing.
//!
//! The test starts itself again as a child that handles the message against the parent's engines and ends at the step,
//! without unwinding: what is left is what a killed function leaves.

use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::AtomicI64;
use std::time::Duration;

use serde_json::json;
use sluice_functions::{Ports, Step, intake};
use sluice_local::functions;
use sluice_local::origin::Origin;
use sluice_local::pki::Authority;
use sluice_local::stack::{QUEUE, Urls};
use sluice_shared::thresholds::Period;
use time::OffsetDateTime;

use super::support::{GAS, IMPORT, LARGE, World, clock, event, messages};

const STEPS: [(&str, Step); 9] = [
    ("received", Step::Received),
    ("locked", Step::EventLocked),
    ("checked", Step::Checked),
    ("being-recorded", Step::BeingRecorded),
    ("page-1", Step::PageDecided(1)),
    ("page-2", Step::PageDecided(2)),
    ("page-5", Step::PageDecided(5)),
    ("pages-done", Step::PagesDone),
    ("settled", Step::Settled),
];

/// Not a test by itself: the process that is killed. Without its environment it has nothing to do.
#[tokio::test(flavor = "multi_thread")]
async fn child_that_is_killed() {
    let Ok(orders) = std::env::var("SLUICE_TEST_CHILD") else {
        return;
    };
    let orders: serde_json::Value = serde_json::from_str(&orders).unwrap();
    let origin = |name: &str| Origin::of(orders[name].as_str().unwrap().parse().unwrap());
    let urls = Urls {
        page: origin("page"),
        identity: origin("identity"),
        s3: origin("s3"),
        dynamodb: origin("dynamodb"),
        sqs: origin("sqs"),
    };
    let pki = orders["pki"].as_str().unwrap();
    let authority = Authority::open(pki.as_ref(), OffsetDateTime::now_utc(), false).unwrap();
    let wanted = STEPS
        .iter()
        .find(|(name, _)| orders["step"] == *name)
        .unwrap()
        .1;
    let step: sluice_functions::StepHook = Arc::new(move |step| {
        if step == wanted {
            std::process::abort();
        }
    });
    let ports = Ports {
        clock: clock(Arc::new(AtomicI64::new(orders["ahead"].as_i64().unwrap()))),
        step,
        ..Ports::system()
    };
    let backend = functions::backend_with(&urls, &authority, ports).unwrap();
    let batch = messages(&[json!({ "messageId": "one", "body": orders["body"] })]);
    intake::handle(&backend, batch).await;
}

/// Runs the child, which handles `body` and is killed at `step`; whether it was.
async fn killed_at(world: &World, step: &str, body: &str) -> bool {
    let urls = world.stack.urls();
    let address = |origin: &Origin| origin.as_str().trim_start_matches("http://").to_owned();
    let orders = json!({
        "step": step, "body": body, "ahead": world.ahead(), "pki": world.folder().join("pki"),
        "page": address(&urls.page), "identity": address(&urls.identity), "s3": address(&urls.s3),
        "dynamodb": address(&urls.dynamodb), "sqs": address(&urls.sqs),
    });
    let mut child = Command::new(std::env::current_exe().unwrap());
    child
        .args(["crash::child_that_is_killed", "--exact"])
        .env("SLUICE_TEST_CHILD", orders.to_string())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let ended = tokio::task::spawn_blocking(move || child.status().unwrap())
        .await
        .unwrap();
    ended.code().is_none()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_exit_file_survives_a_kill_at_every_step() {
    let world = World::new().await;
    let signer = world.signer("supplier-aro-1");
    let event_ref = "18446744073709551617";
    let file = world.exit(event_ref, "Delete", usize::MAX).await;
    let reference = world
        .send_signed("supplier-submitter", "exit-quarantine", &file, &signer)
        .await;
    let queue = world.stack.queues().get(QUEUE).unwrap();
    let hidden = Duration::from_mins(10);
    let message = queue
        .receive(1, hidden, Duration::from_secs(2))
        .await
        .unwrap()
        .remove(0);
    // One after the other, each try going on from what the one before it left behind.
    for (name, _) in STEPS {
        // The second page of a try is a later page of the event, so that each of these steps is met.
        assert!(
            killed_at(&world, name, &message.message.body).await,
            "killed at {name}"
        );
        if name != "settled" {
            let (held, released, deleted) = world.counts(event_ref).await;
            assert_eq!(
                (held, released, deleted),
                (100_000, 0, 0),
                "no count changes before the end: {name}"
            );
        }
    }
    let answer = intake::handle(&world.backend, event(&[message])).await;
    assert!(answer.batch_item_failures.is_empty());
    let settled = world
        .read("supplier-submitter", &format!("/submissions/{reference}"))
        .await;
    assert_eq!(settled["state"], "accepted", "{:#}", settled["findings"]);
    assert_eq!(settled["effect"]["delete"], 100_000);
    assert_eq!(settled["receipt"], true);
    assert_eq!(world.counts(event_ref).await, (0, 0, 100_000));
    let held = world
        .backend
        .quarantine
        .held(&event_ref.parse().unwrap())
        .await
        .unwrap()
        .unwrap();
    assert!(held.event.deciding_for.is_none(), "the lock is gone");
    assert!(
        held.pages.iter().all(|page| page.shares.len() == 1),
        "each page was decided once"
    );
    assert_eq!(
        held.pages
            .iter()
            .map(|page| page.decisions.counts().delete)
            .sum::<u64>(),
        100_000
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_adt_file_survives_a_kill_at_every_step() {
    let world = World::new().await;
    let file = world.adt(IMPORT, |_, level| Some(level)).await;
    let signature = world.signer("supplier-aro-1").sign(&file, world.now());
    let reference = world
        .send("supplier-submitter", "adt", &file, &signature)
        .await;
    let queue = world.stack.queues().get(QUEUE).unwrap();
    let message = queue
        .receive(1, Duration::from_mins(10), Duration::from_secs(2))
        .await
        .unwrap()
        .remove(0);
    for name in ["received", "checked", "settled"] {
        assert!(
            killed_at(&world, name, &message.message.body).await,
            "killed at {name}"
        );
    }
    let answer = intake::handle(&world.backend, event(&[message])).await;
    assert!(answer.batch_item_failures.is_empty());
    let history = world
        .read("supplier-aro-1", &format!("/thresholds/{IMPORT}/history"))
        .await;
    let entries = history["items"].as_array().unwrap();
    let ours = entries
        .iter()
        .filter(|entry| entry["origin"]["submission"] == reference.as_str())
        .count();
    assert_eq!(ours, 1, "in force once");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_release_counts_once_through_a_kill_at_every_step() {
    let world = World::new().await;
    world.pass_into_next(Period::Day);
    let signer = world.signer("supplier-aro-1");
    let file = world.release(LARGE, "7.2", 150).await;
    let reference = world
        .send_signed("supplier-submitter", "exit-quarantine", &file, &signer)
        .await;
    let queue = world.stack.queues().get(QUEUE).unwrap();
    let message = queue
        .receive(1, Duration::from_mins(10), Duration::from_secs(2))
        .await
        .unwrap()
        .remove(0);
    let mut counted = 0;
    for (name, step) in STEPS {
        // The rows lie on one page.
        if matches!(step, Step::PageDecided(2..)) {
            continue;
        }
        assert!(
            killed_at(&world, name, &message.message.body).await,
            "killed at {name}"
        );
        if step == Step::BeingRecorded {
            counted = 150;
        }
        assert_eq!(world.released(GAS, "7.2").await, counted, "{name}");
    }
    let answer = intake::handle(&world.backend, event(&[message])).await;
    assert!(answer.batch_item_failures.is_empty());
    let settled = world
        .read("supplier-submitter", &format!("/submissions/{reference}"))
        .await;
    assert_eq!(settled["state"], "accepted", "{settled:#}");
    assert_eq!(world.counts(LARGE).await, (99_850, 150, 0));
    assert_eq!(world.released(GAS, "7.2").await, 150);
}
