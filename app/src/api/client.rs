//! The API with the caller's token.

use super::{ApiError, Me, PageRequests, http, use_page_requests};
use crate::{browser, session::Session};
use gloo_net::http::Method;
use js_sys::ArrayBuffer;
use leptos::prelude::*;
use serde::{Serialize, de::DeserializeOwned};
use sluice_shared::identifiers::CorrelationId;

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
    pub fn of(session: Session) -> Self {
        Self {
            session,
            page: None,
        }
    }

    /// Who is signed in, and what they may do.
    pub async fn me(self) -> Result<Me, ApiError> {
        self.get("/me").await
    }

    /// `GET` of a path below the API's address, read from JSON.
    pub async fn get<T: DeserializeOwned>(self, path: &str) -> Result<T, ApiError> {
        self.ask(path, self.page).await?.json().await
    }

    /// `GET` of a path, as bytes that somebody wants to have: they come even where the page is left meanwhile.
    pub async fn download(self, path: &str) -> Result<Vec<u8>, ApiError> {
        self.ask(path, None).await?.bytes().await
    }

    /// `GET` of a path, as bytes in the browser's own memory: a worker can have them without a copy.
    pub async fn buffer(self, path: &str) -> Result<ArrayBuffer, ApiError> {
        self.ask(path, self.page).await?.buffer().await
    }

    /// `POST` of a JSON body, with more headers, read from JSON.
    pub async fn post<T: DeserializeOwned>(
        self,
        path: &str,
        headers: Vec<(&str, String)>,
        body: &impl Serialize,
    ) -> Result<T, ApiError> {
        let body =
            serde_json::to_string(body).map_err(|error| ApiError::Browser(error.to_string()))?;
        self.send(Method::POST, path, headers, Some(body), None)
            .await?
            .json()
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
        let address = self.session.config().api + path;
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
