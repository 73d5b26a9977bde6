//! Logs: one JSON object a line, each with the span that it belongs to, and so with its correlation id:
//! `filter span.correlation_id = "…"` finds all that both functions say of one request.
use std::panic::PanicHookInfo;

use tracing::Subscriber;
use tracing_subscriber::{
    Layer,
    filter::{LevelFilter, Targets},
    fmt::{self, MakeWriter},
    layer::SubscriberExt,
    registry,
};

/// What our own crates' names begin with.
const OURS: &str = "sluice";

/// Logs to standard output, at the level that the template sets for the function.
pub fn start() {
    let level = std::env::var("AWS_LAMBDA_LOG_LEVEL").unwrap_or_default();
    // An error says that somebody logs already; that is as good.
    let _ = tracing::subscriber::set_global_default(subscriber(&level, std::io::stdout));
    std::panic::set_hook(Box::new(panicked));
}

/// What writes the lines. A level that cannot be read is `info`.
///
/// It is the level of our own crates. The others say `info` at most: below that the SDK and Lambda's runtime write calls and
/// answers whole, with the thresholds and signatures in them.
pub fn subscriber<W>(level: &str, writer: W) -> impl Subscriber + Send + Sync + use<W>
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let level = read_level(level);
    let lines = fmt::layer().json().flatten_event(true).with_writer(writer);
    let levels = Targets::new()
        .with_default(level.min(LevelFilter::INFO))
        .with_target(OURS, level);
    registry().with(lines.with_filter(levels))
}

/// Logs where a panic was, without its words, which may quote a file: the standard hook prints them.
pub fn panicked(info: &PanicHookInfo<'_>) {
    let place = info.location().map(ToString::to_string);
    tracing::error!(place, "panicked");
}

/// Lambda's words for levels. Nothing here is logged as fatal.
fn read_level(level: &str) -> LevelFilter {
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
            assert_eq!(read_level(level), read_as, "{level}");
        }
    }
}
