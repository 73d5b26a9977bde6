//! Requests by `fetch`, without anything of Sluice in them.

use super::ApiError;
use js_sys::ArrayBuffer;
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Headers, RequestCache, RequestInit, Response};

/// An answer whose status says that all is well.
#[derive(Debug)]
pub struct Answer(Response);

/// One request to come.
#[derive(Debug)]
pub struct Call<'a> {
    /// `GET`, `POST`…
    pub method: &'a str,
    /// Where to.
    pub address: &'a str,
    /// Names and values.
    pub headers: Vec<(&'a str, String)>,
    /// The body, as it is sent.
    pub body: Option<String>,
}

/// Fetches an address without any header of ours.
pub async fn get(address: &str) -> Result<Answer, ApiError> {
    send(Call {
        method: "GET",
        address,
        headers: Vec::new(),
        body: None,
    })
    .await
}

/// Sends a request; every status from 400 on becomes an error.
pub async fn send(call: Call<'_>) -> Result<Answer, ApiError> {
    let headers = Headers::new()?;
    for (name, value) in &call.headers {
        headers.set(name, value)?;
    }
    let init = RequestInit::new();
    init.set_method(call.method);
    init.set_headers(&headers);
    init.set_cache(RequestCache::NoStore);
    if let Some(body) = &call.body {
        init.set_body(&JsValue::from_str(body));
    }
    let answer =
        JsFuture::from(crate::browser::window().fetch_with_str_and_init(call.address, &init))
            .await
            .map_err(|_| ApiError::Unreachable)?;
    let answer = Answer(answer.unchecked_into());
    match answer.0.status() {
        0..=399 => Ok(answer),
        401 => Err(ApiError::SignInEnded),
        status => Err(answer.problem(status).await),
    }
}

impl Answer {
    /// The HTTP status.
    pub fn status(&self) -> u16 {
        self.0.status()
    }

    /// The body as text.
    pub async fn text(&self) -> Result<String, ApiError> {
        let text = JsFuture::from(self.0.text()?)
            .await
            .map_err(|_| ApiError::Unreachable)?;
        Ok(text.as_string().unwrap_or_default())
    }

    /// The body as bytes.
    pub async fn bytes(&self) -> Result<Vec<u8>, ApiError> {
        let buffer = self.buffer().await?;
        Ok(js_sys::Uint8Array::new(&buffer).to_vec())
    }

    /// The body as bytes in the browser's own memory.
    pub async fn buffer(&self) -> Result<ArrayBuffer, ApiError> {
        let buffer = JsFuture::from(self.0.array_buffer()?)
            .await
            .map_err(|_| ApiError::Unreachable)?;
        Ok(buffer.unchecked_into())
    }

    /// The body as a value that it describes in JSON.
    pub async fn json<T: DeserializeOwned>(&self) -> Result<T, ApiError> {
        serde_json::from_str(&self.text().await?)
            .map_err(|error| ApiError::Unreadable(error.to_string()))
    }

    async fn problem(&self, status: u16) -> ApiError {
        let text = self.text().await.unwrap_or_default();
        serde_json::from_str(&text).map_or_else(
            |_| {
                let title = format!("Sluice cannot answer at the moment (status {status})");
                ApiError::refused(&title, "Nothing is lost. Try again in a minute.")
            },
            |problem| ApiError::Problem(Box::new(problem)),
        )
    }
}
