//! A record is put once: a second one with the same key is refused, and changes nothing.

use sluice_functions::stores::{RecordKey, StoreError};
use sluice_shared::activity::Act;

use super::super::support::World;
use super::recorded;

#[tokio::test(flavor = "multi_thread")]
async fn a_second_record_with_the_same_key_never_overwrites() {
    let world = World::new().await;
    world
        .get("supplier-submitter", "/submissions/4F7K-2M9Q-XW3T-8HBD")
        .await;
    let mut record = recorded(&world, "large-supplier").await.remove(0);
    let key = RecordKey([7; 8]);
    let activity = &world.backend.activity;
    activity.put(&record, key).await.unwrap();
    record.act = Act::KeyStopped;
    let again = activity.put(&record, key).await;
    assert!(matches!(again, Err(StoreError::Conflict(_))), "{again:?}");
    let kept = recorded(&world, "large-supplier").await;
    assert_eq!(kept.len(), 2);
    assert!(kept.iter().all(|record| record.act == Act::ReadSubmission));
}
