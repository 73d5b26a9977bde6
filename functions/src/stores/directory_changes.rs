//! Changes of the directory: what was asked for and what became of it, and what a change writes. `intake` alone calls what writes.
use sluice_shared::{
    directory::{
        ChangeRecord, DirectoryEffect, Machine, Organisation, Person, PersonRef, Replacement,
    },
    identifiers::{ChangeRequestId, FileDigest, OrganisationId, PersonId},
};

use super::{
    Directory, OrganisationRecord, Partition, StoreError, Transaction,
    directory::{
        machine_key, organisation_partition, owner_item, person_key, person_partition,
        user_partition,
    },
    item::{
        Condition, Item, binary, key_of, number, read_number, read_organisation, read_record,
        read_text, text, to_item,
    },
};

/// Set on a change for as long as it waits.
const WAITS: &str = "waits";

/// A person as registered at a moment, with the version of their organisation that was read before.
#[derive(Debug, Clone)]
pub struct Standing {
    /// The person.
    pub person: Person,
    /// The version.
    version: u64,
}

/// What was signed of a change, and is kept with it.
#[derive(Debug, Clone, Copy, Default)]
pub struct SignedChange<'a> {
    /// The request of a DCC administrator (`.p7m`).
    pub request: Option<&'a [u8]>,
    /// Another one's answer.
    pub answer: Option<&'a [u8]>,
}

impl Directory {
    /// A person as registered now, so that a transaction can be held to it; strongly consistent.
    pub async fn standing(&self, id: &PersonId) -> Result<Option<Standing>, StoreError> {
        let Some(organisation) = self.organisation_of(id).await? else {
            return Ok(None);
        };
        let version = self.version(&organisation).await?;
        let person = self.person_of(&organisation, id).await?;
        Ok(person.map(|person| Standing { person, version }))
    }

    /// How often an organisation or its people were changed by request; strongly consistent.
    pub async fn version(&self, organisation: &OrganisationId) -> Result<u64, StoreError> {
        let partition = organisation_partition(organisation);
        let meta = self.table.get(&partition, "META").await?;
        let version = meta.and_then(|meta| read_number(&meta, "version"));
        Ok(version.unwrap_or_default())
    }

    /// A change that was asked for in an organisation; strongly consistent.
    pub async fn change(
        &self,
        organisation: &OrganisationId,
        id: ChangeRequestId,
    ) -> Result<Option<ChangeRecord>, StoreError> {
        let item = self
            .table
            .get(&organisation_partition(organisation), &change_key(id))
            .await?;
        item.as_ref().map(read_record).transpose()
    }

    /// All changes that were asked for in an organisation, the latest first.
    pub async fn changes(
        &self,
        organisation: &OrganisationId,
    ) -> Result<Vec<ChangeRecord>, StoreError> {
        let items = self
            .table
            .query(&organisation_partition(organisation), "CHANGE#")
            .await?;
        let changes: Result<Vec<ChangeRecord>, _> = items.iter().map(read_record).collect();
        let mut changes = changes?;
        changes.sort_by_key(|change| std::cmp::Reverse(change.asked_at));
        Ok(changes)
    }

    /// Whether a key was stopped, whoever's it was and wherever they are now; strongly consistent.
    pub async fn is_stopped(&self, key: FileDigest) -> Result<bool, StoreError> {
        let item = self.table.get(&stopped_partition(key), "META").await?;
        Ok(item.is_some())
    }

    /// What waits for a second DCC administrator, in every organisation, the oldest first.
    pub async fn changes_to_approve(&self) -> Result<Vec<ChangeRecord>, StoreError> {
        let mut waiting = Vec::new();
        for item in self.table.query(&waiting_partition(), "").await? {
            let key = read_text(&item, "sk").and_then(|key| key.split_once('#'));
            let id = key.and_then(|(_, id)| ChangeRequestId::parse(id).ok());
            let id = id.ok_or_else(|| StoreError::corrupt(key_of(&item), "it names no change"))?;
            let change = self.change(&read_organisation(&item)?, id).await?;
            waiting.extend(change.filter(ChangeRecord::awaits_approval));
        }
        waiting.sort_by_key(|change| change.asked_at);
        Ok(waiting)
    }

    /// Adds a change that nobody has taken up yet, as it stands.
    pub fn create_change(
        &self,
        transaction: &mut Transaction,
        record: &ChangeRecord,
        signed: SignedChange<'_>,
    ) -> Result<(), StoreError> {
        let item = change_item(record, signed)?;
        transaction.put(&self.table, item, Some(Condition::absent()));
        if record.awaits_approval() {
            let mut waiting = owner_item(&waiting_partition(), &record.organisation);
            waiting.insert("sk".to_owned(), text(waiting_key(record)));
            transaction.put(&self.table, waiting, None);
        }
        Ok(())
    }

    /// Adds what became of a change that waited; fails if it waits no longer.
    pub async fn settle_change(
        &self,
        transaction: &mut Transaction,
        record: &ChangeRecord,
        answer: Option<&[u8]>,
    ) -> Result<(), StoreError> {
        let (pk, sk) = (
            organisation_partition(&record.organisation),
            change_key(record.request),
        );
        let before = self.table.get(&pk, &sk).await?.unwrap_or_default();
        let request = super::item::read_binary(&before, "signed");
        let item = change_item(record, SignedChange { request, answer })?;
        let waits = Condition {
            expression: "attribute_exists(waits)",
            values: Item::new(),
        };
        transaction.put(&self.table, item, Some(waits));
        transaction.delete(&self.table, (&waiting_partition(), &waiting_key(record)));
        Ok(())
    }

    /// Adds what a change does to an organisation, as that was read; fails if it has changed since. `standings`: by whose right it is made, which
    /// has to be as it was read, too.
    pub fn apply_change(
        &self,
        transaction: &mut Transaction,
        (id, read): (&OrganisationId, Option<&OrganisationRecord>),
        destination: Option<&OrganisationRecord>,
        effect: &DirectoryEffect,
        standings: &[&Standing],
    ) -> Result<(), StoreError> {
        let organisation = match effect {
            DirectoryEffect::PutOrganisation(organisation) => {
                self.put_user_ids(transaction, organisation, read);
                organisation
            }
            DirectoryEffect::PutPerson(person) => {
                self.put_one(transaction, person, read)?;
                &known(id, read)?.organisation
            }
            DirectoryEffect::StopKey(person, key) => {
                self.put_one(transaction, person, read)?;
                let stopped = owner_item(&stopped_partition(*key), &person.organisation);
                transaction.put(&self.table, stopped, None);
                &known(id, read)?.organisation
            }
            DirectoryEffect::RegisterMachine(machine) => {
                self.put_machine(transaction, machine, Some(Condition::absent()))?;
                &known(id, read)?.organisation
            }
            DirectoryEffect::StopMachine(machine) => {
                let theirs = belongs_to(&machine.organisation);
                self.put_machine(transaction, machine, Some(theirs))?;
                &known(id, read)?.organisation
            }
            // Nothing is written; all that is confirmed has to be as it was read.
            DirectoryEffect::ConfirmAccess => {
                self.unchanged(transaction, id, known(id, read)?.version);
                return self.hold_to_standings(transaction, (id, read), None, standings);
            }
            DirectoryEffect::MovePerson(person) => {
                transaction.delete(
                    &self.table,
                    (&organisation_partition(id), &person_key(&person.id)),
                );
                self.put_owner(transaction, person, belongs_to(id));
                self.put_item_of(transaction, person)?;
                if let Some(destination) = destination {
                    self.put_meta(
                        transaction,
                        &destination.organisation,
                        Some(destination.version),
                    )?;
                }
                &known(id, read)?.organisation
            }
            DirectoryEffect::RemovePerson(person) => {
                transaction.delete(
                    &self.table,
                    (&organisation_partition(id), &person_key(person)),
                );
                let name = read.and_then(|read| read.people.iter().find(|one| one.id == *person));
                let name = name.map_or_else(|| person.to_string(), |person| person.name.clone());
                self.leave_name(transaction, (person, name), id);
                &known(id, read)?.organisation
            }
        };
        let version = read.map(|read| read.version);
        self.put_meta(transaction, organisation, version)?;
        self.hold_to_standings(transaction, (id, read), destination, standings)
    }

    /// Lets the transaction fail if those by whose right it is made are not as they were read.
    fn hold_to_standings(
        &self,
        transaction: &mut Transaction,
        (id, read): (&OrganisationId, Option<&OrganisationRecord>),
        destination: Option<&OrganisationRecord>,
        standings: &[&Standing],
    ) -> Result<(), StoreError> {
        let version = read.map(|read| read.version);
        let mut checked = vec![id.clone()];
        checked.extend(destination.map(|destination| destination.organisation.id.clone()));
        for standing in standings {
            let theirs = &standing.person.organisation;
            if *theirs == *id {
                // The write above is held to the organisation as it was read; the person has to be of that version.
                if version != Some(standing.version) {
                    return Err(StoreError::Conflict("change the directory"));
                }
            } else if !checked.contains(theirs) {
                self.unchanged(transaction, theirs, standing.version);
                checked.push(theirs.clone());
            }
        }
        Ok(())
    }

    /// Somebody belongs to the organisation no longer, and is still called by name.
    fn leave_name(
        &self,
        transaction: &mut Transaction,
        (person, name): (&PersonId, String),
        left: &OrganisationId,
    ) {
        let pk = person_partition(person);
        let named = [
            ("pk", String::from(&pk)),
            ("sk", "META".to_owned()),
            ("name", name),
        ];
        let named = named.map(|(attribute, value)| (attribute.to_owned(), text(value)));
        transaction.put(&self.table, Item::from(named), Some(belongs_to(left)));
    }

    /// Adds that somebody is in the place of a lost administrator; fails if their organisation has changed since it was read.
    pub(super) fn put_replacement(
        &self,
        transaction: &mut Transaction,
        read: &OrganisationRecord,
        replacement: &Replacement,
    ) -> Result<(), StoreError> {
        let (id, lost) = (&read.organisation.id, &replacement.lost);
        let key = (&organisation_partition(id), &*person_key(&lost.id));
        transaction.delete(&self.table, key);
        self.leave_name(transaction, (&lost.id, lost.name.clone()), id);
        for key in &replacement.stopped {
            let stopped = owner_item(&stopped_partition(*key), id);
            transaction.put(&self.table, stopped, None);
        }
        self.put_one(transaction, &replacement.new, Some(read))?;
        self.put_meta(transaction, &read.organisation, Some(read.version))
    }

    /// The organisation with its next version, if it still has the one that was read.
    fn put_meta(
        &self,
        transaction: &mut Transaction,
        organisation: &Organisation,
        read: Option<u64>,
    ) -> Result<(), StoreError> {
        let pk = organisation_partition(&organisation.id);
        let mut meta = to_item(&pk, "META", organisation)?;
        meta.insert(
            "version".to_owned(),
            number(read.map_or(1, |version| version + 1)),
        );
        let condition = read.map_or_else(Condition::absent, at_version);
        transaction.put(&self.table, meta, Some(condition));
        Ok(())
    }

    fn unchanged(&self, transaction: &mut Transaction, id: &OrganisationId, version: u64) {
        transaction.check(
            &self.table,
            (&organisation_partition(id), "META"),
            at_version(version),
        );
    }

    fn put_one(
        &self,
        transaction: &mut Transaction,
        person: &Person,
        read: Option<&OrganisationRecord>,
    ) -> Result<(), StoreError> {
        let mut people = read.iter().flat_map(|read| &read.people);
        let condition = if people.any(|one| one.id == person.id) {
            belongs_to(&person.organisation)
        } else {
            Condition {
                expression: "attribute_not_exists(organisation)",
                values: Item::new(),
            }
        };
        self.put_owner(transaction, person, condition);
        self.put_item_of(transaction, person)
    }

    fn put_owner(&self, transaction: &mut Transaction, person: &Person, condition: Condition) {
        let mut owner = owner_item(&person_partition(&person.id), &person.organisation);
        owner.insert("name".to_owned(), text(&person.name));
        transaction.put(&self.table, owner, Some(condition));
    }

    fn put_item_of(
        &self,
        transaction: &mut Transaction,
        person: &Person,
    ) -> Result<(), StoreError> {
        let pk = organisation_partition(&person.organisation);
        let item = to_item(&pk, &person_key(&person.id), person)?;
        transaction.put(&self.table, item, None);
        Ok(())
    }

    /// A system, and where it belongs: beside people, so that nobody and nothing else is ever registered by its client id.
    pub(super) fn put_machine(
        &self,
        transaction: &mut Transaction,
        machine: &Machine,
        condition: Option<Condition>,
    ) -> Result<(), StoreError> {
        let named = PersonRef::from(machine);
        let mut owner = owner_item(&person_partition(&named.id), &machine.organisation);
        owner.insert("name".to_owned(), text(&named.name));
        transaction.put(&self.table, owner, condition);
        let pk = organisation_partition(&machine.organisation);
        let item = to_item(&pk, &machine_key(&machine.id), machine)?;
        transaction.put(&self.table, item, None);
        Ok(())
    }

    fn put_user_ids(
        &self,
        transaction: &mut Transaction,
        organisation: &Organisation,
        read: Option<&OrganisationRecord>,
    ) {
        for user_id in &organisation.user_ids {
            let free = Condition {
                expression: "attribute_not_exists(pk) OR organisation = :organisation",
                ..belongs_to(&organisation.id)
            };
            let owner = owner_item(&user_partition(user_id.id), &organisation.id);
            transaction.put(&self.table, owner, Some(free));
        }
        let before = read.iter().flat_map(|read| &read.organisation.user_ids);
        for dropped in before.filter(|before| organisation.user_id(before.id).is_none()) {
            transaction.delete(&self.table, (&user_partition(dropped.id), "META"));
        }
    }
}

fn known<'a>(
    id: &OrganisationId,
    read: Option<&'a OrganisationRecord>,
) -> Result<&'a OrganisationRecord, StoreError> {
    read.ok_or_else(|| StoreError::corrupt(id.to_string(), "the organisation is missing"))
}

/// The item says that it is this organisation's.
fn belongs_to(organisation: &OrganisationId) -> Condition {
    Condition {
        expression: "organisation = :organisation",
        values: Item::from([(":organisation".to_owned(), text(organisation.as_str()))]),
    }
}

/// The organisation was changed this often by request. One that never was has no version.
fn at_version(version: u64) -> Condition {
    if version == 0 {
        Condition {
            expression: "attribute_exists(pk) AND attribute_not_exists(version)",
            values: Item::new(),
        }
    } else {
        Condition::version(version)
    }
}

fn change_item(record: &ChangeRecord, signed: SignedChange<'_>) -> Result<Item, StoreError> {
    let (pk, sk) = (
        organisation_partition(&record.organisation),
        change_key(record.request),
    );
    let json = serde_json::to_string(record)
        .map_err(|error| StoreError::corrupt(format!("{pk}/{sk}"), error))?;
    let mut item = Item::from([
        ("pk".to_owned(), text(&pk)),
        ("sk".to_owned(), text(sk)),
        ("record".to_owned(), text(json)),
    ]);
    for (name, bytes) in [("signed", signed.request), ("answer", signed.answer)] {
        if let Some(bytes) = bytes {
            item.insert(name.to_owned(), binary(bytes));
        }
    }
    if record.awaits_approval() {
        item.insert(WAITS.to_owned(), text("approval"));
    }
    Ok(item)
}

fn change_key(id: ChangeRequestId) -> String {
    format!("CHANGE#{id}")
}

/// Of its organisation, too: whoever asks makes the reference up, and it is unique in an organisation alone.
fn waiting_key(record: &ChangeRecord) -> String {
    format!("{}#{}", record.organisation, record.request)
}

fn stopped_partition(key: FileDigest) -> Partition {
    Partition::of_nobody("STOPPED", key)
}

fn waiting_partition() -> Partition {
    Partition::of_nobody("WAITING", "APPROVAL")
}
