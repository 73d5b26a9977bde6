//! The API with the caller's token.

use super::{
    ApiError, PageRequests, SentFile,
    calls::{self, Get, IDEMPOTENCY_KEY, Post, SignedFile},
    http, use_page_requests,
};
use crate::{browser, session::Session};
use gloo_net::http::Method;
use js_sys::ArrayBuffer;
use leptos::prelude::*;
use serde::{Serialize, de::DeserializeOwned};
use sluice_shared::{
    identifiers::{CorrelationId, FileName, SubmissionId},
    json::read_json,
};
use std::future::Future;
use web_sys::Blob;

/// Asks the API in the name of the person who is signed in. Cheap to copy.
///
/// What a page asks for is aborted when the page is left ([`ApiError::PageLeft`]). What changes something goes on: whether it took
/// effect would not be known.
#[derive(Clone, Copy)]
pub struct Api {
    session: Session,
    page: Option<PageRequests>,
}

/// The API of this page. Call it while a view is being built, not in an event.
pub fn use_api() -> Api {
    Api {
        session: expect_context::<Session>(),
        page: use_page_requests(),
    }
}

impl Api {
    /// The API of a session, whatever page is shown.
    pub fn new(session: Session) -> Self {
        Self {
            session,
            page: None,
        }
    }

    /// Asks, and reads the answer from JSON.
    pub async fn get<A: DeserializeOwned>(self, call: Get<A>) -> Result<A, ApiError> {
        read_answer(&self.text_at(call.path).await?)
    }

    /// Asks, and reads only as much of the answer as it takes.
    pub async fn get_part<A, B: DeserializeOwned>(self, call: Get<A>) -> Result<B, ApiError> {
        read_answer(&self.text_at(call.path).await?)
    }

    /// Without the type of the answer, so that the program has it once.
    async fn text_at(self, path: String) -> Result<String, ApiError> {
        self.ask(&path, self.page).await?.text().await
    }

    /// Asks for a file that somebody wants to have: it comes even where the page is left meanwhile.
    pub async fn file(self, call: Get<SignedFile>) -> Result<Vec<u8>, ApiError> {
        self.ask(&call.path, None).await?.bytes().await
    }

    /// The file that was sent, from storage, and its name: it comes even where the page is left meanwhile.
    pub async fn sent_file(self, reference: SubmissionId) -> Result<(FileName, Blob), ApiError> {
        let call = calls::sent_file(reference);
        let told = self.ask(&call.path, None).await?.text().await?;
        let SentFile { url, file_name, .. } = read_answer(&told)?;
        let answer = http::get(&url, None).await.map_err(|error| match error {
            // Storage says 403 of what it no longer has to whoever may not list it, and of an address that is too old.
            ApiError::Unanswered(403 | 404) => ApiError::refused(
                "The file is not there",
                "Files are kept for a limited time, and this one is not kept any more, or its address was followed too late: try once \
                 more. What was checked, what took effect and the receipt stay.",
            ),
            error => error,
        })?;
        Ok((file_name, answer.blob().await?))
    }

    /// Asks, and leaves the answer as it came, in the browser's own memory: a worker can have it without a copy.
    pub fn buffer<A>(
        self,
        call: Get<A>,
    ) -> impl Future<Output = Result<ArrayBuffer, ApiError>> + use<A> {
        self.buffer_at(call.path)
    }

    async fn buffer_at(self, path: String) -> Result<ArrayBuffer, ApiError> {
        self.ask(&path, self.page).await?.buffer().await
    }

    /// Sends, and reads the answer from JSON.
    pub async fn post<B: Serialize, A: DeserializeOwned>(
        self,
        call: Post<B, A>,
    ) -> Result<A, ApiError> {
        if call.needs_fresh_sign_in() {
            self.session.check_fresh_to_act()?;
        }
        let body = serde_json::to_string(&call.body)
            .map_err(|error| ApiError::Browser(error.to_string()))?;
        let key = call.idempotency_key.map(|key| (IDEMPOTENCY_KEY, key));
        let headers = key.into_iter().collect();
        read_answer(&self.posted(call.path, headers, body).await?)
    }

    async fn posted(
        self,
        path: String,
        headers: Vec<(&str, String)>,
        body: String,
    ) -> Result<String, ApiError> {
        self.send(Method::POST, &path, headers, Some(body), None)
            .await?
            .text()
            .await
    }

    async fn ask(self, path: &str, page: Option<PageRequests>) -> Result<http::Answer, ApiError> {
        self.send(Method::GET, path, Vec::new(), None, page).await
    }

    async fn send(
        self,
        method: Method,
        path: &str,
        mut headers: Vec<(&str, String)>,
        body: Option<String>,
        page: Option<PageRequests>,
    ) -> Result<http::Answer, ApiError> {
        let token = self.session.token().ok_or(ApiError::SignInEnded)?;
        headers.push(("Authorization", format!("Bearer {token}")));
        let name = CorrelationId::from_random(browser::random_bytes());
        headers.push((CorrelationId::HEADER, name.to_string()));
        if body.is_some() {
            headers.push(("Content-Type", "application/json".into()));
        }
        let address = self.session.api_address() + path;
        let answer = http::send(http::Call {
            method,
            address: &address,
            headers,
            body,
            page,
        })
        .await;
        if matches!(answer, Err(ApiError::SignInEnded)) {
            self.session.ended();
        }
        answer
    }
}

fn read_answer<A: DeserializeOwned>(text: &str) -> Result<A, ApiError> {
    read_json(text).map_err(ApiError::Unreadable)
}
