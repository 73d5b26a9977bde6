//! Who there is: organisations, their people and their User IDs.
//!
//! | `pk` | `sk` | what |
//! |---|---|---|
//! | `<organisation>#DIRECTORY` | `META` | the organisation with its User IDs, and a version that each change of it or its people raises |
//! | `<organisation>#DIRECTORY` | `PERSON#<id>` | a person of it |
//! | `<organisation>#DIRECTORY` | `SYSTEM#<client id>` | a system of it, in use or stopped |
//! | `<organisation>#DIRECTORY` | `CHANGE#<reference>` | a change that was asked for, and what became of it (`directory_changes.rs`) |
//! | `PERSON#<id>` | `META` | where the person or the system belongs, and the name to show; who was removed belongs nowhere and keeps the name |
//! | `WAITING#APPROVAL` | `<organisation>#<reference>` | in which organisation a change waits for a second DCC administrator |
//! | `STOPPED#<SHA-256 of a key>` | `META` | that a key was stopped: it never counts again, whoever has it |
//! | `USER#<User ID>` | `META` | whose User ID it is |
use sluice_shared::{
    api::PersonRef,
    directory::{Machine, Organisation, Person},
    identifiers::{ClientId, Eui64, OrganisationId, PersonId},
};

use super::{
    Partition, StoreError, Transaction,
    item::{
        Item, TableClient, from_item, read_number, read_organisation, read_text, text, to_item,
    },
};
use crate::{
    function::Function,
    need::{Need, Resource},
    schema,
};

/// What the functions do with the table. `intake` alone writes to it.
pub(crate) const NEEDS: &[Need] = &[
    Need {
        by: &[Function::Api, Function::Review, Function::Intake],
        actions: &["dynamodb:GetItem"],
        on: Resource::Table(schema::DIRECTORY),
    },
    Need {
        by: &[Function::Api, Function::Review, Function::Intake],
        actions: &["dynamodb:Query"],
        on: Resource::Table(schema::DIRECTORY),
    },
    Need {
        by: &[Function::Intake],
        actions: &[
            "dynamodb:PutItem",
            "dynamodb:DeleteItem",
            "dynamodb:ConditionCheckItem",
        ],
        on: Resource::Table(schema::DIRECTORY),
    },
    Need {
        by: &[Function::Review],
        actions: &["dynamodb:Scan"],
        on: Resource::Table(schema::DIRECTORY),
    },
];

/// The table of the directory.
#[derive(Debug, Clone)]
pub struct Directory {
    pub(super) table: TableClient,
}

/// An organisation and everybody in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrganisationRecord {
    /// The organisation.
    pub organisation: Organisation,
    /// Its people, in order of their ids.
    pub people: Vec<Person>,
    /// How often it or its people were changed by request. It was read first: what was changed meanwhile has a later one.
    pub version: u64,
}

impl Directory {
    /// The table `name`.
    pub fn new(client: &aws_sdk_dynamodb::Client, name: &str) -> Self {
        Self {
            table: TableClient::new(client, name),
        }
    }

    /// A person as registered now; strongly consistent, so that somebody removed is removed at once.
    pub async fn person(&self, id: &PersonId) -> Result<Option<Person>, StoreError> {
        match self.organisation_of(id).await? {
            Some(organisation) => self.person_of(&organisation, id).await,
            None => Ok(None),
        }
    }

    /// Where a person or a system belongs; strongly consistent.
    pub async fn organisation_of(
        &self,
        id: &PersonId,
    ) -> Result<Option<OrganisationId>, StoreError> {
        self.owner(&person_partition(id)).await
    }

    /// A person of an organisation; strongly consistent.
    pub async fn person_of(
        &self,
        organisation: &OrganisationId,
        id: &PersonId,
    ) -> Result<Option<Person>, StoreError> {
        let pk = organisation_partition(organisation);
        let item = self.table.get(&pk, &person_key(id)).await?;
        item.map(from_item).transpose()
    }

    /// A system of an organisation, in use or stopped; strongly consistent, so that one that is stopped is stopped at once.
    pub async fn machine_of(
        &self,
        organisation: &OrganisationId,
        id: &ClientId,
    ) -> Result<Option<Machine>, StoreError> {
        let pk = organisation_partition(organisation);
        let item = self.table.get(&pk, &machine_key(id)).await?;
        item.map(from_item).transpose()
    }

    /// The systems of an organisation, stopped ones and all, in order of their client ids; strongly consistent.
    pub async fn machines(
        &self,
        organisation: &OrganisationId,
    ) -> Result<Vec<Machine>, StoreError> {
        let pk = organisation_partition(organisation);
        let items = self.table.query(&pk, "SYSTEM#").await?;
        items.into_iter().map(from_item).collect()
    }

    /// How a person or a system is called, wherever they belong; `None` for who is not registered.
    pub async fn person_named(&self, id: &PersonId) -> Result<Option<PersonRef>, StoreError> {
        let item = self.table.get(&person_partition(id), "META").await?;
        Ok(item.map(|item| PersonRef {
            id: id.clone(),
            name: read_text(&item, "name").map_or_else(|| id.to_string(), str::to_owned),
        }))
    }

    /// An organisation; strongly consistent.
    pub async fn organisation(
        &self,
        id: &OrganisationId,
    ) -> Result<Option<Organisation>, StoreError> {
        self.table
            .get(&organisation_partition(id), "META")
            .await?
            .map(from_item)
            .transpose()
    }

    /// An organisation and its people; strongly consistent.
    pub async fn organisation_record(
        &self,
        id: &OrganisationId,
    ) -> Result<Option<OrganisationRecord>, StoreError> {
        let meta = self.table.get(&organisation_partition(id), "META").await?;
        let Some(meta) = meta else {
            return Ok(None);
        };
        let version = read_number(&meta, "version").unwrap_or_default();
        let organisation = from_item(meta)?;
        let people = self
            .table
            .query(&organisation_partition(id), "PERSON#")
            .await?;
        let people = people
            .into_iter()
            .map(from_item)
            .collect::<Result<_, _>>()?;
        Ok(Some(OrganisationRecord {
            organisation,
            people,
            version,
        }))
    }

    /// Whose User ID this is.
    pub async fn owner_of(&self, user_id: Eui64) -> Result<Option<OrganisationId>, StoreError> {
        self.owner(&user_partition(user_id)).await
    }

    /// All organisations, in order of their ids. There are a few hundred at most, so the table is scanned.
    pub async fn organisations(&self) -> Result<Vec<Organisation>, StoreError> {
        let mut found: Vec<Organisation> = Vec::new();
        let mut start = None;
        loop {
            let answer = self
                .table
                .client
                .scan()
                .table_name(&self.table.name)
                .filter_expression("sk = :meta AND attribute_exists(userIds)")
                .expression_attribute_values(":meta", text("META"))
                .set_exclusive_start_key(start)
                .send()
                .await
                .map_err(|error| StoreError::aws("scan the directory", &error))?;
            for item in answer.items.unwrap_or_default() {
                found.push(from_item(item)?);
            }
            start = answer.last_evaluated_key;
            if start.as_ref().is_none_or(Item::is_empty) {
                found.sort_by(|a, b| a.id.cmp(&b.id));
                return Ok(found);
            }
        }
    }

    /// Registers an organisation and its User IDs, or changes what is registered.
    pub async fn put_organisation(&self, organisation: &Organisation) -> Result<(), StoreError> {
        for user_id in &organisation.user_ids {
            let owner = owner_item(&user_partition(user_id.id), &organisation.id);
            self.table.put(owner).await?;
        }
        self.table
            .put(to_item(
                &organisation_partition(&organisation.id),
                "META",
                organisation,
            )?)
            .await
    }

    /// Registers a person, or changes what is registered. Whoever moves leaves the organisation before, whose signer they are no
    /// longer, at the same instant.
    pub async fn put_person(&self, person: &Person) -> Result<(), StoreError> {
        let (key, pk) = (person_key(&person.id), person_partition(&person.id));
        let organisation = organisation_partition(&person.organisation);
        let mut owner = owner_item(&pk, &person.organisation);
        owner.insert("name".to_owned(), text(&person.name));
        let mut transaction = Transaction::new("register a person");
        transaction.put(&self.table, to_item(&organisation, &key, person)?, None);
        transaction.put(&self.table, owner, None);
        if let Some(before) = self.owner(&pk).await?
            && before != person.organisation
        {
            transaction.delete(&self.table, (&organisation_partition(&before), &key));
        }
        transaction.commit().await
    }

    /// Registers a system, or changes what is registered.
    pub async fn put_machine_as_it_is(&self, machine: &Machine) -> Result<(), StoreError> {
        let mut transaction = Transaction::new("register a system");
        self.put_machine(&mut transaction, machine, None)?;
        transaction.commit().await
    }

    async fn owner(&self, pk: &Partition) -> Result<Option<OrganisationId>, StoreError> {
        let item = self.table.get(pk, "META").await?;
        // Who was removed is still named, and belongs nowhere.
        let item = item.filter(|item| item.contains_key("organisation"));
        item.as_ref().map(read_organisation).transpose()
    }
}

pub(super) fn owner_item(pk: &Partition, organisation: &OrganisationId) -> Item {
    Item::from([
        ("pk".to_owned(), text(pk)),
        ("sk".to_owned(), text("META")),
        ("organisation".to_owned(), text(organisation.as_str())),
    ])
}

pub(super) fn organisation_partition(id: &OrganisationId) -> Partition {
    Partition::owned_by(id, "DIRECTORY")
}

pub(super) fn person_partition(id: &PersonId) -> Partition {
    Partition::of_nobody("PERSON", id)
}

pub(super) fn person_key(id: &PersonId) -> String {
    format!("PERSON#{id}")
}

pub(super) fn machine_key(id: &ClientId) -> String {
    format!("SYSTEM#{id}")
}

pub(super) fn user_partition(id: Eui64) -> Partition {
    Partition::of_nobody("USER", id)
}
