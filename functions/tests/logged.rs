//! What gets into the log at its most talkative, and what does not. One test: the hook and the subscriber are the process's.
#![allow(clippy::unwrap_used)]
use std::{
    io,
    sync::{Arc, Mutex},
};

use sluice_functions::logs;

#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn neither_a_panics_words_nor_what_others_say_in_detail_are_logged() {
    let lines = Lines::default();
    let writer = lines.clone();
    let subscriber = logs::subscriber("TRACE", move || writer.clone());
    tracing::subscriber::set_global_default(subscriber).unwrap();

    tracing::trace!(target: "sluice_functions::intake", "our detail");
    tracing::info!(target: "aws_smithy_runtime", "their news");
    tracing::debug!(target: "aws_smithy_runtime", "a whole request");
    tracing::trace!(target: "axum::rejection", "a whole body");

    std::panic::set_hook(Box::new(logs::panicked));
    let text = String::from("threshold 648291753 é");
    let outcome = std::panic::catch_unwind(|| text[..text.len() - 1].len());
    let _ = std::panic::take_hook();
    assert!(outcome.is_err(), "it is cut inside a character");

    let logged = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
    for said in ["our detail", "their news", "panicked", "logged.rs:"] {
        assert!(logged.contains(said), "{said} in {logged}");
    }
    for unsaid in ["a whole request", "a whole body", "648291753"] {
        assert!(!logged.contains(unsaid), "{unsaid} in {logged}");
    }
}
