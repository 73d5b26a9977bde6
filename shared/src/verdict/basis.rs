//! What a verdict rested on, by what is counted with each change of it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Known, Verdict};
use crate::identifiers::Eui64;
use crate::risk::Releaser;

/// The versions of what a verdict rested on. Where one is another now, the verdict may be, too, and has to be looked at again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Basis {
    /// Of the thresholds of each User ID; 0 where there are none.
    pub thresholds: BTreeMap<Eui64, u64>,
    /// Of each account of releases and deletions; 0 where there is none. The organisation's changes with whatever it decides.
    pub releases: Vec<(Releaser, u64)>,
    /// How often reviewers refused the same bytes.
    #[serde(default)]
    pub refusals: usize,
    /// Of the organisation, with its people and their keys.
    #[serde(default)]
    pub directory: u64,
}

impl Basis {
    /// What this verdict rested on.
    pub fn of_verdict(known: &Known, verdict: &Verdict) -> Self {
        let refusals = known.sender().refusals.len();
        let directory = known.sender().version;
        match known {
            Known::Adt(known) => {
                let compared = verdict.evidence.comparisons.iter();
                let version = |user_id| known.user(user_id).map_or(0, |user| user.version);
                Self {
                    thresholds: compared
                        .map(|compared| (compared.user_id, version(compared.user_id)))
                        .collect(),
                    releases: Vec::new(),
                    refusals,
                    directory,
                }
            }
            Known::ExitQuarantine(known) => {
                let users = known.accounts.users.iter();
                let versions: BTreeMap<_, _> = users
                    .map(|user| (user.thresholds.user_id, user.version))
                    .collect();
                let accounts = &known.accounts.accounts;
                let user_ids = accounts
                    .iter()
                    .filter_map(|account| match account.releaser {
                        Releaser::User(user_id) => Some(user_id),
                        Releaser::Organisation(_) => None,
                    });
                let releases = accounts.iter();
                Self {
                    thresholds: user_ids
                        .map(|user_id| (user_id, versions.get(&user_id).copied().unwrap_or(0)))
                        .collect(),
                    releases: releases
                        .map(|account| (account.releaser.clone(), account.version.unwrap_or(0)))
                        .collect(),
                    refusals,
                    directory,
                }
            }
        }
    }
}
