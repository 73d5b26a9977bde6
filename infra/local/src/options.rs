//! How a stack starts.

use std::path::PathBuf;

use clap::Args;

use crate::other_issuer::OtherIssuer;
use crate::queue::Settings as QueueSettings;

/// The folder that a stack keeps everything in, if nobody names another.
pub(crate) const STATE: &str = ".sluice/state";
const PORT: u16 = 8600;
const TOKEN_MINUTES: u32 = 15;

/// How to start. The options of `up`, and what tests may change beside.
#[derive(Debug, Clone, PartialEq, Eq, Args)]
pub struct Options {
    /// The first of five ports; 0: whichever are free
    #[arg(long, default_value_t = PORT)]
    pub port: u16,
    /// The folder to keep everything in
    #[arg(long, default_value = STATE)]
    pub state: PathBuf,
    /// The folder of the built page
    #[arg(long)]
    pub page: Option<PathBuf>,
    /// Start over: forget everything in the state folder
    #[arg(long)]
    pub fresh: bool,
    /// Run the functions, with demo data; without them the engines stand alone.
    #[arg(skip = true)]
    pub functions: bool,
    /// Serve test controls on the identity port, and make certificates that must be refused
    #[arg(long)]
    pub testing: bool,
    /// How long a sign-in lasts
    #[arg(long, value_name = "MINUTES", default_value_t = TOKEN_MINUTES)]
    pub token_minutes: u32,
    /// Let another issuer sign people in, whose client the page is as sluice-page; nobody gets a certificate here then
    #[arg(long, value_name = "ADDRESS", value_parser = OtherIssuer::parse)]
    pub issuer: Option<OtherIssuer>,
    /// Visibility and dead letters of the queue.
    #[arg(skip)]
    pub queue: QueueSettings,
}

impl Options {
    /// As `sluice-local up` without options starts, in `state`.
    pub fn new(state: impl Into<PathBuf>) -> Self {
        Self {
            port: PORT,
            state: state.into(),
            page: None,
            fresh: false,
            functions: true,
            testing: false,
            token_minutes: TOKEN_MINUTES,
            issuer: None,
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
