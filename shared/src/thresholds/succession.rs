use serde::{Deserialize, Serialize};

use super::{Comparison, Limits, Statement, StatementOrigin, ThresholdKey};
use crate::identifiers::{Eui64, SubmissionId};
use crate::instant::UtcTime;

/// A standing threshold and the time in which it is the standing one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct StandingThreshold {
    /// What is counted.
    #[serde(flatten)]
    pub key: ThresholdKey,
    /// The levels.
    #[serde(flatten)]
    pub limits: Limits,
    /// The first instant at which it stands.
    pub from: UtcTime,
    /// The instant at which an accepted later row takes over; absent: none is known yet.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub until: Option<UtcTime>,
    /// The submission that declared it.
    pub submission: SubmissionId,
}

impl StandingThreshold {
    /// Whether it stands at an instant.
    pub fn stands_at(&self, at: UtcTime) -> bool {
        self.from <= at && self.until.is_none_or(|until| at < until)
    }
}

/// An accepted exception: other levels from `from` up to, but not including, `to`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ExceptionThreshold {
    /// What is counted.
    #[serde(flatten)]
    pub key: ThresholdKey,
    /// The levels.
    #[serde(flatten)]
    pub limits: Limits,
    /// The first instant at which it counts.
    pub from: UtcTime,
    /// The first instant at which it no longer counts.
    pub to: UtcTime,
    /// The submission that declared it.
    pub submission: SubmissionId,
}

impl ExceptionThreshold {
    /// Whether it counts at an instant.
    pub fn counts_at(&self, at: UtcTime) -> bool {
        self.from <= at && at < self.to
    }
}

/// The levels of one key at one instant, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct InForce {
    /// What is counted.
    #[serde(flatten)]
    pub key: ThresholdKey,
    /// The levels.
    #[serde(flatten)]
    pub limits: Limits,
    /// Present when an exception is what counts: the instant at which it ends.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub exception_until: Option<UtcTime>,
}

/// What all accepted statements of one User ID come to: what stands now, what is to stand later, and the exceptions.
///
/// The record holds no past: a row that was superseded leaves it, and is read in the history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct UserThresholds {
    /// Whose thresholds these are.
    pub user_id: Eui64,
    /// The statement accepted last.
    pub origin: StatementOrigin,
    /// For each key, rows that follow each other in time without a gap, in order of key and `from`.
    pub standing: Vec<StandingThreshold>,
    /// In order of key and `from`.
    pub exceptions: Vec<ExceptionThreshold>,
}

/// One accepted statement, as the history of a User ID lists it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct HistoryEntry {
    /// Who, when, which submission.
    pub origin: StatementOrigin,
    /// What it changed when it was accepted.
    pub changes: Comparison,
}

/// A statement was signed no later than the one that it would replace: an old file sent again.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "this statement was signed at {signed_at}, no later than {latest}, when the one in force for {user_id} was signed"
)]
pub struct NotNewer {
    /// Whose thresholds.
    pub user_id: Eui64,
    /// The signing time of the refused statement.
    pub signed_at: UtcTime,
    /// The signing time of the statement accepted last.
    pub latest: UtcTime,
}

impl UserThresholds {
    /// What the first statement of a User ID comes to.
    pub fn first(statement: &Statement, origin: StatementOrigin) -> Self {
        Self::build(&[], statement, origin)
    }

    /// What comes of one more accepted statement.
    ///
    /// Rows that start later leave the earlier rows of their key standing until then. Keys and exceptions that
    /// the new statement does not name end on its acceptance: it is complete.
    ///
    /// # Errors
    /// [`NotNewer`] when the statement was signed no later than the one accepted last (replay).
    pub fn succeed(
        &self,
        statement: &Statement,
        origin: StatementOrigin,
    ) -> Result<Self, NotNewer> {
        self.check_newer(origin.signed_at)?;
        Ok(self.with_statement(statement, origin))
    }

    /// What one more statement would come to, whenever it was signed.
    pub(crate) fn with_statement(&self, statement: &Statement, origin: StatementOrigin) -> Self {
        Self::build(&self.standing, statement, origin)
    }

    /// The replay rule on its own, for checking before anything is recorded.
    pub fn check_newer(&self, signed_at: UtcTime) -> Result<(), NotNewer> {
        if signed_at > self.origin.signed_at {
            Ok(())
        } else {
            Err(NotNewer {
                user_id: self.user_id,
                signed_at,
                latest: self.origin.signed_at,
            })
        }
    }

    /// The levels of one key at an instant: an exception in its interval, otherwise what stands.
    pub fn limits_at(&self, key: &ThresholdKey, at: UtcTime) -> Option<InForce> {
        let exception = self
            .exceptions
            .iter()
            .find(|row| row.key == *key && row.counts_at(at));
        exception
            .map(|row| InForce {
                key: row.key,
                limits: row.limits,
                exception_until: Some(row.to),
            })
            .or_else(|| {
                self.standing_at(key, at).map(|limits| InForce {
                    key: *key,
                    limits,
                    exception_until: None,
                })
            })
    }

    /// The standing levels of one key at an instant, exceptions aside.
    pub fn standing_at(&self, key: &ThresholdKey, at: UtcTime) -> Option<Limits> {
        self.standing
            .iter()
            .find(|row| row.key == *key && row.stands_at(at))
            .map(|row| row.limits)
    }

    /// Everything in force at an instant, in order of key.
    pub fn at(&self, at: UtcTime) -> Vec<InForce> {
        let mut keys: Vec<&ThresholdKey> = self
            .standing
            .iter()
            .map(|row| &row.key)
            .chain(self.exceptions.iter().map(|row| &row.key))
            .collect();
        keys.sort_unstable();
        keys.dedup();
        keys.into_iter()
            .filter_map(|key| self.limits_at(key, at))
            .collect()
    }

    fn build(
        earlier: &[StandingThreshold],
        statement: &Statement,
        origin: StatementOrigin,
    ) -> Self {
        let accepted = origin.accepted_at;
        let submission = origin.submission;
        let mut standing = Vec::with_capacity(statement.standing.len());
        for row in &statement.standing {
            // A row whose start passed while it waited for a review takes effect on acceptance.
            let from = row.from.map_or(accepted, |from| from.max(accepted));
            standing.extend(
                earlier
                    .iter()
                    .filter(|old| old.key == row.key)
                    .filter_map(|old| clip(old, accepted, from)),
            );
            standing.push(StandingThreshold {
                key: row.key,
                limits: row.limits,
                from,
                until: None,
                submission,
            });
        }
        let mut exceptions: Vec<_> = statement
            .exceptions
            .iter()
            .filter(|row| row.to > accepted)
            .map(|row| ExceptionThreshold {
                key: row.key,
                limits: row.limits,
                from: row.from.map_or(accepted, |from| from.max(accepted)),
                to: row.to,
                submission,
            })
            .collect();
        standing.sort_by(|a, b| (&a.key, a.from).cmp(&(&b.key, b.from)));
        exceptions.sort_by(|a, b| (&a.key, a.from).cmp(&(&b.key, b.from)));
        Self {
            user_id: statement.user_id,
            origin,
            standing,
            exceptions,
        }
    }
}

/// What is left of an earlier row when the past is dropped and a new row takes over at `from`.
fn clip(old: &StandingThreshold, accepted: UtcTime, from: UtcTime) -> Option<StandingThreshold> {
    let over = old.until.is_some_and(|until| until <= accepted);
    if over || old.from >= from || from <= accepted {
        return None;
    }
    let until = old.until.map_or(from, |until| until.min(from));
    Some(StandingThreshold {
        until: Some(until),
        ..old.clone()
    })
}
