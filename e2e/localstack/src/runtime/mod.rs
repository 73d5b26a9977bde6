//! Lambda: cargo-lambda's runtime API, the functions' own processes before it, and the way to invoke them.

mod invoke;
mod process;
mod watch;

use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;

use sluice_functions::Function;
use tokio::task::JoinSet;

pub(crate) use invoke::Invoker;

/// How many processes of each function there are. Lambda starts one for each request that comes while the others work; here are
/// two cores.
pub(crate) const PROCESSES: usize = 4;

/// What the functions are started with.
#[derive(Debug)]
pub(crate) struct RuntimeConfig {
    /// The cargo-lambda program.
    pub(crate) cargo_lambda: PathBuf,
    /// The folder of their built programs.
    pub(crate) programs: PathBuf,
    /// Where what they say goes, one file each.
    pub(crate) logs: PathBuf,
    /// The environment of each: what the template sets, and where the emulators are.
    pub(crate) environments: BTreeMap<Function, BTreeMap<String, String>>,
}

/// Why there are no functions.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RuntimeError {
    /// cargo-lambda does not start.
    #[error("cargo-lambda does not start: {0}. What it said is in {1}")]
    Watch(String, String),
    /// A file or a program.
    #[error("{path}: {source}")]
    File {
        /// Which.
        path: String,
        /// What the system says.
        source: io::Error,
    },
}

/// Running functions. Dropped, they end.
#[derive(Debug)]
pub(crate) struct Runtime {
    base: String,
    _watch: watch::Watch,
    _processes: JoinSet<()>,
}

impl Runtime {
    /// Starts cargo-lambda and the processes, all on loopback.
    pub(crate) async fn start(config: &RuntimeConfig) -> Result<Self, RuntimeError> {
        let watch = watch::Watch::start(&config.cargo_lambda, &config.logs).await?;
        let base = watch.base();
        let mut processes = JoinSet::new();
        for (&function, environment) in &config.environments {
            for number in 1..=PROCESSES {
                processes.spawn(process::keep(config, function, environment, number, &base)?);
            }
        }
        Ok(Self {
            base,
            _watch: watch,
            _processes: processes,
        })
    }

    /// Scheme, host and port of the runtime.
    pub(crate) fn base(&self) -> &str {
        &self.base
    }
}
