//! Words that several rules use.

use crate::finding::grouped;
use crate::identifiers::SrvOrAll;
use crate::instant::UtcTime;

/// "7.2", or "all services together".
pub(crate) fn service(srv: SrvOrAll) -> String {
    srv.srv()
        .map_or_else(|| "all services together".to_owned(), |srv| srv.to_string())
}

/// "communications of 7.2", or "communications".
pub(crate) fn communications(srv: SrvOrAll) -> String {
    srv.srv().map_or_else(
        || "communications".to_owned(),
        |srv| format!("communications of {srv}"),
    )
}

/// When a row counts: nothing where that is from acceptance on; " in an exception until 3 November 2026, 14:05 UTC".
pub(super) fn when(from: Option<UtcTime>, until: Option<UtcTime>) -> String {
    let from = from.map_or_else(String::new, |from| format!(" from {}", from.in_words()));
    match until {
        None => from,
        Some(until) => format!(" in an exception{from} until {}", until.in_words()),
    }
}

/// "1 threshold is", "2,000 thresholds are".
pub(super) fn plural(count: usize, one: &str, many: &str) -> String {
    if count == 1 {
        format!("1 {one}")
    } else {
        format!("{} {many}", grouped(count as u64))
    }
}
