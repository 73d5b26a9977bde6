//! Backends whose calls to the cloud somebody looks at.

use std::sync::Arc;

use aws_sdk_dynamodb::config::Intercept;
use sluice_functions::{Backend, Clients, inbox::Inbox};

use super::support::World;

/// A backend like the world's; every call to tables, inbox and queue goes past `interceptor`.
pub(crate) fn watched<I: Intercept + Clone + 'static>(
    world: &World,
    interceptor: &I,
) -> Arc<Backend> {
    let clients = world.place.clients();
    macro_rules! watching {
        ($sdk:ident, $client:expr) => {
            $sdk::Client::from_conf(
                $client
                    .config()
                    .to_builder()
                    .interceptor(interceptor.clone())
                    .build(),
            )
        };
    }
    let clients = Clients {
        s3: clients.s3.clone(),
        dynamodb: watching!(aws_sdk_dynamodb, clients.dynamodb),
        sqs: watching!(aws_sdk_sqs, clients.sqs),
        kms: clients.kms,
        sts: clients.sts,
    };
    let settings = (*world.backend.settings).clone();
    let s3 = watching!(aws_sdk_s3, clients.s3.client());
    let inbox = Inbox::new(s3, &settings.inbox_bucket);
    Backend::new(&clients, Some(inbox), settings, world.backend.ports.clone()).unwrap()
}
