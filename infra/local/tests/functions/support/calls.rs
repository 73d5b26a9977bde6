//! Asking the API, as a person.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use http::{Method, Request, StatusCode};
use http_body_util::BodyExt;
use serde_json::Value;
use sluice_functions::api;
use sluice_local::demo::people::Person;
use tower::ServiceExt;

use super::World;

impl World {
    pub(crate) fn router(&self) -> Router {
        api::router(Arc::clone(&self.backend))
    }

    pub(crate) fn token(&self, person: &str) -> String {
        self.stack
            .identity()
            .access_token(Person::find(person).unwrap(), 600)
    }

    pub(crate) async fn get(&self, person: &str, path: &str) -> (StatusCode, Value) {
        self.call(Method::GET, person, path, &[], None).await
    }

    /// The answer of a `GET` that has to succeed.
    pub(crate) async fn read(&self, person: &str, path: &str) -> Value {
        let (status, body) = self.get(person, path).await;
        assert_eq!(status, StatusCode::OK, "{path}: {body}");
        body
    }

    pub(crate) async fn post(
        &self,
        person: &str,
        path: &str,
        key: &str,
        body: &Value,
    ) -> (StatusCode, Value) {
        self.call(
            Method::POST,
            person,
            path,
            &[("idempotency-key", key)],
            Some(body),
        )
        .await
    }

    pub(crate) async fn call(
        &self,
        method: Method,
        person: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<&Value>,
    ) -> (StatusCode, Value) {
        let mut request = Request::builder()
            .method(method)
            .uri(format!("/api{path}"))
            .header("authorization", format!("Bearer {}", self.token(person)))
            .header("content-type", "application/json");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let body = body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
        let (status, _, bytes) = send(self.router(), request.body(body).unwrap()).await;
        (
            status,
            serde_json::from_slice(&bytes).unwrap_or(Value::Null),
        )
    }
}

pub(crate) async fn send(
    router: Router,
    request: Request<Body>,
) -> (StatusCode, http::HeaderMap, Vec<u8>) {
    let response = router.oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    (
        parts.status,
        parts.headers,
        body.collect().await.unwrap().to_bytes().to_vec(),
    )
}
