//! The API with the caller's token.

use super::{ApiError, Me, http};
use crate::{browser, session::Session};
use js_sys::ArrayBuffer;
use leptos::prelude::*;
use serde::{Serialize, de::DeserializeOwned};
use sluice_shared::identifiers::CorrelationId;

/// Asks the API in the name of the person who is signed in. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Api(Session);

/// The API of this page. Call it while a view is being built, not in an event.
pub fn use_api() -> Api {
    Api(expect_context::<Session>())
}

impl Api {
    /// The API of a session.
    pub fn of(session: Session) -> Self {
        Self(session)
    }

    /// Who is signed in, and what they may do.
    pub async fn me(self) -> Result<Me, ApiError> {
        self.get("/me").await
    }

    /// `GET` of a path below the API's address, read from JSON.
    pub async fn get<T: DeserializeOwned>(self, path: &str) -> Result<T, ApiError> {
        self.send("GET", path, Vec::new(), None).await?.json().await
    }

    /// `GET` of a path, as bytes.
    pub async fn bytes(self, path: &str) -> Result<Vec<u8>, ApiError> {
        self.send("GET", path, Vec::new(), None)
            .await?
            .bytes()
            .await
    }

    /// `GET` of a path, as bytes in the browser's own memory: a worker can have them without a copy.
    pub async fn buffer(self, path: &str) -> Result<ArrayBuffer, ApiError> {
        self.send("GET", path, Vec::new(), None)
            .await?
            .buffer()
            .await
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
        self.send("POST", path, headers, Some(body))
            .await?
            .json()
            .await
    }

    async fn send(
        self,
        method: &str,
        path: &str,
        mut headers: Vec<(&str, String)>,
        body: Option<String>,
    ) -> Result<http::Answer, ApiError> {
        let token = self.0.token().ok_or(ApiError::SignInEnded)?;
        headers.push(("Authorization", format!("Bearer {token}")));
        let name = CorrelationId::from_random(browser::random_bytes());
        headers.push((CorrelationId::HEADER, name.to_string()));
        if body.is_some() {
            headers.push(("Content-Type", "application/json".into()));
        }
        let address = self.0.config().api + path;
        let answer = http::send(http::Call {
            method,
            address: &address,
            headers,
            body,
        })
        .await;
        if matches!(answer, Err(ApiError::SignInEnded)) {
            self.0.ended();
        }
        answer
    }
}
