//! A fault of the service's own trust data rejects no file: it stays as it is and is tried again.

use std::time::Duration;

use super::support::{GAS, World};

/// Longer than the lists of the demonstration PKI are good for; its certificates are good for a year.
const LISTS_END: Duration = Duration::from_hours(91 * 24);

#[tokio::test(flavor = "multi_thread")]
async fn a_file_stays_received_while_a_revocation_list_is_out_of_date_and_settles_by_itself() {
    let world = World::new().await;
    let file = world.adt(GAS, |_, level| Some(level + 1)).await;
    let signer = world.signer("supplier-aro-1");
    let reference = world
        .send_signed("supplier-submitter", "adt", &file, &signer)
        .await;
    world.pass(LISTS_END);
    assert_eq!(world.run_intake().await, [false]);
    let path = format!("/submissions/{reference}");
    let submission = world.read("supplier-submitter", &path).await;
    assert_eq!(submission["state"], "received");

    // With lists that are good at the service's time, the same message settles it.
    world.turn_back(LISTS_END);
    assert_eq!(world.run_intake().await, [true]);
    let submission = world.read("supplier-submitter", &path).await;
    assert_eq!(submission["state"], "accepted");
}
