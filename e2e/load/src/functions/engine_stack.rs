//! What stands around a function: an embedded stack without functions, with the demonstration's people and data, and the environment that
//! Lambda would set.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use http::{Method, Request, StatusCode};
use http_body_util::BodyExt;
use serde_json::Value;
use sluice_functions::stores::create_missing;
use sluice_functions::{Backend, Function, Ports, api};
use sluice_load::{Failure, HeldEvent, Signer, announcement};
use sluice_local::account::{ACCESS_KEY, QUEUE, REGION, SECRET_KEY};
use sluice_local::demo::people::Person;
use sluice_local::pki::Authority;
use sluice_local::stack::{Options, Stack};
use sluice_local::{demo, functions};
use tower::ServiceExt;

/// Who signs, and who sends.
const ARO: &str = "supplier-aro-1";
const TOKEN_SECONDS: i64 = 3_600;
/// Longer than a measurement takes.
const HIDDEN: Duration = Duration::from_mins(10);

pub(super) struct EngineStack {
    stack: Stack,
    backend: Arc<Backend>,
    signer: Signer,
    folder: PathBuf,
}

impl EngineStack {
    pub(super) async fn start() -> Result<Self, Failure> {
        let folder = std::env::temp_dir().join(format!("sluice-figures-{}", std::process::id()));
        let options = Options {
            functions: false,
            testing: false,
            ..Options::for_tests(&folder)
        };
        let stack = Stack::start(options).await?;
        let authority = Authority::open(&folder.join("pki"), stack.clock().now(), false)?;
        let backend = functions::backend_with(stack.urls(), &authority, Ports::system())?;
        let tables = functions::clients(stack.urls()).dynamodb;
        create_missing(&tables, &backend.settings.tables).await?;
        demo::prepare(&backend, &folder).await?;
        let signer = Signer::open(&folder, ARO)?;
        let engines = Self {
            stack,
            backend,
            signer,
            folder,
        };
        // S3's test event comes first.
        engines.message().await?;
        Ok(engines)
    }

    pub(super) async fn stop(self) {
        self.stack.stop().await;
        // What is left in the temporary folder harms nobody.
        let _ = std::fs::remove_dir_all(self.folder);
    }

    /// What Lambda and the template set for a function, but for the runtime API.
    pub(super) fn environment(&self, function: Function) -> BTreeMap<&'static str, String> {
        let settings = self.backend.settings.for_function(function);
        let mut environment = settings.to_environment();
        let urls = self.stack.urls();
        environment.extend([
            ("AWS_LAMBDA_FUNCTION_NAME", function.name().to_owned()),
            ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512".to_owned()),
            ("AWS_LAMBDA_FUNCTION_VERSION", "1".to_owned()),
            ("AWS_LAMBDA_LOG_STREAM_NAME", "measured".to_owned()),
            ("AWS_LAMBDA_LOG_GROUP_NAME", "measured".to_owned()),
            ("AWS_REGION", REGION.to_owned()),
            ("AWS_ACCESS_KEY_ID", ACCESS_KEY.to_owned()),
            ("AWS_SECRET_ACCESS_KEY", SECRET_KEY.to_owned()),
            ("AWS_ENDPOINT_URL_S3", urls.s3.to_string()),
            ("AWS_ENDPOINT_URL_DYNAMODB", urls.dynamodb.to_string()),
            ("AWS_ENDPOINT_URL_SQS", urls.sqs.to_string()),
        ]);
        environment
    }

    /// Opens an event and sends the file that decides all of it: the submission's reference, and the message that `intake` gets.
    pub(super) async fn send(&self, event: &HeldEvent) -> Result<(String, String), Failure> {
        let now = self.backend.now();
        event.open(&self.backend.quarantine, now).await?;
        let file = event.file();
        let body = announcement(event, &file, &self.signer, now)?;
        let started = self.ask(Method::POST, "/submissions", Some(&body)).await?;
        let upload = &started["upload"];
        let url = upload["url"].as_str().ok_or("there is no upload address")?;
        let mut put = reqwest::Client::new().put(url).body(file);
        for (name, value) in upload["headers"].as_object().into_iter().flatten() {
            put = put.header(name, value.as_str().unwrap_or_default());
        }
        put.send().await?.error_for_status()?;
        let reference = started["submission"]["reference"].as_str();
        let reference = reference.ok_or("the submission has no reference")?;
        Ok((reference.to_owned(), self.message().await?))
    }

    pub(super) async fn state(&self, submission: &str) -> Result<String, Failure> {
        let path = format!("/submissions/{submission}");
        let found = self.ask(Method::GET, &path, None).await?;
        Ok(found["state"].as_str().unwrap_or_default().to_owned())
    }

    /// The next message of intake's queue.
    async fn message(&self) -> Result<String, Failure> {
        let queue = self.stack.queues().get(QUEUE).ok_or("there is no queue")?;
        let batch = queue.receive(1, HIDDEN, Duration::from_secs(5)).await?;
        let received = batch.first().ok_or("there is no message")?;
        queue.delete(&received.handle)?;
        Ok(received.message.body.clone())
    }

    async fn ask(
        &self,
        method: Method,
        path: &str,
        body: Option<&Value>,
    ) -> Result<Value, Failure> {
        let person = Person::find(ARO).ok_or("there is no such person")?;
        let token = self.stack.identity().access_token(person, TOKEN_SECONDS);
        let request = Request::builder()
            .method(method)
            .uri(format!("/api{path}"))
            .header("authorization", format!("Bearer {token}"))
            .header("content-type", "application/json")
            .header(
                "idempotency-key",
                format!("figures-{}", self.backend.now().unix_millis()),
            )
            .body(body.map_or_else(Body::empty, |body| Body::from(body.to_string())))?;
        let answer = api::router(Arc::clone(&self.backend))
            .oneshot(request)
            .await?;
        let status = answer.status();
        let bytes = answer.into_body().collect().await?.to_bytes();
        if !matches!(status, StatusCode::OK | StatusCode::CREATED) {
            return Err(format!("{path}: {status}: {}", String::from_utf8_lossy(&bytes)).into());
        }
        Ok(serde_json::from_slice(&bytes)?)
    }
}
