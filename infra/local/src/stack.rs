//! The embedded stack: starts every part in order, and stops them in the other.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use sluice_functions::Backend;
use sluice_functions::stores::create_missing;

use crate::account::BUCKET;
use crate::clock::Clock;
use crate::demo::{self, DemoError};
use crate::functions;
use crate::identity::Identity;
use crate::local_services::{LocalServices, stopped};
use crate::mapping::{Mapping, MappingConfig};
use crate::queue::{self, Queues};
use crate::s3;
use crate::start_error::at;
use crate::tables;

pub use crate::folder::{mint_token, mint_token_ahead};
pub use crate::options::Options;
pub use crate::start_error::StartError;
pub use crate::urls::Urls;

/// Messages in a batch. The template's mapping hands them over one by one; here several at once show that they do not
/// touch each other.
const BATCH: usize = 10;
/// Batches at a time.
const AT_ONCE: usize = 4;
/// When intake tries a record again that it failed on.
const RETRY: Duration = Duration::from_secs(3);

/// A running stack. Dropped, it ends at once; [`Stack::stop`] ends it in good order.
#[derive(Debug)]
pub struct Stack {
    services: LocalServices,
    queues: Queues,
}

impl Stack {
    /// Starts everything.
    pub async fn start(options: Options) -> Result<Self, StartError> {
        let (mut services, listeners) = LocalServices::open(&options).await?;
        let urls = services.urls.clone();
        let queue_folder = services.state.join("queue");
        let queues = Queues::open(&queue_folder, options.queue).map_err(at(&queue_folder))?;
        let s3_folder = services.state.join("s3");
        let uploads = queues.intake.clone();
        let store = s3::open(&s3_folder, move |event| uploads.send(event).map(drop))?;
        store.create_bucket(BUCKET).map_err(at(&s3_folder))?;
        store.set_versioning(BUCKET, true).map_err(at(&s3_folder))?;

        services.serve_identity(listeners.identity);
        services.serve_uploads(listeners.s3, s3::router(store, &urls.page));
        services.serve(
            listeners.sqs,
            urls.sqs.clone(),
            queue::router(queues.clone(), urls.sqs.clone()),
        );
        let tables_file = services.state.join("dynamodb.sqlite");
        let broken = |error: dynoxide::DynoxideError| {
            StartError::Tables(tables_file.display().to_string(), error.to_string())
        };
        let database = dynoxide::Database::new(&tables_file.to_string_lossy()).map_err(broken)?;
        let until = stopped(services.stopping());
        let engine = tables::router(database, &mut services.tasks, until).await;
        let engine = engine.map_err(at(&tables_file))?;
        services.serve(listeners.dynamodb, urls.dynamodb.clone(), engine);

        let mut api = Router::new();
        if options.functions {
            let backend = functions::backend(&urls, &services.authority, services.clock.clone())?;
            api = run_functions(&mut services, &queues, backend).await?;
        }
        services.serve_page(listeners.page, api);
        Ok(Self { services, queues })
    }

    /// Where everything is.
    pub fn urls(&self) -> &Urls {
        &self.services.urls
    }

    /// The issuer: mints tokens for tests.
    pub fn identity(&self) -> &Identity {
        &self.services.identity
    }

    /// The queues, to look into.
    pub fn queues(&self) -> &Queues {
        &self.queues
    }

    /// The clock that functions and issuer read.
    pub fn clock(&self) -> &Clock {
        &self.services.clock
    }

    /// Takes no new work, lets what runs end, and cuts off what takes longer than a few seconds.
    pub async fn stop(self) {
        self.services.stop().await;
    }
}

/// From here on the engines answer, and the functions are clients of them like any other: makes what is missing, plays the queues'
/// messages to `intake`, and answers with `api`.
async fn run_functions(
    services: &mut LocalServices,
    queues: &Queues,
    backend: Arc<Backend>,
) -> Result<Router, StartError> {
    create_missing(
        &functions::clients(&services.urls).dynamodb,
        &backend.settings.tables,
    )
    .await
    .map_err(DemoError::from)?;
    demo::prepare(&backend, &services.state).await?;
    let api = sluice_functions::api::router(Arc::clone(&backend));
    for queue in queues.working() {
        let mapping = Mapping {
            source: queue.clone(),
            config: MappingConfig {
                batch: BATCH,
                window: Duration::ZERO,
                at_once: AT_ONCE,
                hold: Some(queue.settings().visibility),
                retry: Some(RETRY),
            },
            stop: services.stopping(),
            paused: services.paused(),
        };
        let backend = Arc::clone(&backend);
        mapping.start(&mut services.tasks, move |batch| {
            let backend = Arc::clone(&backend);
            async move { sluice_functions::intake::handle(&backend, batch).await }
        });
    }
    Ok(api)
}
