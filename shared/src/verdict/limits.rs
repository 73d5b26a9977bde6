//! How much of one file can take effect at once.
//!
//! A file takes effect in one transaction of the tables, of 100 writes and 4 MB (DynamoDB). That is a fact of the service
//! and not of the trade, yet a rule for files: it has its finding, and the page says it before anything is sent.

/// The most bytes of JSON that may come to be in force for one User ID, with the account of raises. Whatever is in force
/// can then be restated, dropped, or replaced by as much: what that changes fits [`LARGEST_STATEMENT`].
pub(super) const LARGEST_IN_FORCE: usize = 170_000;

/// The most bytes of JSON that may be recorded of what a statement changes, for the history; an item holds 400 KB.
pub(super) const LARGEST_STATEMENT: usize = 390_000;

/// The most bytes of JSON that a file of statements may record altogether, or put before a reviewer: a transaction holds
/// 4 MB, and findings, receipt and the submission itself are in it, too.
pub(super) const LARGEST_FILE_OF_STATEMENTS: usize = 3_000_000;

/// Quarantine events that one file may decide: each takes a write of the transaction that makes its decisions count, and
/// submission, receipt and findings take the others.
pub const MOST_EVENTS: usize = 90;

/// User IDs whose communications one file may decide: each takes two parts of the transaction before the first page,
/// its account and the thresholds that it was held to.
pub const MOST_EXIT_USER_IDS: usize = 45;
