//! Logs: one JSON object a line, each with the span that it belongs to, and so with its correlation id:
//! `filter span.correlation_id = "…"` finds all that both functions say of one request.
use tracing::Subscriber;
use tracing_subscriber::{EnvFilter, fmt::MakeWriter};

/// Logs to standard output, at the level that the template sets for the function.
pub fn start() {
    let level = std::env::var("AWS_LAMBDA_LOG_LEVEL").unwrap_or_default();
    // An error says that somebody logs already; that is as good.
    let _ = tracing::subscriber::set_global_default(subscriber(&level, std::io::stdout));
}

/// What writes the lines. A level that cannot be read is `info`.
pub fn subscriber<W>(level: &str, writer: W) -> impl Subscriber + Send + Sync + use<W>
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_env_filter(
            EnvFilter::try_new(level.to_lowercase())
                .ok()
                .filter(|_| !level.is_empty())
                .unwrap_or_else(|| EnvFilter::new("info")),
        )
        .with_writer(writer)
        .finish()
}
