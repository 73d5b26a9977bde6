//! Where a record cannot be written, nothing is shown.

use sluice_shared::files::FileKind;

use super::super::support::{BROKEN, Fate, IMPORT, World};
use super::recorded;

#[tokio::test(flavor = "multi_thread")]
async fn staff_are_shown_nothing_that_cannot_be_recorded() {
    let mut world = World::new().await;
    let file = world.adt(IMPORT, |_, level| Some(level)).await;
    let signer = world.signer("supplier-aro-1");
    let settled = world
        .settle("supplier-submitter", FileKind::Adt, &file, &signer)
        .await;
    let path = format!("/submissions/{}", settled["reference"].as_str().unwrap());
    let before = recorded(&world, "large-supplier").await.len();
    let proxy = world
        .tables_behind(|call| {
            let is_record = call.items.iter().any(|item| item.contains("#BY#"));
            if is_record { BROKEN } else { Fate::Passes }
        })
        .await;
    let (status, answer) = world.get("reviewer-1", &path).await;
    assert_eq!(status, 503, "{answer}");
    assert_eq!(answer["code"], "unavailable");
    assert!(!answer.to_string().contains("ADT_"), "{answer}");
    // Their own is shown: reading it is no act.
    let (status, _) = world.get("supplier-submitter", &path).await;
    assert_eq!(status, 200);
    assert_eq!(recorded(&world, "large-supplier").await.len(), before);
    assert!(
        proxy
            .calls()
            .iter()
            .any(|call| call.items.iter().any(|item| item.contains("#BY#review")))
    );
}
