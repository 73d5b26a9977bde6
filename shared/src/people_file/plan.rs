use std::collections::BTreeMap;

use super::columns::Columns;
use super::row::{RowFault, RowOfPerson};
use super::wanted::{differing, invitation};
use super::{MOST_ROWS, PeopleFileError};
use crate::api::{Me, OrganisationPeople, PersonView};
use crate::directory::{
    Approval, ChangeDifference, ChangeState, DirectoryChange, DirectoryEffect, KnownForChange,
    Organisation, Permission, Person, RegisteredBefore, differences_by, permit_change,
};
use crate::identifiers::{OrganisationId, PersonId};
use crate::instant::UtcTime;
use crate::profile::PeopleRules;
use crate::spreadsheet::{Sheet, SheetRow};

/// A row of the list with what it comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedRow {
    /// The line of the file on which it begins, from 1.
    pub line: u64,
    /// The sign-in, as it is written there.
    pub sign_in: String,
    /// What the person is called after it, as far as that is known.
    pub name: String,
    /// What it comes to.
    pub plan: RowPlan,
}

/// What a row comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowPlan {
    /// It is as it says.
    Nothing,
    /// It changes something.
    Changes(Vec<PlannedChange>),
    /// Nothing can be asked for.
    Faults(Vec<RowFault>),
}

/// A change that a row asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedChange {
    /// The change.
    pub change: DirectoryChange,
    /// What it makes different.
    pub differences: Vec<ChangeDifference>,
    /// What it needs before it is made.
    pub approval: Approval,
    /// It was asked for before, and waits for its approval: it is not asked for again.
    pub waits: bool,
}

/// What each row of a list changes among the people of an organisation, or what is wrong with it, by the rule that the service asks, for whoever is
/// signed in. What only the service knows, whether a sign-in is registered at another organisation, it says when it is asked.
///
/// # Errors
/// The file is no list of people.
pub fn plan(
    file: &[u8],
    people: &OrganisationPeople,
    me: &Me,
    rules: &PeopleRules,
    now: UtcTime,
) -> Result<Vec<PlannedRow>, PeopleFileError> {
    let sheet = Sheet::parse(file, MOST_ROWS)?;
    let columns = Columns::find(&sheet.headings)?;
    let mut planning = Planning::begin(people, me, rules, now);
    let rows = sheet.rows.iter();
    Ok(rows.map(|row| planning.row(row, columns)).collect())
}

/// The organisation as it would be after the rows before.
struct Planning<'a> {
    known: &'a OrganisationPeople,
    asker: Person,
    organisation: Organisation,
    people: Vec<Person>,
    changes_today: usize,
    rules: &'a PeopleRules,
    now: UtcTime,
    /// On which line each sign-in is.
    lines: BTreeMap<PersonId, u64>,
}

impl<'a> Planning<'a> {
    fn begin(known: &'a OrganisationPeople, me: &Me, rules: &'a PeopleRules, now: UtcTime) -> Self {
        let organisation = Organisation {
            id: known.organisation.id.clone(),
            name: known.organisation.name.clone(),
            user_ids: known.organisation.user_ids.clone(),
            details: known.details.clone(),
        };
        let people = known.people.iter();
        let people = people.map(|view| person(view, &organisation.id)).collect();
        let places = known.changes.iter();
        let changes_today = places
            .filter(|change| change.takes_a_place_on_the_day_of(now))
            .count();
        Self {
            known,
            asker: asker(me),
            organisation,
            people,
            changes_today,
            rules,
            now,
            lines: BTreeMap::new(),
        }
    }

    fn row(&mut self, row: &SheetRow, columns: Columns) -> PlannedRow {
        let sign_in = row.cell(columns.sign_in).to_owned();
        let written = columns.name.map_or("", |place| row.cell(place)).to_owned();
        let plan = match self.changes(row, columns) {
            Ok(changes) if changes.is_empty() => RowPlan::Nothing,
            Ok(changes) => RowPlan::Changes(changes),
            Err(faults) => RowPlan::Faults(faults),
        };
        let registered = self.people.iter().find(|one| one.id.as_str() == sign_in);
        PlannedRow {
            line: row.line,
            name: registered.map_or(written, |one| one.name.clone()),
            sign_in,
            plan,
        }
    }

    fn changes(
        &mut self,
        row: &SheetRow,
        columns: Columns,
    ) -> Result<Vec<PlannedChange>, Vec<RowFault>> {
        let wanted = RowOfPerson::parse(row, columns)?;
        if let Some(line) = self.lines.insert(wanted.person.clone(), row.line) {
            let words =
                format!("This sign-in is on line {line} already. Remove one of the two rows.");
            return Err(vec![RowFault::of_row(words)]);
        }
        let before = self.people.iter().find(|one| one.id == wanted.person);
        let wanted = match before {
            Some(before) => differing(wanted, before),
            None => invitation(wanted)?,
        };
        let mut faults = Vec::new();
        let mut planned = Vec::new();
        for change in wanted {
            match self.permitted(change) {
                Ok(change) => planned.push(change),
                Err(words) => faults.push(RowFault::of_row(words)),
            }
        }
        if faults.is_empty() {
            Ok(planned)
        } else {
            Err(faults)
        }
    }

    /// Asks the rule, and goes on as if the change were made.
    fn permitted(&mut self, change: DirectoryChange) -> Result<PlannedChange, String> {
        let by_dcc = self.asker.may(Permission::KeepDirectory);
        let known = KnownForChange {
            asker: &self.asker,
            id: &self.organisation.id,
            organisation: Some(&self.organisation),
            people: &self.people,
            had_people: !self.known.people.is_empty() || !self.known.changes.is_empty(),
            machines: &[],
            is_registered: false,
            destination: None,
            taken: &[],
            changes_today: self.changes_today,
            signed_with: None,
            is_stopped: false,
            // A list confirms nobody.
            confirmed_today: None,
            now: self.now,
            rules: self.rules,
        };
        let permitted = permit_change(&change, &known).map_err(|bar| bar.to_string())?;
        let before = RegisteredBefore::find(&change, Some(&self.organisation), (&self.people, &[]));
        let differences = differences_by(&change, &self.organisation.id, before.as_ref());
        if let DirectoryEffect::PutPerson(person) = permitted.effect {
            self.people.retain(|one| one.id != person.id);
            self.people.push(person);
        }
        if !by_dcc {
            self.changes_today += 1;
        }
        let waits = self.known.changes.iter().any(|asked| {
            asked.change == change && matches!(asked.state, ChangeState::AwaitingApproval { .. })
        });
        Ok(PlannedChange {
            change,
            differences,
            approval: permitted.approval,
            waits,
        })
    }
}

fn asker(me: &Me) -> Person {
    Person {
        id: me.person.id.clone(),
        name: me.person.name.clone(),
        organisation: me.organisation.id.clone(),
        roles: me.roles.clone(),
        signer_subject: me.signer_subject.clone(),
        certificates: me.certificates.clone(),
    }
}

fn person(view: &PersonView, organisation: &OrganisationId) -> Person {
    Person {
        id: view.person.id.clone(),
        name: view.person.name.clone(),
        organisation: organisation.clone(),
        roles: view.roles.clone(),
        signer_subject: view.signer_subject.clone(),
        certificates: view.certificates.clone(),
    }
}
