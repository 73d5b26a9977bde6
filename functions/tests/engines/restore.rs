//! Backup and restore as `infra/DEPLOYING.md` has it: export, wipe, restore, verify, and take up what happened since.

use sluice_backup::{
    Announced, BackupError, Difference, Inbox, Others, announce, export, restore, verify,
};
use sluice_functions::schema::all;
use sluice_functions::stores::create_missing;
use sluice_shared::files::FileKind;
use sluice_shared::submission::Decision;

use super::support::{GAS, IMPORT, World, decision};

async fn state(world: &World, reference: &str) -> String {
    let path = format!("/submissions/{reference}");
    let submission = world.get_json("supplier-aro-1", &path).await;
    submission["state"].as_str().unwrap().to_owned()
}

/// One submission that is settled, one that a reviewer has accepted, and one whose upload has just arrived.
async fn busy(world: &World) -> [String; 3] {
    let signer = world.signer("supplier-aro-1");
    let reference =
        |submission: &serde_json::Value| submission["reference"].as_str().unwrap().to_owned();

    let calm = world.adt(GAS, |_, level| Some(level + 1)).await;
    let settled = world
        .settle("supplier-submitter", FileKind::Adt, &calm, &signer)
        .await;
    let risky = world.adt(IMPORT, |_, level| Some(level * 3)).await;
    let held = world
        .settle("supplier-submitter", FileKind::Adt, &risky, &signer)
        .await;
    let decision = decision(Decision::Accept, &held);
    let path = format!("/reviews/{}/decision", reference(&held));
    let (status, body) = world.post_decision("reviewer-1", &path, &decision).await;
    assert_eq!(status, 200, "{body}");

    let file = world.exit("18446744073709551617", "Delete", 7).await;
    let signature = signer.sign(&file, world.now()).unwrap();
    let arrived = world
        .send(
            "supplier-submitter",
            FileKind::ExitQuarantine,
            &file,
            &signature,
        )
        .await;
    [reference(&settled), reference(&held), arrived]
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_wiped_comes_back_and_what_happened_since_is_taken_up() {
    let world = World::with_large_event().await;
    let clients = world.place.clients();
    let (client, tables) = (&clients.dynamodb, &world.backend.settings.tables);
    let [settled, decided, arrived] = busy(&world).await;
    let folder = world.folder().join("backup");
    let items = export(client, tables, &folder).await.unwrap();
    let again = export(client, tables, &folder).await;
    assert!(matches!(again, Err(BackupError::Taken(_))));

    // Time goes on, the messages are done with, and then all is lost.
    assert_eq!(world.run_intake_on(2).await, [true, true]);
    for reference in [&decided, &arrived] {
        assert_eq!(state(&world, reference).await, "accepted");
    }
    for (_, name) in all(tables) {
        client.delete_table().table_name(name).send().await.unwrap();
    }
    create_missing(client, tables).await.unwrap();
    let wiped = verify(client, tables, &folder).await.unwrap();
    assert_eq!((wiped.missing, wiped.same), (items, 0));

    let done = restore(client, tables, &folder, Others::Refuse)
        .await
        .unwrap();
    assert_eq!((done.written, done.removed, done.kept), (items, 0, 0));
    let back = verify(client, tables, &folder).await.unwrap();
    assert_eq!(
        back,
        Difference {
            same: items,
            ..Difference::default()
        }
    );
    assert_eq!(state(&world, &settled).await, "accepted");
    assert_eq!(state(&world, &decided).await, "awaiting-review");
    assert_eq!(state(&world, &arrived).await, "awaiting-upload");
    assert_eq!(world.counts("18446744073709551617").await, (100_000, 0, 0));

    let settings = &world.backend.settings;
    let inbox = Inbox {
        s3: &clients.s3.client(),
        bucket: &world.backend.settings.inbox_bucket,
        sqs: &clients.sqs,
        queue_url: &settings.queue_url,
        decisions_queue_url: &settings.decisions_queue_url,
    };
    let sent = announce(client, tables, &inbox).await.unwrap();
    assert_eq!(
        sent,
        Announced {
            uploads: 1,
            decisions: 1
        }
    );
    assert_eq!(world.run_intake_on(2).await, [true, true]);
    for reference in [&settled, &decided, &arrived] {
        assert_eq!(state(&world, reference).await, "accepted");
        let receipt = world.receipt(reference).await;
        assert!(receipt.is_some(), "{reference} has its receipt");
    }
    assert_eq!(world.counts("18446744073709551617").await, (99_993, 0, 7));
    let sent = announce(client, tables, &inbox).await.unwrap();
    assert_eq!(sent, Announced::default(), "nothing waits any more");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restore_over_later_work_says_so_first_and_a_damaged_backup_writes_nothing() {
    let world = World::with_large_event().await;
    let clients = world.place.clients();
    let (client, tables) = (&clients.dynamodb, &world.backend.settings.tables);
    let folder = world.folder().join("backup");
    let items = export(client, tables, &folder).await.unwrap();
    busy(&world).await;
    let later = verify(client, tables, &folder).await.unwrap();
    assert!(later.others > 0 && later.changed > 0);

    let refused = restore(client, tables, &folder, Others::Refuse).await;
    assert!(matches!(refused, Err(BackupError::Others { .. })));
    let file = folder.join("thresholds.jsonl");
    let good = std::fs::read_to_string(&file).unwrap();
    for bad in [
        good.replacen('1', "2", 1),
        good.split_once('\n').unwrap().1.to_owned(),
    ] {
        std::fs::write(&file, bad).unwrap();
        let refused = restore(client, tables, &folder, Others::Remove).await;
        assert!(
            matches!(refused, Err(BackupError::Damaged { .. })),
            "{refused:?}"
        );
    }
    std::fs::write(&file, good).unwrap();
    assert_eq!(
        verify(client, tables, &folder).await.unwrap(),
        later,
        "nothing was written"
    );

    let done = restore(client, tables, &folder, Others::Remove)
        .await
        .unwrap();
    assert_eq!(
        (done.removed, done.written + done.kept),
        (later.others, items)
    );
    assert!(verify(client, tables, &folder).await.unwrap().is_none());
}
