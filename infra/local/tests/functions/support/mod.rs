//! A world to play in: engines, the demonstration's people and data, both functions by hand.
//!
//! The engines are those of `sluice-local`, each world with its own, or, where the environment variable `SLUICE_ENGINES` names one
//! (`http://127.0.0.1:4566`), a running `LocalStack`, where each world has tables, bucket and queues of its own. Identity and PKI
//! are the embedded ones either way.

mod calls;
mod child;
mod clocks;
mod files;
mod localstack;
mod place;
mod queue;
mod sending;
mod signer;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicI64, AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use sluice_functions::metrics::Metric;
use sluice_functions::stores::schema::create_missing;
use sluice_functions::{Backend, Ports};
use sluice_local::demo;
use sluice_local::pki::Authority;
use sluice_local::stack::{Options, Stack};

pub(crate) use calls::send;
pub(crate) use child::Child;
pub(crate) use clocks::{Stop, clock};
pub(crate) use place::Place;
pub(crate) use queue::{Queue, Received, event, messages};
pub(crate) use sending::put;
pub(crate) use signer::Signer;

pub(crate) const IMPORT: &str = "90-B3-D5-1F-30-01-00-00";
pub(crate) const GAS: &str = "90-B3-D5-1F-30-02-00-00";
/// The event of the GS User ID: 100,000, half of them of 7.2, of which 200 a day may be sent.
pub(crate) const LARGE: &str = "18446744073709551617";

pub(crate) struct World {
    pub(crate) stack: Stack,
    /// Where its tables, bucket and queues are.
    pub(crate) place: Place,
    pub(crate) backend: Arc<Backend>,
    pub(crate) queue: Queue,
    pub(crate) authority: Authority,
    pub(crate) stop: Arc<Stop>,
    pub(crate) metered: Arc<Mutex<Vec<Metric>>>,
    ahead: Arc<AtomicI64>,
    folder: PathBuf,
}

impl Drop for World {
    fn drop(&mut self) {
        localstack::remove(&self.place);
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

impl World {
    /// Engines, tables, people, thresholds in force, quarantine events.
    pub(crate) async fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("sluice-{}-{number}", std::process::id());
        let folder = std::env::temp_dir().join(&name);
        let options = Options {
            functions: false,
            testing: false,
            ..Options::for_tests(&folder)
        };
        let stack = Stack::start(options).await.unwrap();
        let authority = Authority::open(&folder.join("pki"), stack.clock().now(), true).unwrap();
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
        demo::prepare(&backend, &folder).await.unwrap();
        let world = Self {
            queue: place.queue(),
            stack,
            place,
            backend,
            authority,
            stop,
            metered,
            ahead,
            folder,
        };
        assert_eq!(
            world.run_intake().await,
            [true],
            "S3's test event, which comes first, is dropped"
        );
        world
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }
}
