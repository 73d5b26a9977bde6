//! The directory of a deployment that begins: the DCC and its first two administrators. Everything after them is asked for.

use sluice_shared::directory::FirstAdministrators;

use super::{
    Directory, StoreError, Transaction,
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
}
