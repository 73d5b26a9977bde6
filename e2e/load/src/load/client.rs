//! The API, as the page uses it.

use std::time::Duration;

use reqwest::RequestBuilder;
use reqwest::header::{HeaderMap, HeaderValue};
use serde_json::Value;
use sluice_load::Failure;

/// What no single answer takes.
const PATIENCE: Duration = Duration::from_mins(1);

/// A person who is signed in. Clones share connections.
#[derive(Debug, Clone)]
pub(super) struct Client {
    api: reqwest::Client,
    storage: reqwest::Client,
    base: String,
}

impl Client {
    pub(super) fn new(page: &str, token: &str) -> Result<Self, Failure> {
        let mut headers = HeaderMap::new();
        let token = HeaderValue::from_str(&format!("Bearer {token}"))?;
        headers.insert("authorization", token);
        let builder = || reqwest::Client::builder().timeout(PATIENCE).no_proxy();
        Ok(Self {
            api: builder().default_headers(headers).build()?,
            storage: builder().build()?,
            base: format!("{page}/api/submissions"),
        })
    }

    /// Starts a submission.
    pub(super) async fn start(&self, key: &str, body: &Value) -> Result<Value, Failure> {
        let request = self.api.post(&self.base).header("idempotency-key", key);
        answer(request.json(body)).await
    }

    /// Puts a file where the start said.
    pub(super) async fn upload(&self, upload: &Value, file: String) -> Result<(), Failure> {
        let url = upload["url"].as_str().ok_or("there is no upload address")?;
        let mut put = self.storage.put(url).body(file);
        for (name, value) in upload["headers"].as_object().into_iter().flatten() {
            put = put.header(name, value.as_str().unwrap_or_default());
        }
        let answer = put.send().await?;
        if !answer.status().is_success() {
            return Err(format!("storage answers {}", answer.status()).into());
        }
        Ok(())
    }

    /// The state of a submission.
    pub(super) async fn state(&self, reference: &str) -> Result<String, Failure> {
        let detail = answer(self.api.get(format!("{}/{reference}", self.base))).await?;
        let state = detail["state"].as_str();
        Ok(state.ok_or("a submission without a state")?.to_owned())
    }
}

async fn answer(request: RequestBuilder) -> Result<Value, Failure> {
    let answer = request.send().await?;
    let status = answer.status();
    let text = answer.text().await?;
    if !status.is_success() {
        return Err(format!("the API answers {status}: {text}").into());
    }
    Ok(serde_json::from_str(&text)?)
}
