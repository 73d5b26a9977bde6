//! Why a stack does not start: sentences for the person at the terminal.

use std::io;
use std::path::Path;

use sluice_functions::SettingsError;

use crate::demo::DemoError;
use crate::pki;
use crate::ports::PortError;
use crate::s3;

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

pub(crate) fn at(path: &Path) -> impl FnOnce(io::Error) -> StartError + use<> {
    let path = path.display().to_string();
    move |source| StartError::State { path, source }
}
