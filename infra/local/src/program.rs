//! What the programs of local stacks have in common: their own log, and when they stop.

use tracing_subscriber::EnvFilter;

/// Warnings and errors to standard error; more by `RUST_LOG`. `s3s` reports each refused request as an error: those are
/// the client's, and answered.
pub fn log() {
    let filter =
        EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn,s3s=off"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
}

/// Waits for Ctrl-C, or for the signal that service managers send.
pub async fn asked_to_stop() -> Result<(), String> {
    let unheard = |error| format!("Ctrl-C cannot be listened for: {error}");
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut terminate = signal(SignalKind::terminate()).map_err(unheard)?;
        tokio::select! {
            interrupted = tokio::signal::ctrl_c() => interrupted.map_err(unheard),
            _ = terminate.recv() => Ok(()),
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await.map_err(unheard)
}
