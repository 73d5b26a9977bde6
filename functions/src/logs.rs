//! Logs: one JSON object a line, each with the span that it belongs to, and so with its correlation id:
//! `filter span.correlation_id = "…"` finds all that both functions say of one request.
use tracing::Subscriber;
use tracing_subscriber::{filter::LevelFilter, fmt::MakeWriter};

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
        .with_max_level(read(level))
        .with_writer(writer)
        .finish()
}

/// Lambda's words for levels. Nothing here is logged as fatal.
fn read(level: &str) -> LevelFilter {
    match level.parse() {
        _ if level.is_empty() => LevelFilter::INFO,
        Ok(level) => level,
        Err(_) if level.eq_ignore_ascii_case("fatal") => LevelFilter::ERROR,
        Err(_) => LevelFilter::INFO,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lambdas_levels_are_read_and_anything_else_is_info() {
        for (level, read_as) in [
            ("TRACE", LevelFilter::TRACE),
            ("debug", LevelFilter::DEBUG),
            ("WARN", LevelFilter::WARN),
            ("FATAL", LevelFilter::ERROR),
            ("", LevelFilter::INFO),
            ("much", LevelFilter::INFO),
        ] {
            assert_eq!(read(level), read_as, "{level}");
        }
    }
}
