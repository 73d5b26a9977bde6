//! A browser is told of those headers alone that an upload's address binds: storage's CORS rule lets it send no others.

use std::collections::BTreeSet;

use aws_sdk_dynamodb::config::interceptors::BeforeTransmitInterceptorContextMut;
use aws_sdk_dynamodb::config::{ConfigBag, Intercept, RuntimeComponents};
use aws_sdk_dynamodb::error::BoxError;
use axum::body::Body;
use http::{Method, Request, StatusCode};
use serde_json::Value;
use sluice_functions::api;

use super::support::{IMPORT, World, send};
use super::watched::watched;

/// As the SDK does in Lambda, where a request belongs to a trace.
#[derive(Debug, Clone)]
struct Traced;

impl Intercept for Traced {
    fn name(&self) -> &'static str {
        "Traced"
    }

    fn modify_before_signing(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let headers = context.request_mut().headers_mut();
        headers.insert(
            "x-amzn-trace-id",
            "Root=1-67891233-abcdef012345678912345678",
        );
        Ok(())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_sdk_adds_stays_here() {
    let world = World::new().await;
    let backend = watched(&world, &Traced);
    let file = world.adt(IMPORT, |_, level| Some(level)).await;
    let signature = world.signer("supplier-aro-1").sign(&file, world.now());
    let request = Request::builder()
        .method(Method::POST)
        .uri("/api/submissions")
        .header(
            "authorization",
            format!("Bearer {}", world.token("supplier-submitter")),
        )
        .header("content-type", "application/json")
        .header("idempotency-key", "traced-upload")
        .body(Body::from(
            World::request("adt", &file, &signature).to_string(),
        ))
        .unwrap();
    let (status, _, bytes) = send(api::router(backend), request).await;
    assert_eq!(
        status,
        StatusCode::CREATED,
        "{}",
        String::from_utf8_lossy(&bytes)
    );
    let started: Value = serde_json::from_slice(&bytes).unwrap();
    let told: BTreeSet<&str> = started["upload"]["headers"]
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    // As in the template's CORS rule.
    assert_eq!(
        told,
        BTreeSet::from(["content-type", "if-none-match", "x-amz-checksum-sha256"])
    );
}
