//! Asking the API, as a person. Answers are JSON here: what a page reads is what tests hold to its words.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use http::{Method, Request, StatusCode};
use http_body_util::BodyExt;
use serde::Serialize;
use serde_json::Value;
use sluice_functions::api;
use sluice_functions::stores::SubmissionRecord;
use sluice_local::demo::people::{Organisation, Person};
use sluice_shared::api::{StartSubmission, SubmissionStarted};
use sluice_shared::directory::Entrance;
use sluice_shared::identifiers::OrganisationId;
use sluice_testing::Client;
use tower::ServiceExt;

use super::World;

impl World {
    /// The whole API. As a function does it, one answers all requests: making it makes the `OpenAPI` document, which takes longer than most
    /// answers.
    pub(crate) fn router(&self) -> Router {
        let mut made = self.router.lock().unwrap();
        let of_this_backend = made
            .as_ref()
            .filter(|(backend, _)| Arc::ptr_eq(backend, &self.backend));
        if let Some((_, router)) = of_this_backend {
            return router.clone();
        }
        let router = api::router(Arc::clone(&self.backend));
        *made = Some((Arc::clone(&self.backend), router.clone()));
        router
    }

    pub(crate) fn token(&self, person: &str) -> String {
        self.stack
            .identity()
            .access_token(Person::find(person).unwrap(), 600)
    }

    /// The API at the entrance where somebody of the demonstration is answered.
    pub(crate) fn client(&self, person: &str) -> Client {
        let client = Client::in_process(self.router(), self.token(person));
        client.at(self.entrance(person))
    }

    /// Where somebody of the demonstration asks: as they were registered first, unless a test says otherwise.
    pub(crate) fn entrance(&self, person: &str) -> Entrance {
        let moved = self.moved.lock().unwrap().get(person).copied();
        moved.unwrap_or(match Person::find(person).unwrap().organisation {
            Organisation::Dcc => Entrance::Staff,
            Organisation::LargeSupplier | Organisation::NetworkOperator => Entrance::Users,
        })
    }

    /// From here on somebody asks at this entrance.
    pub(crate) fn asks_at(&self, entrance: Entrance, person: &str) {
        let mut moved = self.moved.lock().unwrap();
        moved.insert(person.to_owned(), entrance);
    }

    /// A submission as it is on record, which it has to be.
    pub(crate) async fn record(&self, reference: &str) -> SubmissionRecord {
        let id = reference.parse().unwrap();
        let found = self.backend.submissions.find(&id).await;
        found.unwrap().unwrap()
    }

    /// Its receipt, if there is one.
    pub(crate) async fn receipt(&self, reference: &str) -> Option<Vec<u8>> {
        let record = self.record(reference).await;
        self.backend.submissions.receipt(&record).await.unwrap()
    }

    pub(crate) async fn get(&self, person: &str, path: &str) -> (StatusCode, Value) {
        self.call(Method::GET, person, path, &[], None).await
    }

    /// The answer of a `GET` that has to succeed.
    pub(crate) async fn get_json(&self, person: &str, path: &str) -> Value {
        self.client(person).get(path).await.unwrap()
    }

    /// Starts a submission that has to start: 201, or 200 when the same came before.
    pub(crate) async fn start(
        &self,
        person: &str,
        key: &str,
        request: &StartSubmission,
    ) -> (StatusCode, SubmissionStarted) {
        self.client(person).start(key, request).await.unwrap()
    }

    /// A `POST` whose answer may be a problem. `body`: one of the API's types, or JSON that is none.
    pub(crate) async fn post(
        &self,
        person: &str,
        path: &str,
        key: &str,
        body: &impl Serialize,
    ) -> (StatusCode, Value) {
        let body = serde_json::to_value(body).unwrap();
        let key = [("idempotency-key", key)];
        self.call(Method::POST, person, path, &key, Some(&body))
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
        let body = body.map_or_else(Vec::new, |body| body.to_string().into_bytes());
        let client = self.client(person);
        let answer = client.send_raw(method, path, headers, body).await.unwrap();
        (
            answer.status(),
            serde_json::from_slice(answer.body()).unwrap_or(Value::Null),
        )
    }
}

/// The organisation of most tests.
pub(crate) fn supplier() -> OrganisationId {
    Organisation::LargeSupplier.id().parse().unwrap()
}

/// Sends a request as it is, with or without a token.
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
