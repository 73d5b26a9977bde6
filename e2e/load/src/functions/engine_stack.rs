//! What a measured function works on: an embedded stack without functions, with the demonstration's people and data, and the environment
//! that Lambda would set.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use sluice_functions::stores::create_missing;
use sluice_functions::{Backend, Function, Ports, api};
use sluice_load::{Failure, HeldEvent, SignedFile};
use sluice_local::account::{ACCESS_KEY, QUEUE, REGION, SECRET_KEY};
use sluice_local::demo::people::Person;
use sluice_local::pki::{Authority, Signer};
use sluice_local::stack::{Options, Stack};
use sluice_local::{demo, functions};
use sluice_shared::identifiers::SubmissionId;
use sluice_shared::submission::StateName;
use sluice_testing::{Client, TestFolder};

/// Who signs, and who sends.
const ARO: &str = "supplier-aro-1";
const TOKEN_SECONDS: i64 = 3_600;
/// Longer than a measurement takes.
const HIDDEN: Duration = Duration::from_mins(10);

pub(super) struct EngineStack {
    stack: Stack,
    backend: Arc<Backend>,
    signer: Signer,
    /// Last: what writes there ends before it is removed.
    _folder: TestFolder,
}

impl EngineStack {
    pub(super) async fn start() -> Result<Self, Failure> {
        let test_folder = TestFolder::new()?;
        let folder = test_folder.path();
        let options = Options {
            functions: false,
            testing: false,
            ..Options::for_tests(folder)
        };
        let stack = Stack::start(options).await?;
        let authority = Authority::open(&folder.join("pki"), stack.clock().now())?;
        let backend = functions::backend_with(stack.urls(), &authority, Ports::system())?;
        let tables = functions::clients(stack.urls()).dynamodb;
        create_missing(&tables, &backend.settings.tables).await?;
        demo::prepare(&backend, folder).await?;
        let signer = Signer::of_person(folder, ARO)?;
        let engines = Self {
            stack,
            backend,
            signer,
            _folder: test_folder,
        };
        // S3's test event comes first.
        engines.message().await?;
        Ok(engines)
    }

    pub(super) async fn stop(self) {
        self.stack.stop().await;
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
            ("AWS_ENDPOINT_URL_STS", urls.sts()),
        ]);
        environment
    }

    /// Opens an event and sends the file that decides all of it: the submission's reference, and the message that `intake` gets.
    pub(super) async fn send(&self, event: &HeldEvent) -> Result<(SubmissionId, String), Failure> {
        let now = self.backend.now();
        event.open(&self.backend.quarantine, now).await?;
        let SignedFile { request, content } = SignedFile::new(event, &self.signer, now)?;
        let key = format!("figures-{}", now.unix_millis());
        let reference = self.client()?.submit(&key, &request, content).await?;
        Ok((reference, self.message().await?))
    }

    pub(super) async fn state(&self, submission: &SubmissionId) -> Result<StateName, Failure> {
        Ok(self.client()?.submission(submission).await?.summary.state)
    }

    /// The next message of intake's queue.
    async fn message(&self) -> Result<String, Failure> {
        let queue = self.stack.queues().get(QUEUE).ok_or("there is no queue")?;
        let batch = queue.receive(1, HIDDEN, Duration::from_secs(5)).await?;
        let received = batch.first().ok_or("there is no message")?;
        queue.delete(&received.handle)?;
        Ok(received.message.body.clone())
    }

    fn client(&self) -> Result<Client, Failure> {
        let person = Person::find(ARO).ok_or("there is no such person")?;
        let token = self.stack.identity().access_token(person, TOKEN_SECONDS);
        let router = api::router(Arc::clone(&self.backend));
        Ok(Client::in_process(router, token))
    }
}
