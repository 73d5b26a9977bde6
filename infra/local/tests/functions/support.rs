//! A world to play in: engines, the demonstration's people and data, both functions by hand.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicI64, AtomicU8, AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use aws_lambda_events::event::sqs::SqsEvent;
use axum::Router;
use axum::body::Body;
use base64ct::{Base64, Encoding};
use http::{Method, Request, StatusCode};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use sluice_functions::metrics::Metric;
use sluice_functions::stores::schema::create_missing;
use sluice_functions::{Backend, Ports, Step, api, intake};
use sluice_local::demo::people::Person;
use sluice_local::pki::Authority;
use sluice_local::queue::Received;
use sluice_local::stack::{Options, QUEUE, Stack};
use sluice_local::{demo, functions};
use sluice_shared::identifiers::FileDigest;
use sluice_shared::instant::UtcTime;
use sluice_shared::quarantine::HeldState;
use sluice_shared::risk::Releaser;
use sluice_shared::signature::{Certificate, P256Key, SignedAttributes, UnsignedRequest};
use sluice_shared::thresholds::Period;
use tower::ServiceExt;

pub(crate) const IMPORT: &str = "90-B3-D5-1F-30-01-00-00";
pub(crate) const GAS: &str = "90-B3-D5-1F-30-02-00-00";
/// The event of the GS User ID: 100,000, half of them of 7.2, of which 200 a day may be sent.
pub(crate) const LARGE: &str = "18446744073709551617";
pub(crate) const HEADER: &str = "UserID,ServiceReferenceVariant,Period,WarningThreshold,QuarantineThreshold,EffectiveFrom,EffectiveTo\r\n";

/// Where `intake` is to stop, and how often it got there.
#[derive(Debug, Default)]
pub(crate) struct Stop {
    pub(crate) at: Mutex<Option<Step>>,
    pub(crate) stopped: AtomicU32,
}

pub(crate) struct World {
    pub(crate) stack: Stack,
    pub(crate) backend: Arc<Backend>,
    pub(crate) authority: Authority,
    pub(crate) stop: Arc<Stop>,
    pub(crate) metered: Arc<Mutex<Vec<Metric>>>,
    ahead: Arc<AtomicI64>,
    folder: PathBuf,
}

/// A key with its certificate path, as an ARO has it.
pub(crate) struct Signer {
    key: P256Key,
    chain: Vec<Certificate>,
}

impl Drop for World {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

impl World {
    /// Engines, tables, people, thresholds in force, quarantine events.
    pub(crate) async fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let folder =
            std::env::temp_dir().join(format!("sluice-functions-{}-{number}", std::process::id()));
        let options = Options {
            functions: false,
            testing: false,
            ..Options::for_tests(&folder)
        };
        let stack = Stack::start(options).await.unwrap();
        let authority = Authority::open(&folder.join("pki"), stack.clock().now(), true).unwrap();
        let ahead = Arc::new(AtomicI64::new(0));
        let stop = Arc::new(Stop::default());
        let metered: Arc<Mutex<Vec<Metric>>> = Arc::default();
        let ports = Ports {
            clock: clock(Arc::clone(&ahead)),
            step: panics_at(Arc::clone(&stop)),
            meter: {
                let metered = Arc::clone(&metered);
                Arc::new(move |metric, _| metered.lock().unwrap().push(metric))
            },
            ..Ports::system()
        };
        let backend = functions::backend_with(stack.urls(), &authority, ports).unwrap();
        create_missing(
            &functions::clients(stack.urls()).dynamodb,
            &backend.settings.tables,
        )
        .await
        .unwrap();
        demo::prepare(&backend, &folder).await.unwrap();
        let world = Self {
            stack,
            backend,
            authority,
            stop,
            metered,
            ahead,
            folder,
        };
        assert_eq!(
            world.run_intake().await,
            [true],
            "S3's test event, which comes first, is dropped"
        );
        world
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Moves the functions' clock, and the issuer's.
    pub(crate) fn pass(&self, time: Duration) {
        let millis = i64::try_from(time.as_millis()).unwrap();
        let ahead = self.ahead.fetch_add(millis, Ordering::Relaxed) + millis;
        self.stack.clock().set_ahead(ahead);
    }

    /// Moves the clocks to just after the next window of a period began, so that a test stays inside one.
    pub(crate) fn pass_into_next(&self, period: Period) {
        let now = self.now();
        let left = period.window(now).end.unix_millis() - now.unix_millis();
        self.pass(Duration::from_millis(u64::try_from(left).unwrap() + 1_000));
    }

    /// How far the functions' clock is ahead of the machine's, in milliseconds.
    pub(crate) fn ahead(&self) -> i64 {
        self.ahead.load(Ordering::Relaxed)
    }

    pub(crate) fn now(&self) -> UtcTime {
        self.backend.now()
    }

    pub(crate) fn router(&self) -> Router {
        api::router(Arc::clone(&self.backend))
    }

    pub(crate) fn token(&self, person: &str) -> String {
        self.stack
            .identity()
            .access_token(Person::find(person).unwrap(), 600)
    }

    pub(crate) async fn get(&self, person: &str, path: &str) -> (StatusCode, Value) {
        self.call(Method::GET, person, path, &[], None).await
    }

    /// The answer of a `GET` that has to succeed.
    pub(crate) async fn read(&self, person: &str, path: &str) -> Value {
        let (status, body) = self.get(person, path).await;
        assert_eq!(status, StatusCode::OK, "{path}: {body}");
        body
    }

    pub(crate) async fn post(
        &self,
        person: &str,
        path: &str,
        key: &str,
        body: &Value,
    ) -> (StatusCode, Value) {
        self.call(
            Method::POST,
            person,
            path,
            &[("idempotency-key", key)],
            Some(body),
        )
        .await
    }

    pub(crate) async fn call(
        &self,
        method: Method,
        person: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<&Value>,
    ) -> (StatusCode, Value) {
        let mut request = Request::builder()
            .method(method)
            .uri(format!("/api{path}"))
            .header("authorization", format!("Bearer {}", self.token(person)))
            .header("content-type", "application/json");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let body = body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
        let (status, _, bytes) = send(self.router(), request.body(body).unwrap()).await;
        (
            status,
            serde_json::from_slice(&bytes).unwrap_or(Value::Null),
        )
    }

    /// A certificate of the demo CA for a new key of this person.
    pub(crate) fn signer(&self, person: &str) -> Signer {
        static NEXT: AtomicU8 = AtomicU8::new(1);
        let person = Person::find(person).unwrap();
        let key = P256Key::from_random(&[NEXT.fetch_add(1, Ordering::Relaxed); 32]).unwrap();
        let subject = person.signer_subject().unwrap().parse().unwrap();
        let request = UnsignedRequest::new(&subject, &key.spki_der()).unwrap();
        let signature = key.sign(&request.to_be_signed());
        let pem = request.assemble(&signature).unwrap().to_pem();
        let chain = self
            .authority
            .issue_for_request(person, &pem, self.stack.clock().now())
            .unwrap();
        Signer {
            key,
            chain: Certificate::parse_chain(chain.as_bytes()).unwrap(),
        }
    }

    /// The body of `POST /submissions` for a file with its signature beside it.
    pub(crate) fn request(kind: &str, content: &str, signature: &[u8]) -> Value {
        json!({
            "kind": kind,
            "fileName": if kind == "adt" { "ADT_large-supplier_20261122.csv" } else { "EXITQ_1201_20261122.csv" },
            "length": content.len(),
            "sha256": hex::encode(Sha256::digest(content)),
            "signature": { "form": "detached", "der": Base64::encode_string(signature) },
        })
    }

    /// Starts a submission that has to start, and uploads its file.
    pub(crate) async fn send(
        &self,
        person: &str,
        kind: &str,
        content: &str,
        signature: &[u8],
    ) -> String {
        let key = hex::encode(Sha256::digest(signature));
        let (status, started) = self
            .post(
                person,
                "/submissions",
                &key,
                &Self::request(kind, content, signature),
            )
            .await;
        assert_eq!(status, StatusCode::CREATED, "{started}");
        let put = put(&started["upload"], content.as_bytes().to_vec()).await;
        assert_eq!(put, 200, "the upload");
        started["submission"]["reference"]
            .as_str()
            .unwrap()
            .to_owned()
    }

    /// Signs a file now and sends it; the submission's reference.
    pub(crate) async fn send_signed(
        &self,
        person: &str,
        kind: &str,
        content: &str,
        signer: &Signer,
    ) -> String {
        let signature = signer.sign(content, self.now());
        self.send(person, kind, content, &signature).await
    }

    /// Sends a file, runs `intake`, and returns the submission.
    pub(crate) async fn settle(
        &self,
        person: &str,
        kind: &str,
        content: &str,
        signer: &Signer,
    ) -> Value {
        let reference = self.send_signed(person, kind, content, signer).await;
        assert_eq!(self.run_intake().await, [true], "one message, handled");
        self.read(person, &format!("/submissions/{reference}"))
            .await
    }

    /// Takes what the queue has and hands it to `intake`; says for each message whether it was handled. What was not comes
    /// again at once.
    pub(crate) async fn run_intake(&self) -> Vec<bool> {
        let queue = self.stack.queues().get(QUEUE).unwrap();
        let batch = queue
            .receive(10, Duration::from_mins(1), Duration::from_secs(2))
            .await
            .unwrap();
        let answer = intake::handle(&self.backend, event(&batch)).await;
        let mut handled = Vec::new();
        for received in &batch {
            let failed = answer
                .batch_item_failures
                .iter()
                .any(|failure| failure.item_identifier == received.message.id);
            if failed {
                queue.change_visibility(&received.handle, Duration::ZERO);
            } else {
                queue.delete(&received.handle).unwrap();
            }
            handled.push(!failed);
        }
        handled
    }

    /// A file of the IS User ID that says what is in force, but for `change`, which maps (service, warning, quarantine).
    pub(crate) async fn adt(
        &self,
        user_id: &str,
        change: impl Fn(&str, u64) -> Option<u64>,
    ) -> String {
        let current = self
            .read("supplier-aro-1", &format!("/thresholds/{user_id}"))
            .await;
        let mut file = HEADER.to_owned();
        for row in current["thresholds"]["standing"].as_array().unwrap() {
            let srv = row["srv"].as_str().unwrap();
            let Some(quarantine) = change(srv, row["quarantine"].as_u64().unwrap()) else {
                continue;
            };
            let period = row["period"].as_str().unwrap();
            let _ = write!(
                file,
                "{user_id},{srv},{period},{},{quarantine},,\r\n",
                quarantine / 2
            );
        }
        for row in current["thresholds"]["exceptions"].as_array().unwrap() {
            let [srv, period, from, to] =
                ["srv", "period", "from", "to"].map(|name| row[name].as_str().unwrap().to_owned());
            let _ = write!(
                file,
                "{user_id},{srv},{period},{},{},{from},{to}\r\n",
                row["warning"], row["quarantine"]
            );
        }
        file
    }

    /// An exit file for the held communications of an event, at most `most` of them, all with this action.
    pub(crate) async fn exit(&self, event: &str, action: &str, most: usize) -> String {
        let mut file = "QuarantineEventRef,RequestID,Action\r\n".to_owned();
        let held = self
            .backend
            .quarantine
            .held(&event.parse().unwrap())
            .await
            .unwrap()
            .unwrap();
        let held = held.pages.iter().flat_map(|page| page.page.iter());
        for communication in held.take(most) {
            let _ = write!(file, "{event},{},{action}\r\n", communication.request);
        }
        file
    }

    /// An exit file that releases communications of one service in an event: `most` of those still held.
    pub(crate) async fn release(&self, event: &str, srv: &str, most: usize) -> String {
        let mut file = "QuarantineEventRef,RequestID,Action\r\n".to_owned();
        let held = self
            .backend
            .quarantine
            .held(&event.parse().unwrap())
            .await
            .unwrap()
            .unwrap();
        let open = held.pages.iter().flat_map(|page| {
            let rows = page.page.iter().enumerate();
            rows.filter(|(at, row)| {
                page.decisions.get(*at) == HeldState::Held && row.srv.as_str() == srv
            })
        });
        for (_, communication) in open.take(most) {
            let _ = write!(file, "{event},{},Release\r\n", communication.request);
        }
        file
    }

    /// How many of a service a User ID released in this day, by its account.
    pub(crate) async fn released(&self, user_id: &str, srv: &str) -> u64 {
        let releaser = Releaser::User(user_id.parse().unwrap());
        let account = self.backend.quarantine.released(&releaser).await.unwrap();
        let window = account.released.window(Period::Day, self.now());
        window.count(srv.parse().unwrap())
    }

    /// Counts of an event: held, release, delete.
    pub(crate) async fn counts(&self, event: &str) -> (u64, u64, u64) {
        let event = self
            .read("supplier-aro-1", &format!("/quarantine-events/{event}"))
            .await;
        let count = |name: &str| event["counts"][name].as_u64().unwrap();
        (count("held"), count("release"), count("delete"))
    }
}

impl Signer {
    /// A detached signature, DER.
    pub(crate) fn sign(&self, content: &str, at: UtcTime) -> Vec<u8> {
        let attributes = self.attributes(content, at);
        attributes
            .assemble(&self.chain, &self.key.sign(&attributes.to_be_signed()))
            .unwrap()
    }

    /// A `.p7m` with the content inside.
    pub(crate) fn envelop(&self, content: &str, at: UtcTime) -> Vec<u8> {
        let attributes = self.attributes(content, at);
        let value = self.key.sign(&attributes.to_be_signed());
        attributes
            .assemble_enveloping(&self.chain, &value, content.as_bytes())
            .unwrap()
    }

    fn attributes(&self, content: &str, at: UtcTime) -> SignedAttributes {
        let digest = FileDigest::new(Sha256::digest(content).into());
        SignedAttributes::new(&digest, &self.chain[0], at)
    }
}

/// Puts bytes where a presigned upload says; the status.
pub(crate) async fn put(upload: &Value, bytes: Vec<u8>) -> u16 {
    let mut request = reqwest::Client::new().put(upload["url"].as_str().unwrap());
    for (name, value) in upload["headers"].as_object().unwrap() {
        request = request.header(name, value.as_str().unwrap());
    }
    request.body(bytes).send().await.unwrap().status().as_u16()
}

pub(crate) async fn send(
    router: Router,
    request: Request<Body>,
) -> (StatusCode, http::HeaderMap, Vec<u8>) {
    let response = router.oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    (
        parts.status,
        parts.headers,
        body.collect().await.unwrap().to_bytes().to_vec(),
    )
}

/// Messages as Lambda hands them over.
pub(crate) fn event(batch: &[Received]) -> SqsEvent {
    let records: Vec<_> = batch
        .iter()
        .map(|received| json!({ "messageId": received.message.id, "body": received.message.body }))
        .collect();
    messages(&records)
}

pub(crate) fn messages(records: &[Value]) -> SqsEvent {
    let records: Vec<_> = records
        .iter()
        .map(|record| {
            let mut record = record.clone();
            record["attributes"] = json!({});
            record["messageAttributes"] = json!({});
            record
        })
        .collect();
    serde_json::from_value(json!({ "Records": records })).unwrap()
}

pub(crate) fn clock(ahead: Arc<AtomicI64>) -> sluice_functions::Clock {
    Arc::new(move || {
        let machine = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap()
            .as_millis();
        UtcTime::from_unix_millis(i64::try_from(machine).unwrap() + ahead.load(Ordering::Relaxed))
    })
}

/// Ends the task that gets to the step, as a crash would.
fn panics_at(stop: Arc<Stop>) -> sluice_functions::StepHook {
    Arc::new(move |step| {
        let wanted = *stop.at.lock().unwrap();
        if wanted == Some(step) {
            stop.stopped.fetch_add(1, Ordering::Relaxed);
            panic!("stopped at {step:?}, as the test asked");
        }
    })
}
