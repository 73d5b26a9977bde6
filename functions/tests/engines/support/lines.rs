//! What the functions log.

use std::io;
use std::sync::{Arc, Mutex, OnceLock};

use serde_json::Value;
use sluice_functions::logs;

use super::secrets;

/// What all tests of this process log; each looks for an id of its own.
#[derive(Clone, Default)]
pub(crate) struct Lines(Arc<Mutex<Vec<u8>>>);

impl io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        secrets::search(&String::from_utf8_lossy(bytes));
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Lines {
    /// From the first call on, everything is collected, and searched for what tests sent. It is logged as in production, at the most
    /// talkative level that there is.
    pub(crate) fn collect() -> &'static Self {
        static LINES: OnceLock<Lines> = OnceLock::new();
        LINES.get_or_init(|| {
            let lines = Self::default();
            let writer = lines.clone();
            let subscriber = logs::subscriber("trace", move || writer.clone());
            tracing::subscriber::set_global_default(subscriber).unwrap();
            lines
        })
    }

    /// The lines under a correlation id.
    pub(crate) fn of_request(&self, id: &str) -> Vec<Value> {
        self.under("correlation_id", id)
    }

    /// What `intake` says of a message.
    pub(crate) fn of_message(&self, id: &str) -> Vec<Value> {
        self.under("message", id)
    }

    /// Every line.
    pub(crate) fn all(&self) -> Vec<Value> {
        String::from_utf8(self.0.lock().unwrap().clone())
            .unwrap()
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }

    /// The lines whose span has this field; every line has to be JSON.
    fn under(&self, field: &str, id: &str) -> Vec<Value> {
        let mut lines = self.all();
        lines.retain(|line| line["span"][field] == id);
        lines
    }
}
