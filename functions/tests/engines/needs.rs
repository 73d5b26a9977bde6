//! The table of needs is true: what the functions call is in it, and what is in it they call.

use sluice_shared::directory::ChangeAnswer;
use sluice_shared::files::FileKind;
use sluice_shared::identifiers::SubmissionId;
use sluice_shared::submission::Decision;
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use aws_sdk_dynamodb::config::interceptors::BeforeSerializationInterceptorContextRef;
use aws_sdk_dynamodb::config::{ConfigBag, Intercept, RuntimeComponents};
use aws_sdk_dynamodb::error::BoxError;
use aws_sdk_dynamodb::operation::{
    get_item::GetItemInput, put_item::PutItemInput, query::QueryInput, scan::ScanInput,
    transact_write_items::TransactWriteItemsInput, update_item::UpdateItemInput,
};
use aws_sdk_dynamodb::types::TransactWriteItem;
use aws_sdk_s3::operation::get_object::GetObjectInput;
use aws_sdk_sqs::operation::send_message::SendMessageInput;
use sluice_functions::{Backend, Function, Tables, schema};

use super::support::{GAS, IMPORT, LARGE, Signer, World, decision, testkit_file};
use super::watched::watched;

/// What `api` and `review` never call, and need all the same: whoever signs an address lends the right to do what it is for.
///
/// To upload for a submission that is started, and to download the file of one that `arrived`, by its version.
async fn what_signed_addresses_are_for(world: &World, arrived: &str) -> [Calls; 2] {
    let file = world.adt(GAS, |_, level| Some(level)).await;
    let request = World::request(FileKind::Adt, &file, b"-");
    let (_, started) = world
        .start("supplier-submitter", "signed-address", &request)
        .await;
    let upload = started.upload.unwrap();
    let bucket = &world.backend.settings.inbox_bucket;
    assert!(upload.url.contains(&format!("/{bucket}/large-supplier/")));
    let path = format!("/submissions/{arrived}/file");
    for person in ["supplier-aro-1", "reviewer-1"] {
        let sent = world.get_json(person, &path).await;
        let download = sent["url"].as_str().unwrap();
        assert!(download.contains("&versionId="));
    }
    let lent = |action: &str| (action.to_owned(), "InboxBucket.Arn/*".to_owned());
    let (put, get) = (lent("s3:PutObject"), lent("s3:GetObjectVersion"));
    [[put, get.clone()].into(), [get].into()]
}

type Calls = BTreeSet<(String, String)>;

/// Writes down every call, as IAM and the template name it.
#[derive(Debug, Clone)]
struct Recorder {
    calls: Arc<Mutex<Calls>>,
    tables: Tables,
    decisions_queue: String,
    requests_queue: String,
}

impl Recorder {
    fn note(&self, action: &str, on: String) {
        self.calls.lock().unwrap().insert((action.to_owned(), on));
    }

    fn table(&self, action: &str, name: Option<&str>, index: Option<&str>) {
        let tables = schema::all(&self.tables);
        let (table, _) = tables
            .iter()
            .find(|(_, known)| Some(*known) == name)
            .unwrap();
        let index = index
            .map(|index| format!("/index/{index}"))
            .unwrap_or_default();
        self.note(
            &format!("dynamodb:{action}"),
            format!("{}.Arn{index}", table.logical_id()),
        );
    }

    fn note_transaction_item(&self, item: &TransactWriteItem) {
        if let Some(put) = item.put() {
            self.table("PutItem", Some(put.table_name()), None);
        } else if let Some(update) = item.update() {
            self.table("UpdateItem", Some(update.table_name()), None);
        } else if let Some(delete) = item.delete() {
            self.table("DeleteItem", Some(delete.table_name()), None);
        } else if let Some(check) = item.condition_check() {
            self.table("ConditionCheckItem", Some(check.table_name()), None);
        } else {
            panic!("nobody wrote down what {item:?} needs");
        }
    }
}

impl Intercept for Recorder {
    fn name(&self) -> &'static str {
        "Recorder"
    }

    fn read_before_serialization(
        &self,
        context: &BeforeSerializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let input = context.input();
        if let Some(get) = input.downcast_ref::<GetItemInput>() {
            self.table("GetItem", get.table_name(), None);
        } else if let Some(put) = input.downcast_ref::<PutItemInput>() {
            self.table("PutItem", put.table_name(), None);
        } else if let Some(update) = input.downcast_ref::<UpdateItemInput>() {
            self.table("UpdateItem", update.table_name(), None);
        } else if let Some(query) = input.downcast_ref::<QueryInput>() {
            self.table("Query", query.table_name(), query.index_name());
        } else if let Some(scan) = input.downcast_ref::<ScanInput>() {
            self.table("Scan", scan.table_name(), scan.index_name());
        } else if let Some(transaction) = input.downcast_ref::<TransactWriteItemsInput>() {
            for item in transaction.transact_items() {
                self.note_transaction_item(item);
            }
        } else if let Some(get) = input.downcast_ref::<GetObjectInput>() {
            let version = if get.version_id().is_some() {
                "Version"
            } else {
                ""
            };
            self.note(
                &format!("s3:GetObject{version}"),
                "InboxBucket.Arn/*".to_owned(),
            );
        } else if let Some(send) = input.downcast_ref::<SendMessageInput>() {
            let queue = match send.queue_url() {
                url if url == Some(self.decisions_queue.as_str()) => "DecisionsQueue.Arn",
                url if url == Some(self.requests_queue.as_str()) => "RequestsQueue.Arn",
                _ => "IntakeQueue.Arn",
            };
            self.note("sqs:SendMessage", queue.to_owned());
        } else {
            panic!("nobody wrote down what {input:?} needs");
        }
        Ok(())
    }
}

/// A backend like the world's whose calls are written down.
fn recorded(world: &World) -> (Arc<Backend>, Arc<Mutex<Calls>>) {
    let calls = Arc::default();
    let recorder = Recorder {
        calls: Arc::clone(&calls),
        tables: world.backend.settings.tables.clone(),
        decisions_queue: world.backend.settings.decisions_queue_url.clone(),
        requests_queue: world.backend.settings.requests_queue_url.clone(),
    };
    (watched(world, &recorder), calls)
}

/// What the table says, without what AWS itself does with a function's role: the log, taking messages, and the keys.
fn table(function: Function) -> Calls {
    function
        .needs()
        .filter(|(action, _)| {
            action.starts_with("dynamodb:")
                || action.starts_with("s3:")
                || *action == "sqs:SendMessage"
        })
        .map(|(action, on)| (action.to_owned(), on.to_string()))
        .collect()
}

/// One file is rejected, and the one that corrects it is asked for by a colleague, too; which one that is.
async fn corrected(world: &mut World, api: &Arc<Backend>, intake: &Arc<Backend>) -> SubmissionId {
    let signer = world.signer("supplier-aro-1");
    world.backend = Arc::clone(api);
    let faulty = testkit_file("adt/header-missing.csv");
    let rejected = world
        .send_signed("supplier-submitter", FileKind::Adt, &faulty, &signer)
        .await;
    world.backend = Arc::clone(intake);
    assert_eq!(world.run_intake().await, [true]);
    world.backend = Arc::clone(api);
    let right = world.adt(IMPORT, |_, level| Some(level)).await;
    let mut correction = world.signed_request("supplier-aro-1", FileKind::Adt, &right);
    correction.replaces = Some(rejected.parse().unwrap());
    let (_, started) = world
        .start("supplier-submitter", "correction-1", &correction)
        .await;
    world
        .start("supplier-aro-2", "correction-2", &correction)
        .await;
    started.submission.reference
}

/// Releases wait, what they rest on changes, and a look has them judged again.
async fn releases_are_judged_again(
    world: &mut World,
    [plain, api, intake, review]: [&Arc<Backend>; 4],
    signer: &Signer,
) {
    world.backend = Arc::clone(plain);
    let releases = world.release(LARGE, "7.2", 250).await;
    world.backend = Arc::clone(api);
    let kind = FileKind::ExitQuarantine;
    let waits = world
        .send_signed("supplier-submitter", kind, &releases, signer)
        .await;
    world.backend = Arc::clone(intake);
    assert_eq!(world.run_intake().await, [true]);
    world.backend = Arc::clone(plain);
    let newer = world.adt(GAS, |_, level| Some(level + 1)).await;
    let settled = world
        .settle("supplier-submitter", FileKind::Adt, &newer, signer)
        .await;
    assert_eq!(settled["state"], "accepted", "{settled:#}");
    world.backend = Arc::clone(review);
    world.get_json("reviewer-1", "/reviews").await;
    world
        .get_json("reviewer-1", &format!("/reviews/{waits}"))
        .await;
    world.backend = Arc::clone(intake);
    assert_eq!(world.run_intake().await, [true]);
}

/// Administrators ask for changes: one is made at once, one removes somebody, one waits and is approved.
async fn people_are_kept(world: &mut World, [_, api, intake, review]: [&Arc<Backend>; 4]) {
    let invite = serde_json::json!({ "kind": "invite", "person": "newcomer", "name": "A", "roles": ["viewer"] });
    let remove = serde_json::json!({ "kind": "remove", "person": "newcomer" });
    for change in [invite, remove] {
        world.backend = Arc::clone(api);
        let (status, answer) = world.ask("supplier-admin", "large-supplier", &change).await;
        assert_eq!(status, 202, "{answer}");
        world.backend = Arc::clone(intake);
        assert_eq!(world.run_intake().await, [true]);
    }
    world.backend = Arc::clone(review);
    let moves = serde_json::json!({ "kind": "move", "person": "supplier-aro-2", "to": "network-operator", "roles": ["viewer"] });
    let (status, answer) = world
        .ask_signed("dcc-admin-1", "large-supplier", &moves)
        .await;
    assert_eq!(status, 202, "{answer}");
    world.backend = Arc::clone(intake);
    assert_eq!(world.run_intake().await, [true]);
    world.backend = Arc::clone(review);
    world.people("dcc-admin-2", "dcc").await;
    let waiting = world.get_json("dcc-admin-2", "/changes-to-approve").await["items"][0].clone();
    let (status, answer) = world
        .answer("dcc-admin-2", &waiting, ChangeAnswer::Approve)
        .await;
    assert_eq!(status, 202, "{answer}");
    world.backend = Arc::clone(intake);
    assert_eq!(world.run_intake().await, [true]);
}

/// A reviewer takes a submission in hand and asks its sender, who answers.
async fn is_asked_about(world: &mut World, [api, review]: [&Arc<Backend>; 2], held: &str) {
    let text = "Which campaign is the raise for?";
    let said = serde_json::json!({ "number": 0, "text": text });
    for (function, person, path, body) in [
        (
            review,
            "reviewer-1",
            format!("/reviews/{held}/assignment"),
            serde_json::json!({ "wanted": "take" }),
        ),
        (
            review,
            "reviewer-1",
            format!("/reviews/{held}/questions"),
            said.clone(),
        ),
        (
            api,
            "supplier-aro-1",
            format!("/submissions/{held}/answers"),
            said,
        ),
    ] {
        world.backend = Arc::clone(function);
        let (status, answer) = world.post(person, &path, "-", &body).await;
        assert_eq!(status, 200, "{answer}");
    }
}

/// Somebody looks at whatever Users and staff may look at, about one submission.
async fn looks_at_everything(world: &World, person: &str, held: &str) {
    for path in [
        "/me".to_owned(),
        "/profile".to_owned(),
        "/submissions".to_owned(),
        format!("/submissions/{held}"),
        format!("/submissions/{held}/findings"),
        format!("/submissions/{held}/file"),
        "/thresholds".to_owned(),
        format!("/thresholds/{IMPORT}"),
        format!("/thresholds/{IMPORT}/history"),
        "/quarantine-events".to_owned(),
        format!("/quarantine-events/{LARGE}"),
        format!("/quarantine-events/{LARGE}/communications"),
    ] {
        world.get_json(person, &path).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_functions_do_what_the_table_says_and_nothing_else() {
    let mut world = World::with_large_event().await;
    let plain = Arc::clone(&world.backend);
    let (api, called_by_api) = recorded(&world);
    let (review, called_by_review) = recorded(&world);
    let (intake, called_by_intake) = recorded(&world);
    let signer = world.signer("supplier-aro-1");
    let rising = world.adt(IMPORT, |_, level| Some(level * 3)).await;
    let calm = world.adt(GAS, |_, level| Some(level + 1)).await;
    let exit = world.release(LARGE, "7.2", 3).await;

    let announced = corrected(&mut world, &api, &intake).await;

    // A decision is awaited and made, thresholds change, an event is decided.
    let held = world
        .send_signed("supplier-submitter", FileKind::Adt, &rising, &signer)
        .await;
    world
        .send_signed("supplier-submitter", FileKind::Adt, &calm, &signer)
        .await;
    world
        .send_signed(
            "supplier-submitter",
            FileKind::ExitQuarantine,
            &exit,
            &signer,
        )
        .await;
    world.backend = Arc::clone(&intake);
    assert_eq!(world.run_intake_on(3).await, [true; 3]);

    is_asked_about(&mut world, [&api, &review], &held).await;
    for (function, person) in [(&api, "supplier-aro-1"), (&review, "reviewer-1")] {
        world.backend = Arc::clone(function);
        looks_at_everything(&world, person, &held).await;
    }
    world.backend = Arc::clone(&review);
    for path in [
        "/submissions?organisation=large-supplier".to_owned(),
        format!("/submissions/{announced}"),
    ] {
        world.get_json("reviewer-1", &path).await;
    }
    world.get_json("dcc-admin-1", "/activity").await;
    let backends = [&plain, &api, &intake, &review];
    releases_are_judged_again(&mut world, backends, &signer).await;
    world.backend = Arc::clone(&review);
    let evidence = world
        .get_json("reviewer-1", &format!("/reviews/{held}"))
        .await;
    let decision = decision(Decision::Accept, &evidence);
    let path = format!("/reviews/{held}/decision");
    let decision = world
        .signed_decision("reviewer-1", &held.parse().unwrap(), &decision)
        .await;
    let (status, body) = world.post("reviewer-1", &path, "-", &decision).await;
    assert_eq!(status, 200, "{body}");
    world.backend = Arc::clone(&intake);
    assert_eq!(world.run_intake().await, [true]);

    people_are_kept(&mut world, backends).await;

    // The page asks what is known; a file arrives when the revocation list is too old.
    world.backend = api;
    let digest = "0".repeat(64);
    world.get_json("supplier-admin", "/activity").await;
    for path in [
        format!("/known/adt?sha256={digest}"),
        format!("/known/exit-quarantine?sha256={digest}&events={LARGE}"),
    ] {
        world.get_json("supplier-aro-1", &path).await;
    }
    // Another file than the one before: the same one, signed in the same second, would be the same submission.
    let late = world.adt(GAS, |_, level| Some(level + 1)).await;
    world
        .send_signed("supplier-submitter", FileKind::Adt, &late, &signer)
        .await;
    world.backend = intake;
    world.pass(Duration::from_hours(24 * 365 * 20));
    assert_eq!(world.run_intake().await, [true]);
    world.backend = plain;
    let [by_api, by_review] = what_signed_addresses_are_for(&world, &held).await;
    called_by_api.lock().unwrap().extend(by_api);
    called_by_review.lock().unwrap().extend(by_review);

    let called = |calls: &Mutex<Calls>| calls.lock().unwrap().clone();
    assert_eq!(
        called(&called_by_api),
        table(Function::Api),
        "api: left what it called, right the table"
    );
    assert_eq!(
        called(&called_by_review),
        table(Function::Review),
        "review: left what it called, right the table"
    );
    assert_eq!(
        called(&called_by_intake),
        table(Function::Intake),
        "intake: left what it called, right the table"
    );
}
