//! What an exit file releases beside what earlier files released: evaluated and reserved against the same accounts.
//!
//! The accounts are read with their versions when the rules are evaluated, and written in the transaction that says that
//! the submission is being recorded. Of two files that were checked against the same accounts one is refused that
//! transaction; it is checked anew, against accounts that hold the other one.
use std::collections::BTreeMap;

use aws_sdk_dynamodb::types::TransactWriteItem;
use sluice_shared::{
    identifiers::OrganisationId,
    instant::UtcTime,
    quarantine::ExitCheck,
    risk::{Releaser, Releases, RuleFired, exit_risks, releases},
};

use super::IntakeError;
use crate::{Backend, stores::ReleaseAccount};

/// What a file releases, and the accounts that it was held to at an instant. There is one for each User ID (no more than
/// events in the file) and one for the organisation.
pub(super) struct Reservation {
    at: UtcTime,
    releases: Releases,
    accounts: BTreeMap<Releaser, ReleaseAccount>,
}

impl Reservation {
    /// Reads the accounts of all that the file releases something of.
    pub(super) async fn of(
        backend: &Backend,
        check: &ExitCheck,
        organisation: &OrganisationId,
    ) -> Result<Self, IntakeError> {
        let releases = releases(check, organisation);
        let mut accounts = BTreeMap::new();
        for releaser in releases.keys() {
            let account = backend.quarantine.released(releaser).await?;
            accounts.insert(releaser.clone(), account);
        }
        Ok(Self {
            at: backend.now(),
            releases,
            accounts,
        })
    }

    /// The instant at which the file was held to the accounts, and in whose windows it counts.
    pub(super) const fn at(&self) -> UtcTime {
        self.at
    }

    /// The rules that fire.
    pub(super) async fn rules(&self, backend: &Backend) -> Result<Vec<RuleFired>, IntakeError> {
        let mut in_force = Vec::new();
        for releaser in self.releases.keys() {
            if let Releaser::User(user_id) = releaser {
                let current = backend.thresholds.current(*user_id).await?;
                in_force.extend(current.map(|current| current.thresholds));
            }
        }
        let earlier = self
            .accounts
            .iter()
            .map(|(releaser, account)| (releaser.clone(), account.released.clone()))
            .collect();
        Ok(exit_risks(
            &self.releases,
            &earlier,
            &in_force,
            self.at,
            &backend.settings.profile.risk,
        ))
    }

    /// The writes that count the file's releases, for the transaction that makes them sure. They fail together if another
    /// file was counted since the accounts were read.
    pub(super) fn parts(&self, backend: &Backend) -> Result<Vec<TransactWriteItem>, IntakeError> {
        self.releases
            .iter()
            .filter_map(|(releaser, counts)| Some((releaser, counts, self.accounts.get(releaser)?)))
            .map(|(releaser, counts, account)| {
                let after = account.released.plus(counts, self.at);
                Ok(backend
                    .quarantine
                    .released_part(releaser, account, &after)?)
            })
            .collect()
    }
}
