//! How much of one file can take effect at once.
//!
//! A file takes effect in one transaction of the tables, of 100 writes and 4 MB (DynamoDB). That is a fact of the service
//! and not of the trade, yet a rule for files: it has its finding, and the page says it before anything is sent.

/// The most bytes that the thresholds of one User ID may have as JSON; an item holds 400 KB.
pub const LARGEST_STATEMENT: usize = 380_000;

/// The most bytes that the thresholds of all User IDs of a file may have together: each is in the transaction twice, as
/// what is in force and in the history.
pub const LARGEST_FILE_OF_STATEMENTS: usize = 1_500_000;

/// Quarantine events that one file may decide: each takes a write of the transaction that makes its decisions count, and
/// submission, receipt and findings take the others.
pub const MOST_EVENTS: usize = 90;

/// User IDs whose communications one file may decide: each takes two parts of the transaction before the first page,
/// its account and the thresholds that it was held to.
pub const MOST_EXIT_USER_IDS: usize = 45;
