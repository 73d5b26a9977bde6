//! Requests by `fetch`, without anything of Sluice in them.

use super::{ApiError, PageRequests};
use gloo_net::http::{Method, RequestBuilder, Response};
use js_sys::ArrayBuffer;
use serde::de::DeserializeOwned;
use sluice_shared::{api::ProblemCode, json::read_json};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, Blob, RequestCache};

/// An answer whose status says that all is well.
#[derive(Debug)]
pub struct Answer {
    response: Response,
    /// What aborts the reading of it.
    signal: Option<AbortSignal>,
}

/// One request to come.
#[derive(Debug)]
pub struct Call<'a> {
    /// `GET`, `POST`…
    pub method: Method,
    /// Where to.
    pub address: &'a str,
    /// Names and values.
    pub headers: Vec<(&'a str, String)>,
    /// The body, as it is sent.
    pub body: Option<String>,
    /// The page with which the request ends; without one it goes on whatever page is shown.
    pub page: Option<PageRequests>,
}

/// Fetches an address without any header of ours.
pub async fn get(address: &str, page: Option<PageRequests>) -> Result<Answer, ApiError> {
    send(Call {
        method: Method::GET,
        address,
        headers: Vec::new(),
        body: None,
        page,
    })
    .await
}

/// Sends a request; every status from 400 on becomes an error.
pub async fn send(call: Call<'_>) -> Result<Answer, ApiError> {
    let signal = call
        .page
        .map(|page| page.signal().ok_or(ApiError::PageLeft))
        .transpose()?;
    let mut request = RequestBuilder::new(call.address)
        .method(call.method)
        .cache(RequestCache::NoStore)
        .abort_signal(signal.as_ref());
    for (name, value) in &call.headers {
        request = request.header(name, value);
    }
    let request = match call.body {
        Some(body) => request.body(body)?,
        None => request.build()?,
    };
    let response = request
        .send()
        .await
        .map_err(|_| interrupted(signal.as_ref()))?;
    let answer = Answer { response, signal };
    match answer.response.status() {
        0..=399 => Ok(answer),
        401 => match answer.problem(401).await {
            too_old if too_old.code() == Some(ProblemCode::SignInTooOld) => Err(too_old),
            _ => Err(ApiError::SignInEnded),
        },
        status => Err(answer.problem(status).await),
    }
}

/// Why a request or the reading of its answer broke off.
fn interrupted(signal: Option<&AbortSignal>) -> ApiError {
    if signal.is_some_and(AbortSignal::aborted) {
        ApiError::PageLeft
    } else {
        ApiError::Unreachable
    }
}

impl Answer {
    /// The body as text.
    pub async fn text(&self) -> Result<String, ApiError> {
        let text = self.response.text().await;
        text.map_err(|_| interrupted(self.signal.as_ref()))
    }

    /// The body as bytes.
    pub async fn bytes(&self) -> Result<Vec<u8>, ApiError> {
        let bytes = self.response.binary().await;
        bytes.map_err(|_| interrupted(self.signal.as_ref()))
    }

    /// The body as bytes in the browser's own memory, which `gloo_net` would copy into ours.
    pub async fn buffer(self) -> Result<ArrayBuffer, ApiError> {
        let response = web_sys::Response::from(self.response);
        let buffer = JsFuture::from(response.array_buffer()?)
            .await
            .map_err(|_| interrupted(self.signal.as_ref()))?;
        Ok(buffer.unchecked_into())
    }

    /// The body as bytes that stay with the browser, however many: it may keep them on disk.
    pub async fn blob(self) -> Result<Blob, ApiError> {
        let response = web_sys::Response::from(self.response);
        let blob = JsFuture::from(response.blob()?)
            .await
            .map_err(|_| interrupted(self.signal.as_ref()))?;
        Ok(blob.unchecked_into())
    }

    /// The body as a value that it describes in JSON.
    pub async fn json<T: DeserializeOwned>(&self) -> Result<T, ApiError> {
        read_json(&self.text().await?).map_err(ApiError::Unreadable)
    }

    async fn problem(&self, status: u16) -> ApiError {
        let text = self.text().await.unwrap_or_default();
        read_json(&text).map_or_else(
            |_| ApiError::Unanswered(status),
            |problem| ApiError::Problem(Box::new(problem)),
        )
    }
}
