//! What this program is told by its environment, so that its command line is that of `sluice-local`: whoever starts one stack can start
//! the other.

use std::path::PathBuf;

use crate::emulator::Installed;

/// Which emulator a stack uses.
#[derive(Debug)]
pub(crate) enum Cloud {
    /// `SLUICE_LOCALSTACK`: one that runs, by scheme, host and port.
    Running(String),
    /// One of its own, which ends with it.
    Own(Installed),
}

/// Where the tools are.
#[derive(Debug)]
pub(crate) struct Tools {
    /// The emulator.
    pub(crate) cloud: Cloud,
    /// `SLUICE_CARGO_LAMBDA`: the cargo-lambda program.
    pub(crate) cargo_lambda: PathBuf,
    /// The folder of `api` and `intake`: the one that this program is in.
    pub(crate) programs: PathBuf,
    /// `SLUICE_FAKETIME`: the library that shows programs another time, for tests that move the clock; may be absent.
    pub(crate) faketime: Option<PathBuf>,
}

impl Tools {
    /// Reads the process's environment; an error says what is missing.
    pub(crate) fn from_environment() -> Result<Self, String> {
        let need = |name: &str| {
            std::env::var(name)
                .ok()
                .filter(|value| !value.is_empty())
                .ok_or_else(|| format!("{name} is not set: `cargo xtask up --localstack` sets it"))
        };
        let cloud = match (need("SLUICE_LOCALSTACK"), Installed::from_environment()) {
            (Ok(url), _) => Cloud::Running(url.trim_end_matches('/').to_owned()),
            (Err(_), Some(installed)) => Cloud::Own(installed),
            (Err(missing), None) => return Err(missing),
        };
        let this = std::env::current_exe().map_err(|error| error.to_string())?;
        Ok(Self {
            cloud,
            cargo_lambda: need("SLUICE_CARGO_LAMBDA")?.into(),
            programs: this.parent().map(PathBuf::from).unwrap_or_default(),
            faketime: need("SLUICE_FAKETIME").ok().map(PathBuf::from),
        })
    }
}
