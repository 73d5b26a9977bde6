//! A message of storage that has waited is put into the queue once more, in the name of its organisation; then it is handled.

use serde_json::{Value, json};
use sluice_functions::intake;
use sluice_shared::files::FileKind;

use super::support::{IMPORT, Received, World, message_with};

/// A file on its way: its reference, and the message of its arrival.
async fn arrived(world: &World) -> (String, Received) {
    let file = world.adt(IMPORT, |_, level| Some(level)).await;
    let signer = world.signer("supplier-aro-1");
    let reference = world
        .send_signed("supplier-submitter", FileKind::Adt, &file, &signer)
        .await;
    (reference, world.queues.one().await)
}

/// Hands it over as a message that was sent `seconds` ago and is tried for the `tries`th time.
async fn hand_over(world: &World, message: &Received, seconds: i64, tries: u32) {
    let sent = world.now().unix_millis() - seconds * 1000;
    let mut attributes = json!({
        "SentTimestamp": sent.to_string(), "ApproximateReceiveCount": tries.to_string(),
    });
    if let Some(group) = &message.group {
        attributes["MessageGroupId"] = group.as_str().into();
    }
    let batch = message_with(&message.url, &message.body, &attributes);
    let answer = intake::handle(&world.backend, batch).await;
    assert!(answer.batch_item_failures.is_empty());
}

async fn state(world: &World, reference: &str) -> Value {
    let path = format!("/submissions/{reference}");
    world.get_json("supplier-submitter", &path).await["state"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_has_waited_comes_back_in_the_name_of_its_organisation_and_is_handled_then() {
    let world = World::new().await;
    let (reference, message) = arrived(&world).await;
    assert_eq!(message.group, None);
    hand_over(&world, &message, 30, 1).await;
    assert_eq!(state(&world, &reference).await, "awaiting-upload");

    let again = world.queues.one().await;
    assert_eq!(again.body, message.body);
    assert_eq!(again.group.as_deref(), Some("large-supplier"));
    hand_over(&world, &again, 30, 1).await;
    assert_eq!(state(&world, &reference).await, "accepted");
    assert!(world.queues.is_empty().await, "it takes its turn once");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_has_not_waited_or_was_tried_before_is_handled_at_once() {
    for (seconds, tries) in [(0, 1), (30, 2)] {
        let world = World::new().await;
        let (reference, message) = arrived(&world).await;
        hand_over(&world, &message, seconds, tries).await;
        assert_eq!(state(&world, &reference).await, "accepted");
        assert!(world.queues.is_empty().await);
    }
}
