//! What an ADT File would write for one User ID.

use serde::Serialize;

use crate::identifiers::{PersonId, SubmissionId};
use crate::instant::UtcTime;
use crate::risk::RaiseAccount;
use crate::thresholds::{
    Comparison, HistoryEntry, NotNewer, Statement, StatementOrigin, UserThresholds,
};

/// A statement beside what it would replace.
#[derive(Clone, Debug, PartialEq)]
pub struct StatementChange {
    /// What the file says of the User ID.
    pub statement: Statement,
    /// What that changes, at the instant at which it was judged.
    pub changes: Comparison,
    /// What it replaces; `None` for the first statement.
    pub current: Option<UserThresholds>,
    /// The version that it was held to.
    pub replaces: Option<u64>,
    /// The account of raises after it, when no reviewer saw it.
    pub raises: RaiseAccount,
    /// The account of raises after it, when a reviewer accepted it.
    pub raises_reviewed: RaiseAccount,
}

/// A statement that takes effect: what is recorded of it.
#[derive(Clone, Debug, PartialEq)]
pub struct StatementInForce {
    /// The version that it replaces.
    pub replaces: Option<u64>,
    /// What all accepted statements come to.
    pub thresholds: UserThresholds,
    /// The account of raises.
    pub raises: RaiseAccount,
    /// What it changed, for the history.
    pub entry: HistoryEntry,
}

/// Bytes of something as JSON.
pub(super) fn json_size<T: Serialize>(recorded: &T) -> Option<usize> {
    serde_json::to_vec(recorded).ok().map(|json| json.len())
}

impl StatementChange {
    /// Bytes of JSON of what would be in force, with the account of raises. The names in it count as the longest.
    pub(super) fn size_in_force(&self, now: UtcTime) -> Option<usize> {
        // JSON writes a quotation mark as two characters.
        let longest = PersonId::parse(&"\"".repeat(PersonId::LONGEST)).ok()?;
        let origin = StatementOrigin {
            submission: SubmissionId::from_random([0; 10]),
            signed_at: now,
            accepted_at: now,
            signer: longest.clone(),
            uploader: longest.clone(),
            reviewer: Some(longest),
        };
        let thresholds = match &self.current {
            None => UserThresholds::first(&self.statement, origin),
            Some(current) => current.with_statement(&self.statement, origin),
        };
        let raises = json_size(&self.raises)?.max(json_size(&self.raises_reviewed)?);
        Some(json_size(&thresholds)? + raises)
    }

    /// What is to be recorded when it takes effect as `origin` says. `origin.accepted_at` has to be the instant at which it
    /// was judged.
    ///
    /// # Errors
    /// [`NotNewer`] if it was signed no later than what is in force; a verdict with changes says that it was.
    pub fn in_force(&self, origin: &StatementOrigin) -> Result<StatementInForce, NotNewer> {
        let thresholds = match &self.current {
            None => UserThresholds::first(&self.statement, origin.clone()),
            Some(current) => current.succeed(&self.statement, origin.clone())?,
        };
        let raises = if origin.reviewer.is_some() {
            &self.raises_reviewed
        } else {
            &self.raises
        };
        Ok(StatementInForce {
            replaces: self.replaces,
            thresholds,
            raises: raises.clone(),
            entry: HistoryEntry {
                origin: origin.clone(),
                changes: self.changes.clone(),
            },
        })
    }
}
