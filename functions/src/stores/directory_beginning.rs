//! The directory of a deployment that begins: the DCC and its first two administrators. Everything after them is asked for, but for an administrator in
//! the place of one who is lost, where nobody is left to approve.

use sluice_shared::{
    directory::{FirstAdministrators, ReplacedAdministrator, Replacement},
    identifiers::ChangeRequestId,
    instant::UtcTime,
};

use super::{
    Directory, NotWritten, SignedChange, StoreError, Transaction,
    directory::{organisation_partition, owner_item, person_key, person_partition},
    item::{Condition, text, to_item},
};

impl Directory {
    /// Registers the DCC and both administrators, all or nothing.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] where the DCC is registered already, or one of the two sign-ins: what is there stays as it is.
    pub async fn begin(&self, first: &FirstAdministrators) -> Result<(), StoreError> {
        let organisation = first.organisation();
        let pk = organisation_partition(&organisation.id);
        let mut transaction = Transaction::new("begin the directory");
        let absent = || Some(Condition::absent());
        transaction.put(&self.table, to_item(&pk, "META", &organisation)?, absent());
        for person in first.people() {
            let record = to_item(&pk, &person_key(&person.id), &person)?;
            transaction.put(&self.table, record, absent());
            let mut owner = owner_item(&person_partition(&person.id), &organisation.id);
            owner.insert("name".to_owned(), text(&person.name));
            transaction.put(&self.table, owner, absent());
        }
        transaction.commit().await
    }

    /// Puts somebody in the place of a DCC administrator who cannot act any more: out goes the lost one, whose keys never count again, and in comes
    /// the new one, all or nothing, and on record.
    ///
    /// # Errors
    /// Nobody is replaced, and why; [`StoreError::Conflict`] where the new sign-in is registered already, or the DCC was changed at the same moment.
    pub async fn replace_administrator(
        &self,
        replaced: &ReplacedAdministrator,
        now: UtcTime,
        references: [ChangeRequestId; 2],
    ) -> Result<Replacement, NotWritten> {
        let dcc = ReplacedAdministrator::organisation();
        let record = self.organisation_record(&dcc).await?;
        let people = record.as_ref().map_or(&[][..], |record| &record.people);
        let replacement = replaced.replacement(people, now, references)?;
        let Some(record) = &record else {
            return Err(StoreError::corrupt("dcc", "the organisation is missing").into());
        };
        let mut transaction = Transaction::new("replace a DCC administrator");
        for change in &replacement.records {
            self.create_change(&mut transaction, change, SignedChange::default())?;
        }
        self.put_replacement(&mut transaction, record, &replacement)?;
        transaction.commit().await?;
        Ok(replacement)
    }
}
