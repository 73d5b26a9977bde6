//! How a stack starts.

use std::path::PathBuf;

use crate::queue::Settings as QueueSettings;

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
