//! What this program is told by its environment, so that its command line is that of `sluice-local`: whoever starts one stack can start
//! the other.

use std::path::PathBuf;

/// Where the tools are.
#[derive(Debug)]
pub(crate) struct Surroundings {
    /// `SLUICE_LOCALSTACK`: scheme, host and port of a running `LocalStack`.
    pub(crate) emulator: String,
    /// `SLUICE_CARGO_LAMBDA`: the cargo-lambda program.
    pub(crate) cargo_lambda: PathBuf,
    /// The folder of `api` and `intake`: the one that this program is in.
    pub(crate) programs: PathBuf,
    /// `SLUICE_FAKETIME`: the library that shows programs another time, for tests that move the clock; may be absent.
    pub(crate) faketime: Option<PathBuf>,
}

impl Surroundings {
    /// Reads the process's environment; an error says what is missing.
    pub(crate) fn read() -> Result<Self, String> {
        let need = |name: &str| {
            std::env::var(name)
                .ok()
                .filter(|value| !value.is_empty())
                .ok_or_else(|| format!("{name} is not set: `cargo xtask up --localstack` sets it"))
        };
        let this = std::env::current_exe().map_err(|error| error.to_string())?;
        Ok(Self {
            emulator: need("SLUICE_LOCALSTACK")?.trim_end_matches('/').to_owned(),
            cargo_lambda: need("SLUICE_CARGO_LAMBDA")?.into(),
            programs: this.parent().map(PathBuf::from).unwrap_or_default(),
            faketime: need("SLUICE_FAKETIME").ok().map(PathBuf::from),
        })
    }
}
