//! When notifications are set up S3 sends a test event, and may send it again. That the engine's own comes first and is dropped is
//! part of every world's beginning.

use serde_json::json;
use sluice_shared::submission::StateName;

use super::{in_force_once, outcomes, send_adt};
use crate::support::World;

#[tokio::test(flavor = "multi_thread")]
async fn s3s_test_event_among_others_is_dropped_and_counts_nothing() {
    let world = World::new().await;
    let reference = send_adt(&world, &world.signer("supplier-aro-1")).await;
    let test = json!({
        "Service": "Amazon S3", "Event": "s3:TestEvent", "Time": "2026-11-22T09:30:00.000Z",
        "Bucket": world.backend.settings.inbox_bucket, "RequestId": "5582815E1AEA5ADF", "HostId": "8cLeGAmw098X5cv4Zkwcmo8vvZa3eH3e",
    });
    for _ in 0..2 {
        world.queues.of_intake().send(&test.to_string()).await;
    }
    assert_eq!(world.run_intake_on(3).await, [true; 3]);
    in_force_once(&world, &reference).await;
    assert_eq!(outcomes(&world, StateName::Accepted), 1);
    assert!(world.queues.is_empty().await);
    assert!(world.queues.dead_letters().is_empty().await);
}
