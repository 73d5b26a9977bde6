//! Words that several rules use.

use crate::finding::grouped;
use crate::identifiers::SrvOrAll;

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

/// "1 threshold is", "2,000 thresholds are".
pub(super) fn plural(count: usize, one: &str, many: &str) -> String {
    if count == 1 {
        format!("1 {one}")
    } else {
        format!("{} {many}", grouped(count as u64))
    }
}
