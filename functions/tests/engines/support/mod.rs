//! A world to play in: engines, the demonstration's people and data, both functions by hand.
//!
//! The engines are those of `sluice-local`, each world with its own, or, where the environment variable `SLUICE_ENGINES` names one
//! (`http://127.0.0.1:4566`), a running `LocalStack`, where each world has tables, bucket and queues of its own. Identity and PKI
//! are the embedded ones either way.

mod administering;
mod calls;
mod child;
mod clocks;
mod files;
mod forging;
mod lines;
mod localstack;
mod machines;
mod outage;
mod pki;
mod place;
mod proxy;
mod queue;
mod reviewing;
pub(crate) mod secrets;
mod sending;
mod signer;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicI64, AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use axum::Router;
use sluice_functions::metrics::Metric;
use sluice_functions::stores::create_missing;
use sluice_functions::{Backend, Ports};
use sluice_local::demo::{self, LargeEvent};
use sluice_local::pki::Authority;
use sluice_local::stack::{Options, Stack, Urls};
use sluice_shared::directory::Entrance;
use sluice_testing::TestFolder;

pub(crate) use administering::{NEWCOMER, change_reason, signed_as_json};
pub(crate) use calls::{send, supplier};
pub(crate) use child::Child;
pub(crate) use clocks::{Stop, clock};
pub(crate) use files::testkit_file;
pub(crate) use lines::Lines;
pub(crate) use machines::{FORECAST, GATEWAY, MONITOR, answered};
pub(crate) use outage::Outage;
pub(crate) use place::Place;
pub(crate) use proxy::{ALL_THROTTLED, BROKEN, Call, Fate, Proxy, S3_BROKEN, SLOW_DOWN, THROTTLED};
pub(crate) use queue::{Queues, Received, event, message_with, messages};
pub(crate) use reviewing::{Asked, decision, reason, signed};
pub(crate) use sending::put;
pub(crate) use sluice_local::pki::Signer;

pub(crate) const IMPORT: &str = "90-B3-D5-1F-30-01-00-00";
pub(crate) const GAS: &str = "90-B3-D5-1F-30-02-00-00";
/// The event of the GS User ID: 100,000, half of them of 7.2, of which 200 a day may be sent.
pub(crate) const LARGE: &str = "18446744073709551617";

pub(crate) struct World {
    pub(crate) stack: Stack,
    /// Where its tables, bucket and queues are.
    pub(crate) place: Place,
    pub(crate) backend: Arc<Backend>,
    pub(crate) queues: Queues,
    pub(crate) authority: Authority,
    pub(crate) stop: Arc<Stop>,
    pub(crate) metered: Arc<Mutex<Vec<Metric>>>,
    ahead: Arc<AtomicI64>,
    /// Who asks at another entrance than at first.
    moved: Mutex<BTreeMap<String, Entrance>>,
    /// What answers, and for which backend it was made.
    router: Mutex<Option<(Arc<Backend>, Router)>>,
    /// Last: what writes there ends before it is removed.
    folder: TestFolder,
}

impl Drop for World {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            let found = secrets::found();
            assert!(found.is_empty(), "logged: {found:#?}");
        }
        localstack::remove(&self.place);
    }
}

impl World {
    /// Engines, tables, people, thresholds in force, small quarantine events.
    pub(crate) async fn new() -> Self {
        // Boxed: a world is large, and so would be every test that has one.
        Box::pin(Self::started(LargeEvent::LeftOut)).await
    }

    /// The same with the event [`LARGE`].
    pub(crate) async fn with_large_event() -> Self {
        Box::pin(Self::started(LargeEvent::Made)).await
    }

    async fn started(large: LargeEvent) -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        Lines::collect();
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("sluice-{}-{number}", std::process::id());
        let test_folder = TestFolder::new().unwrap();
        let folder = test_folder.path();
        let authority = pki::open_copy(&folder.join("pki"));
        let options = Options {
            functions: false,
            testing: false,
            ..Options::for_tests(folder)
        };
        let stack = Stack::start(options).await.unwrap();
        let place = Place::chosen(stack.urls(), &name, &folder.join("pki"));
        localstack::prepare(&place).await;
        let ahead = Arc::new(AtomicI64::new(0));
        let stop = Arc::new(Stop::default());
        let metered: Arc<Mutex<Vec<Metric>>> = Arc::default();
        let ports = Ports {
            clock: clock(Arc::clone(&ahead)),
            step: clocks::panics_at(Arc::clone(&stop)),
            meter: {
                let metered = Arc::clone(&metered);
                Arc::new(move |metric, _| metered.lock().unwrap().push(metric))
            },
            ..Ports::system()
        };
        let backend = place.backend(ports);
        create_missing(&place.clients().dynamodb, &backend.settings.tables)
            .await
            .unwrap();
        demo::seed(&backend, folder, large).await.unwrap();
        let world = Self {
            queues: place.queues(),
            stack,
            place,
            backend,
            authority,
            stop,
            metered,
            ahead,
            moved: Mutex::default(),
            router: Mutex::default(),
            folder: test_folder,
        };
        let first = world.queues.one().await;
        assert!(first.body.contains("s3:TestEvent"), "{first:?}");
        assert_eq!(world.hand_over(&[first]).await, [true], "it is dropped");
        world
    }

    /// From here on the functions' calls to the tables go through a proxy.
    pub(crate) async fn tables_behind(
        &mut self,
        fate: impl Fn(&Call) -> Fate + Send + Sync + 'static,
    ) -> Proxy {
        let proxy = Proxy::start(&self.place.urls.dynamodb, fate).await;
        self.behind(|urls| urls.dynamodb = proxy.origin.clone());
        proxy
    }

    /// From here on the functions' calls to the inbox go through a proxy, and uploads that they presign do, too.
    pub(crate) async fn inbox_behind(
        &mut self,
        fate: impl Fn(&Call) -> Fate + Send + Sync + 'static,
    ) -> Proxy {
        let proxy = Proxy::start(&self.place.urls.s3, fate).await;
        self.behind(|urls| urls.s3 = proxy.origin.clone());
        proxy
    }

    /// From here on the functions' calls to the queue go through a proxy.
    pub(crate) async fn queue_behind(
        &mut self,
        fate: impl Fn(&Call) -> Fate + Send + Sync + 'static,
    ) -> Proxy {
        let proxy = Proxy::start(&self.place.urls.sqs, fate).await;
        self.behind(|urls| urls.sqs = proxy.origin.clone());
        proxy
    }

    fn behind(&mut self, change: impl FnOnce(&mut Urls)) {
        let mut place = self.place.clone();
        change(&mut place.urls);
        self.backend = place.impatient().backend(self.backend.ports.clone());
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }
}
