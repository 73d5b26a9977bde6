//! The whole: starts every part in order, and stops them in the other.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::middleware::from_fn_with_state;
use serde::{Deserialize, Serialize};
use sluice_functions::stores::schema::create_missing;
use sluice_functions::{Backend, SettingsError};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::clock::Clock;
use crate::demo::{self, DemoError};
use crate::files;
use crate::functions;
use crate::identity::{self, Identity};
use crate::mapping::Mapping;
use crate::origin::Origin;
use crate::page::{self, Page};
use crate::pki::{self, Authority};
use crate::ports::{Listeners, PortError};
use crate::queue::{self, Queues, Settings as QueueSettings};
use crate::s3;
use crate::testing::{self, Controls};

/// The queue that S3 and reviewers' decisions feed.
pub const QUEUE: &str = "sluice-intake";
/// The bucket that takes uploads.
pub const BUCKET: &str = "sluice-inbox";
/// When intake tries a record again that it failed on.
const RETRY: Duration = Duration::from_secs(3);
/// How long connections and records get to end before they are cut off.
const GRACE: Duration = Duration::from_secs(5);

/// How to start.
#[derive(Debug, Clone)]
pub struct Options {
    /// The first of five ports; 0: whichever are free.
    pub port: u16,
    /// Where everything is kept.
    pub state: PathBuf,
    /// The built page, if there is one.
    pub page: Option<PathBuf>,
    /// Forget what `state` holds.
    pub fresh: bool,
    /// Run the functions, with demo data; without them the engines stand alone.
    pub functions: bool,
    /// Test controls on the identity port, and certificates that must be refused.
    pub testing: bool,
    /// How long an access token is good.
    pub token_minutes: u32,
    /// Visibility and dead letters of the queue.
    pub queue: QueueSettings,
}

impl Options {
    /// As `sluice-local up` without options starts, in `state`.
    pub fn new(state: impl Into<PathBuf>) -> Self {
        Self {
            port: 8600,
            state: state.into(),
            page: None,
            fresh: false,
            functions: true,
            testing: false,
            token_minutes: 15,
            queue: QueueSettings::default(),
        }
    }

    /// For tests: free ports, test controls.
    pub fn for_tests(state: impl Into<PathBuf>) -> Self {
        Self {
            port: 0,
            testing: true,
            ..Self::new(state)
        }
    }
}

/// Where everything is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Urls {
    /// The page and the API.
    pub page: Origin,
    /// The `OpenID Connect` issuer and the demo CA.
    pub identity: Origin,
    /// S3.
    pub s3: Origin,
    /// `DynamoDB`.
    pub dynamodb: Origin,
    /// SQS.
    pub sqs: Origin,
}

/// Why a stack does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// Ports.
    #[error(transparent)]
    Port(#[from] PortError),
    /// Another stack has the folder.
    #[error(
        "{0} is in use by another Sluice. Stop it, or give this one a folder of its own: --state"
    )]
    StateInUse(String),
    /// The folder cannot be used.
    #[error("{path} cannot be used for the state: {source}")]
    State {
        /// The folder or file.
        path: String,
        /// What the system says.
        source: io::Error,
    },
    /// The S3 store.
    #[error(transparent)]
    S3(#[from] s3::OpenError),
    /// The demo PKI.
    #[error(transparent)]
    Pki(#[from] pki::Error),
    /// The functions do not take their settings.
    #[error("The functions cannot start: {0}")]
    Settings(#[from] SettingsError),
    /// The demo data.
    #[error(transparent)]
    Demo(#[from] DemoError),
    /// The tables.
    #[error("The tables in {0} cannot be opened: {1}. Start over with --fresh")]
    Tables(String, String),
}

/// What `sluice-local token` needs to know of the stack that has this folder.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Whereabouts {
    issuer: String,
}

/// A running stack. Dropped, it ends at once; [`Stack::stop`] ends it in good order.
#[derive(Debug)]
pub struct Stack {
    urls: Urls,
    identity: Arc<Identity>,
    queues: Queues,
    clock: Clock,
    stopping: watch::Sender<bool>,
    servers: JoinSet<()>,
    /// Held open: says that the folder is taken.
    _lock: File,
}

impl Stack {
    /// Starts everything. Ports first: nothing is touched if one of them is taken.
    pub async fn start(options: Options) -> Result<Self, StartError> {
        let listeners = Listeners::bind(options.port).await?;
        let state = options.state;
        let at = |path: &Path| {
            let path = path.display().to_string();
            move |source| StartError::State { path, source }
        };
        let urls = listeners.urls().map_err(at(&state))?;
        fs::create_dir_all(&state).map_err(at(&state))?;
        let lock = lock(&state)?;
        if options.fresh {
            empty(&state).map_err(at(&state))?;
        }
        let clock = Clock::default();
        let controls = Controls::new(clock.clone());

        let authority = Arc::new(Authority::open(
            &state.join("pki"),
            clock.now(),
            options.testing,
        )?);
        let identity_folder = state.join("identity");
        let identity = Identity::open(
            &identity_folder,
            urls.identity.clone(),
            urls.page.clone(),
            clock.clone(),
            Arc::clone(&authority),
            options.token_minutes,
        );
        let identity = Arc::new(identity.map_err(at(&identity_folder))?);

        let queue_folder = state.join("queue");
        let queues =
            Queues::open(&queue_folder, QUEUE, options.queue).map_err(at(&queue_folder))?;
        let s3_folder = state.join("s3");
        let store = s3::open(&s3_folder, queues.main.clone())?;
        store.create_bucket(BUCKET).map_err(at(&s3_folder))?;
        store.set_versioning(BUCKET, true).map_err(at(&s3_folder))?;

        let whereabouts = Whereabouts {
            issuer: urls.identity.to_string(),
        };
        files::write_json(&state.join("stack.json"), &whereabouts).map_err(at(&state))?;

        let (stopping, stop) = watch::channel(false);
        let mut servers = JoinSet::new();
        let mut people = identity::router(Arc::clone(&identity));
        let mut uploads = s3::router(store, &urls.page);
        if options.testing {
            people = people.merge(controls.router());
            uploads = uploads.layer(from_fn_with_state(
                Arc::clone(&controls.s3_down),
                testing::outage,
            ));
        }
        serve(&mut servers, listeners.identity, people, &stop);
        serve(&mut servers, listeners.s3, uploads, &stop);
        serve(
            &mut servers,
            listeners.sqs,
            queue::router(queues.clone(), urls.sqs.clone()),
            &stop,
        );
        let tables = state.join("dynamodb.sqlite");
        let broken = |error: dynoxide::DynoxideError| {
            StartError::Tables(tables.display().to_string(), error.to_string())
        };
        let database = dynoxide::Database::new(&tables.to_string_lossy()).map_err(broken)?;
        let until = stopped(stop.clone());
        servers.spawn(async move {
            if let Err(error) =
                dynoxide::server::serve_with_shutdown(listeners.dynamodb, database, until).await
            {
                tracing::error!(%error, "the tables stopped");
            }
        });

        let mut api = Router::new();
        if options.functions {
            let backend = functions::backend(&urls, &authority, clock.clone())?;
            let mapping = Mapping {
                queue: queues.main.clone(),
                retry: RETRY,
                stop: stop.clone(),
                paused: controls.paused.subscribe(),
            };
            api = run_functions(&mut servers, mapping, backend, &urls, &state).await?;
        }
        let page = Page {
            folder: options.page,
            samples: state.join("samples"),
            urls: urls.clone(),
        };
        serve(&mut servers, listeners.page, page::router(page, api), &stop);

        Ok(Self {
            urls,
            identity,
            queues,
            clock,
            stopping,
            servers,
            _lock: lock,
        })
    }

    /// Where everything is.
    pub fn urls(&self) -> &Urls {
        &self.urls
    }

    /// The issuer: mints tokens for tests.
    pub fn identity(&self) -> &Identity {
        &self.identity
    }

    /// The queues, to look into.
    pub fn queues(&self) -> &Queues {
        &self.queues
    }

    /// The clock that functions and issuer read.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Takes no new work, lets what runs end, and cuts off what takes longer than a few seconds.
    pub async fn stop(mut self) {
        self.stopping.send_replace(true);
        let ended = async { while self.servers.join_next().await.is_some() {} };
        if tokio::time::timeout(GRACE, ended).await.is_err() {
            self.servers.shutdown().await;
        }
    }
}

/// Mints an access token of the stack in `state`, running or not.
pub fn mint_token(state: &Path, person: &str) -> Result<String, String> {
    let person = crate::demo::people::Person::find(person).ok_or_else(|| {
        let known = crate::demo::people::PEOPLE
            .map(|person| person.id)
            .join(", ");
        format!("There is no demo person {person}. There are: {known}")
    })?;
    let none = format!(
        "There is no stack in {}: start one first, or name its folder with --state",
        state.display()
    );
    let whereabouts: Whereabouts =
        files::read_json(&state.join("stack.json")).map_err(|_| none.clone())?;
    let key = identity::IssuerKey::open(&state.join("identity")).map_err(|_| none)?;
    Ok(identity::mint(
        &key,
        person,
        &whereabouts.issuer,
        Clock::default().seconds(),
        24 * 60 * 60,
    ))
}

/// From here on the engines answer, and the functions are clients of them like any other: makes what is missing, plays the queue's
/// messages to `intake`, and answers with `api`.
async fn run_functions(
    servers: &mut JoinSet<()>,
    mapping: Mapping,
    backend: Arc<Backend>,
    urls: &Urls,
    state: &Path,
) -> Result<Router, StartError> {
    create_missing(&functions::clients(urls).dynamodb, &backend.settings.tables)
        .await
        .map_err(DemoError::from)?;
    demo::prepare(&backend, state).await?;
    let api = sluice_functions::api::router(Arc::clone(&backend));
    mapping.start(servers, move |batch| {
        let backend = Arc::clone(&backend);
        async move { sluice_functions::intake::handle(&backend, batch).await }
    });
    Ok(api)
}

fn serve(
    servers: &mut JoinSet<()>,
    listener: TcpListener,
    router: Router,
    stop: &watch::Receiver<bool>,
) {
    let until = stopped(stop.clone());
    servers.spawn(async move {
        if let Err(error) = axum::serve(listener, router)
            .with_graceful_shutdown(until)
            .await
        {
            tracing::error!(%error, "a server stopped");
        }
    });
}

async fn stopped(mut stop: watch::Receiver<bool>) {
    // An error says that the stack is gone: that is a stop, too.
    let _ = stop.wait_for(|stop| *stop).await;
}

fn lock(state: &Path) -> Result<File, StartError> {
    let path = state.join("lock");
    let named = path.display().to_string();
    let file = File::create(&path).map_err(|source| StartError::State {
        path: named,
        source,
    })?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(_) => Err(StartError::StateInUse(state.display().to_string())),
    }
}

/// Everything but the lock, which is held.
fn empty(state: &Path) -> io::Result<()> {
    for entry in fs::read_dir(state)? {
        let entry = entry?;
        if entry.file_name() == "lock" {
            continue;
        }
        if entry.file_type()?.is_dir() {
            fs::remove_dir_all(entry.path())?;
        } else {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}
