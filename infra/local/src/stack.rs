//! The embedded stack: starts every part in order, and stops them in the other.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use sluice_functions::Backend;
use sluice_functions::stores::create_missing;

use crate::clock::Clock;
use crate::demo::{self, DemoError};
use crate::functions;
use crate::ground::{Ground, at, stopped};
use crate::identity::Identity;
use crate::mapping::{Manner, Mapping};
use crate::queue::{self, Queues};
use crate::s3;

pub use crate::folder::mint_token;
pub use crate::ground::{StartError, Urls};
pub use crate::options::Options;

/// The queue that S3 and reviewers' decisions feed.
pub const QUEUE: &str = "sluice-intake";
/// The bucket that takes uploads.
pub const BUCKET: &str = "sluice-inbox";
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
    ground: Ground,
    queues: Queues,
}

impl Stack {
    /// Starts everything.
    pub async fn start(options: Options) -> Result<Self, StartError> {
        let (mut ground, listeners) = Ground::open(&options).await?;
        let urls = ground.urls.clone();
        let queue_folder = ground.state.join("queue");
        let queues =
            Queues::open(&queue_folder, QUEUE, options.queue).map_err(at(&queue_folder))?;
        let s3_folder = ground.state.join("s3");
        let store = s3::open(&s3_folder, queues.main.clone())?;
        store.create_bucket(BUCKET).map_err(at(&s3_folder))?;
        store.set_versioning(BUCKET, true).map_err(at(&s3_folder))?;

        ground.serve_identity(listeners.identity);
        ground.serve_uploads(listeners.s3, s3::router(store, &urls.page));
        ground.serve(
            listeners.sqs,
            queue::router(queues.clone(), urls.sqs.clone()),
        );
        let tables = ground.state.join("dynamodb.sqlite");
        let broken = |error: dynoxide::DynoxideError| {
            StartError::Tables(tables.display().to_string(), error.to_string())
        };
        let database = dynoxide::Database::new(&tables.to_string_lossy()).map_err(broken)?;
        let until = stopped(ground.stopping());
        ground.tasks.spawn(async move {
            if let Err(error) =
                dynoxide::server::serve_with_shutdown(listeners.dynamodb, database, until).await
            {
                tracing::error!(%error, "the tables stopped");
            }
        });

        let mut api = Router::new();
        if options.functions {
            let backend = functions::backend(&urls, &ground.authority, ground.clock.clone())?;
            api = run_functions(&mut ground, &queues, backend).await?;
        }
        ground.serve_page(listeners.page, api);
        Ok(Self { ground, queues })
    }

    /// Where everything is.
    pub fn urls(&self) -> &Urls {
        &self.ground.urls
    }

    /// The issuer: mints tokens for tests.
    pub fn identity(&self) -> &Identity {
        &self.ground.identity
    }

    /// The queues, to look into.
    pub fn queues(&self) -> &Queues {
        &self.queues
    }

    /// The clock that functions and issuer read.
    pub fn clock(&self) -> &Clock {
        &self.ground.clock
    }

    /// Takes no new work, lets what runs end, and cuts off what takes longer than a few seconds.
    pub async fn stop(self) {
        self.ground.stop().await;
    }
}

/// From here on the engines answer, and the functions are clients of them like any other: makes what is missing, plays the queue's
/// messages to `intake`, and answers with `api`.
async fn run_functions(
    ground: &mut Ground,
    queues: &Queues,
    backend: Arc<Backend>,
) -> Result<Router, StartError> {
    create_missing(
        &functions::clients(&ground.urls).dynamodb,
        &backend.settings.tables,
    )
    .await
    .map_err(DemoError::from)?;
    demo::prepare(&backend, &ground.state).await?;
    let api = sluice_functions::api::router(Arc::clone(&backend));
    let mapping = Mapping {
        source: queues.main.clone(),
        manner: Manner {
            batch: BATCH,
            window: Duration::ZERO,
            at_once: AT_ONCE,
            hold: Some(queues.main.settings().visibility),
            retry: Some(RETRY),
        },
        stop: ground.stopping(),
        paused: ground.paused(),
    };
    mapping.start(&mut ground.tasks, move |batch| {
        let backend = Arc::clone(&backend);
        async move { sluice_functions::intake::handle(&backend, batch).await }
    });
    Ok(api)
}
