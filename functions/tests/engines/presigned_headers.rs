//! A browser is told of those headers alone that an upload's address binds: storage's CORS rule lets it send no others.

use sluice_shared::files::FileKind;
use std::collections::BTreeSet;

use aws_sdk_dynamodb::config::interceptors::BeforeTransmitInterceptorContextMut;
use aws_sdk_dynamodb::config::{ConfigBag, Intercept, RuntimeComponents};
use aws_sdk_dynamodb::error::BoxError;
use sluice_functions::api;

use sluice_testing::Client;

use super::support::{IMPORT, World};
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
    let signature = world
        .signer("supplier-aro-1")
        .sign(&file, world.now())
        .unwrap();
    let request = World::request(FileKind::Adt, &file, &signature);
    let client = Client::in_process(api::router(backend), world.token("supplier-submitter"));
    let (_, started) = client.start("traced-upload", &request).await.unwrap();
    let told: BTreeSet<_> = started.upload.unwrap().headers.into_keys().collect();
    // As in the template's CORS rule.
    assert_eq!(
        told,
        BTreeSet::from(
            ["content-type", "if-none-match", "x-amz-checksum-sha256"].map(str::to_owned)
        )
    );
}
