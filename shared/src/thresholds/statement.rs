use serde::{Deserialize, Serialize};

use super::Period;
use crate::files::AdtRow;
use crate::identifiers::{Eui64, PersonId, SrvOrAll, SubmissionId};
use crate::instant::UtcTime;

/// The two levels of one threshold, in communications per period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Limits {
    /// Over this, people are told.
    pub warning: u64,
    /// Over this, the excess is held.
    pub quarantine: u64,
}

/// What a threshold of a User ID counts. A User ID has one standing threshold for each key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ThresholdKey {
    /// The service, or all of the User ID's communications together.
    pub srv: SrvOrAll,
    /// The window.
    pub period: Period,
}

/// A standing row as the User declared it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct DeclaredThreshold {
    /// What is counted.
    #[serde(flatten)]
    pub key: ThresholdKey,
    /// The levels.
    #[serde(flatten)]
    pub limits: Limits,
    /// When it takes effect; absent: on acceptance.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub from: Option<UtcTime>,
}

/// An exception as the User declared it: other levels for an interval.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct DeclaredException {
    /// What is counted.
    #[serde(flatten)]
    pub key: ThresholdKey,
    /// The levels.
    #[serde(flatten)]
    pub limits: Limits,
    /// When it starts; absent: on acceptance.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub from: Option<UtcTime>,
    /// The first instant at which it no longer counts.
    pub to: UtcTime,
}

/// The complete statement of one User ID, as one ADT File makes it: what it does not say is no longer so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Statement {
    /// Whose thresholds these are.
    pub user_id: Eui64,
    /// One row for each key.
    pub standing: Vec<DeclaredThreshold>,
    /// Exceptions of one key do not overlap.
    pub exceptions: Vec<DeclaredException>,
}

impl Statement {
    /// The statements that the rows of an ADT File make, one for each User ID, in the order in which the file first
    /// names them.
    pub fn of_rows(rows: &[AdtRow]) -> Vec<Self> {
        let mut statements: Vec<Self> = Vec::new();
        for row in rows {
            let known = statements
                .iter()
                .position(|known| known.user_id == row.user_id);
            let index = known.unwrap_or_else(|| {
                statements.push(Self {
                    user_id: row.user_id,
                    standing: Vec::new(),
                    exceptions: Vec::new(),
                });
                statements.len() - 1
            });
            statements[index].add(row);
        }
        statements
    }

    fn add(&mut self, row: &AdtRow) {
        let key = ThresholdKey {
            srv: row.srv,
            period: row.period,
        };
        let limits = Limits {
            warning: row.warning,
            quarantine: row.quarantine,
        };
        match row.to {
            Some(to) => self.exceptions.push(DeclaredException {
                key,
                limits,
                from: row.from,
                to,
            }),
            None => self.standing.push(DeclaredThreshold {
                key,
                limits,
                from: row.from,
            }),
        }
    }

    /// The rows of an ADT File that makes this statement, as a page writes it; lines count from 2, below the header.
    pub fn to_rows(&self) -> Vec<AdtRow> {
        let standing = self
            .standing
            .iter()
            .map(|row| (row.key, row.limits, row.from, None));
        let exceptions = self
            .exceptions
            .iter()
            .map(|row| (row.key, row.limits, row.from, Some(row.to)));
        let row = |(line, (key, limits, from, to)): (u64, (ThresholdKey, Limits, _, _))| AdtRow {
            line,
            user_id: self.user_id,
            srv: key.srv,
            period: key.period,
            warning: limits.warning,
            quarantine: limits.quarantine,
            from,
            to,
        };
        (2..).zip(standing.chain(exceptions)).map(row).collect()
    }
}

/// Where a statement came from: who, when, which submission.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct StatementOrigin {
    /// The submission that carried it.
    pub submission: SubmissionId,
    /// The signing time inside the signature; statements of a User ID succeed each other in this order.
    pub signed_at: UtcTime,
    /// When it was accepted: the instant that an absent `EffectiveFrom` means.
    pub accepted_at: UtcTime,
    /// The ARO who signed.
    pub signer: PersonId,
    /// Who sent the file.
    pub uploader: PersonId,
    /// The DCC reviewer who accepted it, when the file needed a review.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reviewer: Option<PersonId>,
}
