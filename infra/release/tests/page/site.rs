//! A server that answers each address as a test says.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};

/// One answer.
#[derive(Clone)]
pub(crate) struct Answer {
    pub(crate) bytes: Vec<u8>,
    pub(crate) policy: Option<String>,
    /// Where it sends whoever asks, instead.
    pub(crate) leads_to: Option<String>,
    is_compressed: bool,
}

impl Answer {
    pub(crate) fn new(bytes: Vec<u8>) -> Self {
        Self {
            bytes,
            policy: None,
            leads_to: None,
            is_compressed: false,
        }
    }

    pub(crate) fn with_policy(mut self, policy: &str) -> Self {
        self.policy = Some(policy.to_owned());
        self
    }

    pub(crate) fn compress(&mut self) {
        let plain = std::mem::take(&mut self.bytes);
        let mut writer = brotli::CompressorWriter::new(&mut self.bytes, 4_096, 5, 20);
        writer.write_all(&plain).unwrap();
        drop(writer);
        self.is_compressed = true;
    }

    fn respond(&self) -> Response {
        if let Some(to) = &self.leads_to {
            return Redirect::to(to).into_response();
        }
        let mut response = self.bytes.clone().into_response();
        if self.is_compressed {
            let headers = response.headers_mut();
            headers.insert(header::CONTENT_ENCODING, "br".parse().unwrap());
        }
        if let Some(policy) = &self.policy {
            let policy = policy.parse().unwrap();
            let headers = response.headers_mut();
            headers.insert(header::CONTENT_SECURITY_POLICY, policy);
        }
        response
    }
}

/// All of them, by path.
pub(crate) struct Site {
    pub(crate) answers: BTreeMap<String, Answer>,
}

impl Site {
    /// Serves it on a port of this machine until the test ends, and gives its address.
    pub(crate) async fn serve(self) -> reqwest::Url {
        let answers = Arc::new(self.answers);
        let answer = move |request: Request| {
            let answer = answers.get(request.uri().path());
            let response =
                answer.map_or_else(|| StatusCode::NOT_FOUND.into_response(), Answer::respond);
            async move { response }
        };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = Router::new().fallback(answer);
        tokio::spawn(async move { axum::serve(listener, router).await });
        format!("http://{address}/").parse().unwrap()
    }
}
