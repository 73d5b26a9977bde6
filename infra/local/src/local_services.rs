//! The parts that every local stack has: its ports and its folder, sign-in, certificates, the page, the clock, the controls of tests.
//!
//! The cloud around it differs: engines and functions in this process, or an emulator of AWS beside it.

use std::fs::{self, File};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::middleware::from_fn_with_state;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::clock::Clock;
use crate::folder::{self, StackFile};
use crate::guard::{self, Guard};
use crate::identity::{self, Identity};
use crate::options::Options;
use crate::origin::Origin;
use crate::page::{self, Page};
use crate::pki::{self, Authority};
use crate::ports::Listeners;
use crate::start_error::{StartError, at};
use crate::testing::{self, Controls};
use crate::urls::Urls;

/// How long connections and records get to end before they are cut off.
const GRACE: Duration = Duration::from_secs(5);

/// These parts. Dropped, all that they serve ends at once; [`LocalServices::stop`] ends it in good order.
#[derive(Debug)]
pub struct LocalServices {
    /// Where everything is. A stack whose engines are elsewhere says so here, before it serves.
    pub urls: Urls,
    /// The folder of everything.
    pub state: PathBuf,
    /// The clock that functions and issuer read.
    pub clock: Clock,
    /// The demo CA.
    pub authority: Arc<Authority>,
    /// The issuer.
    pub identity: Arc<Identity>,
    /// All that ends with the stack.
    pub tasks: JoinSet<()>,
    controls: Controls,
    testing: bool,
    page: Option<PathBuf>,
    stopping: watch::Sender<bool>,
    _lock: File,
}

impl LocalServices {
    /// Takes ports and folder, opens what is kept there. Ports first: nothing is touched if one of them is taken.
    pub async fn open(options: &Options) -> Result<(Self, Listeners), StartError> {
        let listeners = Listeners::bind(options.port).await?;
        let state = options.state.clone();
        let urls = listeners.urls(options.issuer.clone()).map_err(at(&state))?;
        fs::create_dir_all(&state).map_err(at(&state))?;
        let lock = folder::lock(&state)?;
        if options.fresh {
            folder::empty(&state).map_err(at(&state))?;
        }
        let clock = Clock::default();
        let open = if options.testing {
            pki::open_with_faults
        } else {
            Authority::open
        };
        let authority = Arc::new(open(&state.join("pki"), clock.now())?);
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
        let file = StackFile {
            issuer: urls.identity.to_string(),
        };
        file.write(&state).map_err(at(&state))?;
        let (stopping, _) = watch::channel(false);
        let services = Self {
            urls,
            state,
            controls: Controls::new(clock.clone()),
            clock,
            authority,
            identity,
            tasks: JoinSet::new(),
            testing: options.testing,
            page: options.page.clone(),
            stopping,
            _lock: lock,
        };
        Ok((services, listeners))
    }

    /// Becomes true when everything is to end.
    pub fn stopping(&self) -> watch::Receiver<bool> {
        self.stopping.subscribe()
    }

    /// True while tests want no message to be taken from the queue.
    pub fn paused(&self) -> watch::Receiver<bool> {
        self.controls.paused.subscribe()
    }

    /// Serves a router until the stack stops, behind the guard.
    pub fn serve(&mut self, listener: TcpListener, origin: Origin, router: Router) {
        let until = stopped(self.stopping());
        let guard = Guard::new(origin, &self.urls);
        let router = router.layer(from_fn_with_state(guard, guard::layer));
        self.tasks.spawn(async move {
            // With whoever is connected: the record of activity names them.
            let router = router.into_make_service_with_connect_info::<SocketAddr>();
            if let Err(error) = axum::serve(listener, router)
                .with_graceful_shutdown(until)
                .await
            {
                tracing::error!(%error, "a server stopped");
            }
        });
    }

    /// Serves sign-in and the demo CA.
    pub fn serve_identity(&mut self, listener: TcpListener) {
        let mut people = identity::router(Arc::clone(&self.identity));
        if self.testing {
            people = people.merge(self.controls.router());
        }
        self.serve(listener, self.urls.identity.clone(), people);
    }

    /// Serves what takes uploads; tests may have an outage of it.
    pub fn serve_uploads(&mut self, listener: TcpListener, mut uploads: Router) {
        if self.testing {
            uploads = uploads.layer(from_fn_with_state(
                Arc::clone(&self.controls.s3_down),
                testing::outage,
            ));
        }
        self.serve(listener, self.urls.s3.clone(), uploads);
    }

    /// Serves the page, with `api` on the same origin.
    pub fn serve_page(&mut self, listener: TcpListener, api: Router) {
        let page = Page {
            folder: self.page.clone(),
            samples: self.state.join("samples"),
            urls: self.urls.clone(),
        };
        self.serve(listener, self.urls.page.clone(), page::router(page, api));
    }

    /// Takes no new work, lets what runs end, and cuts off what takes longer than a few seconds.
    pub async fn stop(mut self) {
        self.stopping.send_replace(true);
        let ended = async { while self.tasks.join_next().await.is_some() {} };
        if tokio::time::timeout(GRACE, ended).await.is_err() {
            self.tasks.shutdown().await;
        }
    }
}

/// Ends when the stack is to end.
pub(crate) async fn stopped(mut stop: watch::Receiver<bool>) {
    // An error says that the stack is gone: that is a stop, too.
    let _ = stop.wait_for(|stop| *stop).await;
}
