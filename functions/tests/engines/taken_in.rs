//! Between the announcement of a submission and its record: what is said meanwhile counts or is told to be too late, and never is lost.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use http::StatusCode;
use sluice_functions::Backend;
use sluice_functions::stores::{Announcement, Changes, StoreError, Transaction, create_missing};
use sluice_shared::files::FileKind;
use sluice_shared::identifiers::SubmissionId;
use tokio::runtime::Handle;

use super::support::{Fate, IMPORT, World, put, supplier};

const SUBMITTER: &str = "supplier-submitter";

async fn uploaded(world: &World) -> SubmissionId {
    let file = world.adt(IMPORT, |_, level| Some(level)).await;
    let signer = world.signer("supplier-aro-1");
    let reference = world
        .send_signed(SUBMITTER, FileKind::Adt, &file, &signer)
        .await;
    reference.parse().unwrap()
}

async fn announced(world: &World, id: &SubmissionId) -> Announcement {
    let announcements = &world.backend.announcements;
    let announced = announcements.get(&supplier(), id).await;
    announced.unwrap().unwrap()
}

/// Says, as `api` does for a later request, that the file has another name.
async fn rename(backend: &Backend, said: &Announcement, name: &str) -> Result<(), StoreError> {
    let mut renamed = said.clone();
    renamed.file_name = name.parse().unwrap();
    let changes = Changes {
        announcements: vec![renamed],
        corrections: Vec::new(),
    };
    let asked = (&said.uploader.id, said);
    backend
        .announcements
        .ask_again(&backend.submissions, asked, None, &changes, backend.now())
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn once_there_is_a_record_nothing_more_is_announced_of_it() {
    let world = World::new().await;
    let id = uploaded(&world).await;
    let said = announced(&world, &id).await;
    assert_eq!(world.run_intake().await, [true]);
    let late = rename(&world.backend, &said, "later.csv").await;
    assert!(matches!(late, Err(StoreError::Conflict(_))), "{late:?}");
    assert_eq!(announced(&world, &id).await, said);
}

/// It was read before, and the record would be of what was said then.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_said_while_the_file_is_taken_in_counts() {
    let mut world = World::new().await;
    let id = uploaded(&world).await;
    let said = announced(&world, &id).await;
    let plain = Arc::clone(&world.backend);
    let first = AtomicBool::new(true);
    let _proxy = world
        .tables_behind(move |call| {
            if call.writes() && first.swap(false, Ordering::Relaxed) {
                let renamed = rename(&plain, &said, "meanwhile.csv");
                tokio::task::block_in_place(|| Handle::current().block_on(renamed)).unwrap();
            }
            Fate::Passes
        })
        .await;
    assert_eq!(world.run_intake().await, [false], "it looks again");
    assert_eq!(world.run_intake().await, [true]);
    let settled = world
        .get_json(SUBMITTER, &format!("/submissions/{id}"))
        .await;
    assert_eq!(settled["state"], "accepted", "{settled:#}");
    assert_eq!(settled["fileName"], "meanwhile.csv");
}

/// Of before announcements had a table of their own.
#[tokio::test(flavor = "multi_thread")]
async fn a_submission_that_waits_for_its_file_on_record_is_taken() {
    let world = World::new().await;
    let file = world.adt(IMPORT, |_, level| Some(level)).await;
    let request = world.signed_request("supplier-aro-1", FileKind::Adt, &file);
    let (status, started) = world.start(SUBMITTER, "from-before-1", &request).await;
    assert_eq!(status, StatusCode::CREATED);
    let id = started.submission.reference;
    let (announcements, submissions) = (&world.backend.announcements, &world.backend.submissions);
    let signature = announcements.signature(&supplier(), &id).await.unwrap();
    let record = announced(&world, &id).await.record();
    let mut transaction = Transaction::new("as it was");
    submissions
        .create(&mut transaction, &record, signature.as_deref())
        .unwrap();
    transaction.commit().await.unwrap();
    let table = &world.backend.settings.tables.announcements;
    let client = world.place.clients().dynamodb;
    client
        .delete_table()
        .table_name(table)
        .send()
        .await
        .unwrap();
    create_missing(&client, &world.backend.settings.tables)
        .await
        .unwrap();

    let path = format!("/submissions/{id}");
    let waits = world.get_json(SUBMITTER, &path).await;
    assert_eq!(waits["state"], "awaiting-upload");
    assert_eq!(put(&started.upload.unwrap(), file).await, 200);
    assert_eq!(world.run_intake().await, [true]);
    let settled = world.get_json(SUBMITTER, &path).await;
    assert_eq!(settled["state"], "accepted", "{settled:#}");
    let list = world.get_json(SUBMITTER, "/submissions").await;
    assert_eq!(list["items"][0]["reference"], id.to_string());
}

/// A message that comes late, after what it is about had seemed to expire and been corrected.
#[tokio::test(flavor = "multi_thread")]
async fn what_arrived_in_time_is_taken_however_late_that_is_told() {
    let world = World::new().await;
    let id = uploaded(&world).await;
    let late = world.queues.one().await;
    world.pass(Duration::from_hours(25));
    let path = format!("/submissions/{id}");
    let told = world.get_json(SUBMITTER, &path).await;
    assert_eq!(told["state"], "expired", "{told:#}");
    let file = world.adt(IMPORT, |_, level| Some(level + 1)).await;
    let mut request = world.signed_request("supplier-aro-1", FileKind::Adt, &file);
    request.replaces = Some(id);
    let by = world
        .send_request(SUBMITTER, &request, file.as_bytes())
        .await;
    assert_eq!(world.run_intake().await, [true]);
    assert_eq!(world.hand_over(&[late]).await, [true]);
    let told = world.get_json(SUBMITTER, &path).await;
    assert_eq!(told["replacedBy"], by, "{told:#}");
    assert_ne!(told["state"], "expired", "{told:#}");
}
