//! The API as a person's page uses it.

use std::time::Duration;

use axum::Router;
use http::{Method, Request, Response, StatusCode};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sluice_shared::api::{
    SignedRequest, StartSubmission, SubmissionDetail, SubmissionStarted, Upload,
};
use sluice_shared::directory::Entrance;
use sluice_shared::identifiers::SubmissionId;
use sluice_shared::submission::StateName;

use crate::ClientError;
use crate::connection::Connection;

/// As the page asks for the outcome: the first pause, and the longest; each is half as long again as the one before.
const FIRST_PAUSE: Duration = Duration::from_millis(150);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// The API, asked by somebody who is signed in, at their entrance. Paths are those of the table of routes.
#[derive(Debug, Clone)]
pub struct Client {
    connection: Connection,
    token: String,
    entrance: Entrance,
}

impl Client {
    /// Over HTTP, at the origin of a stack's page (`http://127.0.0.1:8600`), for one of a User's people.
    pub fn over_http(origin: &str, token: String) -> Result<Self, ClientError> {
        Ok(Self {
            connection: Connection::http(origin)?,
            token,
            entrance: Entrance::Users,
        })
    }

    /// To the functions' router in this process, for one of a User's people.
    pub const fn in_process(router: Router, token: String) -> Self {
        Self {
            connection: Connection::InProcess(router),
            token,
            entrance: Entrance::Users,
        }
    }

    /// The same at another entrance.
    #[must_use]
    pub fn at(self, entrance: Entrance) -> Self {
        Self { entrance, ..self }
    }

    /// Sends what may be malformed, and gives the answer whatever it is.
    pub async fn send_raw(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: Vec<u8>,
    ) -> Result<Response<Vec<u8>>, ClientError> {
        let mut request = Request::builder()
            .method(method)
            .uri(format!("/api{}{path}", self.entrance.prefix()))
            .header("authorization", format!("Bearer {}", self.token))
            .header("content-type", "application/json");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.connection.send(request.body(body)?).await
    }

    /// The answer of a `GET` that succeeds.
    pub async fn get<A: DeserializeOwned>(&self, path: &str) -> Result<A, ClientError> {
        let answer = self.send_raw(Method::GET, path, &[], Vec::new()).await?;
        Ok(successful(path, answer)?.1)
    }

    /// The answer of a `POST` that succeeds.
    async fn post<A: DeserializeOwned>(
        &self,
        path: &str,
        headers: &[(&str, &str)],
        body: &impl Serialize,
    ) -> Result<(StatusCode, A), ClientError> {
        let body = serde_json::to_vec(body)?;
        let answer = self.send_raw(Method::POST, path, headers, body).await?;
        successful(path, answer)
    }

    /// Starts a submission: 201, or 200 when `key` came before with the same request.
    pub async fn start(
        &self,
        key: &str,
        request: &StartSubmission,
    ) -> Result<(StatusCode, SubmissionStarted), ClientError> {
        let headers = [("idempotency-key", key)];
        self.post("/submissions", &headers, request).await
    }

    /// Puts bytes where a started submission says; storage's status.
    async fn put(&self, upload: &Upload, bytes: Vec<u8>) -> Result<StatusCode, ClientError> {
        put_file(&self.connection.storage()?, upload, bytes).await
    }

    /// Starts a submission and uploads its file.
    pub async fn submit(
        &self,
        key: &str,
        request: &StartSubmission,
        bytes: Vec<u8>,
    ) -> Result<SubmissionId, ClientError> {
        let (_, started) = self.start(key, request).await?;
        let reference = started.submission.reference;
        let upload = started
            .upload
            .ok_or_else(|| ClientError::NoUpload(reference.to_string()))?;
        match self.put(&upload, bytes).await? {
            StatusCode::OK => Ok(reference),
            status => Err(ClientError::Storage(status)),
        }
    }

    /// A submission.
    pub async fn submission(&self, id: &SubmissionId) -> Result<SubmissionDetail, ClientError> {
        self.get(&format!("/submissions/{id}")).await
    }

    /// A submission, once it is neither awaited nor being checked. Whoever cannot wait for ever bounds it by a timeout.
    pub async fn outcome(&self, id: &SubmissionId) -> Result<SubmissionDetail, ClientError> {
        let mut pause = FIRST_PAUSE;
        loop {
            let submission = self.submission(id).await?;
            let state = submission.summary.state;
            if !matches!(state, StateName::AwaitingUpload | StateName::Received) {
                return Ok(submission);
            }
            tokio::time::sleep(pause).await;
            pause = (pause * 3 / 2).min(LONGEST_PAUSE);
        }
    }

    /// Decides what waits for a reviewer.
    pub async fn decide(
        &self,
        id: &SubmissionId,
        decision: &SignedRequest,
    ) -> Result<SubmissionDetail, ClientError> {
        let path = format!("/reviews/{id}/decision");
        Ok(self.post(&path, &[], decision).await?.1)
    }
}

/// Puts bytes where a started submission says; storage's status. Nobody has to be signed in for that.
pub async fn put_file(
    storage: &reqwest::Client,
    upload: &Upload,
    bytes: Vec<u8>,
) -> Result<StatusCode, ClientError> {
    let mut request = storage.put(&upload.url).body(bytes);
    for (name, value) in &upload.headers {
        request = request.header(name, value);
    }
    Ok(request.send().await?.status())
}

fn successful<A: DeserializeOwned>(
    path: &str,
    answer: Response<Vec<u8>>,
) -> Result<(StatusCode, A), ClientError> {
    let (status, body) = (answer.status(), answer.into_body());
    if !status.is_success() {
        return Err(ClientError::Refused {
            path: path.to_owned(),
            status,
            body: String::from_utf8_lossy(&body).into_owned(),
        });
    }
    Ok((status, serde_json::from_slice(&body)?))
}
