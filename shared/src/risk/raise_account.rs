//! What a User ID's thresholds grew by since a reviewer last saw them raised.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::raises::key_raises;
use super::{AdtCase, Growth};
use crate::instant::UtcTime;
use crate::profile::RiskRules;
use crate::thresholds::{Change, ThresholdKey};

/// The raises of a User ID that no reviewer has seen as raises, for every key that was ever declared.
///
/// It is kept beside the thresholds in force, is written in the same step, and forgets nothing: neither time nor
/// leaving a key out nor declaring it again makes a new beginning. The default is that of a User ID without a past.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = Vec<RaiseEntry>))]
#[serde(from = "Vec<RaiseEntry>", into = "Vec<RaiseEntry>")]
pub struct RaiseAccount(BTreeMap<ThresholdKey, Known>);

/// What is known of one key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Known {
    pub(super) growth: Growth,
    pub(super) level: u64,
}

/// One key of a [`RaiseAccount`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct RaiseEntry {
    /// What is counted.
    #[serde(flatten)]
    pub key: ThresholdKey,
    /// The product of all its raises since the last one that a reviewer saw as a raise.
    pub growth: Growth,
    /// The quarantine threshold last known: what the key is held to when it was left out and is declared again.
    pub level: u64,
}

impl From<Vec<RaiseEntry>> for RaiseAccount {
    fn from(entries: Vec<RaiseEntry>) -> Self {
        let known = |entry: RaiseEntry| {
            let RaiseEntry { key, growth, level } = entry;
            (key, Known { growth, level })
        };
        Self(entries.into_iter().map(known).collect())
    }
}

impl From<RaiseAccount> for Vec<RaiseEntry> {
    fn from(account: RaiseAccount) -> Self {
        account.entries().collect()
    }
}

impl RaiseAccount {
    /// All keys, in order.
    pub fn entries(&self) -> impl Iterator<Item = RaiseEntry> + '_ {
        self.0.iter().map(|(key, known)| RaiseEntry {
            key: *key,
            growth: known.growth,
            level: known.level,
        })
    }

    pub(super) fn get(&self, key: &ThresholdKey) -> Option<Known> {
        self.0.get(key).copied()
    }

    pub(super) fn growth(&self, key: &ThresholdKey) -> Growth {
        self.get(key).map_or(Growth::ONE, |known| known.growth)
    }

    /// The account once the statement is accepted.
    ///
    /// A reviewer's acceptance (`reviewed`) is a new beginning for the keys of whose standing thresholds a rule of raises
    /// fired, and for no others: what else the reviewer may have seen, it was not shown as a raise of what stands. The case, `now` and the rules must
    /// be those that the rules were evaluated with.
    #[must_use]
    pub fn after(case: &AdtCase<'_>, reviewed: bool, now: UtcTime, rules: &RiskRules) -> Self {
        let mut after = case.account.clone();
        for raise in key_raises(case, now, rules.max_increase_factor) {
            let growth = if reviewed {
                raise.after_review(case.account.growth(&raise.key))
            } else {
                raise.product
            };
            // An exception alone does not tell what stands once it is over.
            let known = case.account.get(&raise.key).map(|known| known.level);
            let without_standing = known.into_iter().chain(raise.exception).min();
            if let Some(level) = raise.standing.or(without_standing) {
                after.0.insert(raise.key, Known { growth, level });
            }
        }
        for row in &case.comparison.thresholds {
            if let (Change::Dropped, Some(old)) = (row.change, row.old) {
                let growth = after.growth(&row.key);
                let level = old.quarantine;
                after.0.insert(row.key, Known { growth, level });
            }
        }
        after
    }
}
