use super::columns::Columns;
use super::{BETWEEN_ROLES, NAME, ROLES, SIGN_IN, SUBJECT};
use crate::directory::{GivenRoles, PersonRole, SignerSubject, SignerSubjectError};
use crate::identifiers::{DisplayName, PersonId};
use crate::spreadsheet::SheetRow;
use std::fmt::Display;

/// What is wrong with a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowFault {
    /// The heading of the cell that it is about; none: the row as a whole.
    pub heading: Option<&'static str>,
    /// In sentences: what is wrong, and what to do.
    pub words: String,
}

impl RowFault {
    pub(super) fn of_row(words: String) -> Self {
        Self {
            heading: None,
            words,
        }
    }

    fn at(heading: &'static str, words: String) -> Self {
        Self {
            heading: Some(heading),
            words,
        }
    }
}

/// What a row says of a person. What the list has no column for, or for a person who is there no text, is left as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RowOfPerson {
    pub(super) person: PersonId,
    pub(super) name: Option<DisplayName>,
    pub(super) roles: Option<GivenRoles>,
    pub(super) subject: SubjectCell,
}

/// What a row says of the subject of somebody's certificates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum SubjectCell {
    /// Nothing: the list has no such column.
    NoColumn,
    /// That there is none: the cell is empty.
    Nobody,
    /// It.
    Names(SignerSubject),
}

impl SubjectCell {
    fn parse(cell: Option<&str>) -> Result<Self, SignerSubjectError> {
        Ok(match cell {
            None => Self::NoColumn,
            Some("") => Self::Nobody,
            Some(cell) => Self::Names(SignerSubject::parse(cell)?),
        })
    }

    /// The subject that it names, if it does.
    pub(super) fn named(self) -> Option<SignerSubject> {
        match self {
            Self::Names(subject) => Some(subject),
            Self::NoColumn | Self::Nobody => None,
        }
    }
}

impl RowOfPerson {
    pub(super) fn parse(row: &SheetRow, columns: Columns) -> Result<Self, Vec<RowFault>> {
        let mut faults = Vec::new();
        let person = PersonId::parse(row.cell(columns.sign_in));
        let person = person
            .map_err(|error| faults.push(RowFault::at(SIGN_IN, sentence(SIGN_IN, &error))))
            .ok();
        let filled = |place: Option<usize>| {
            let cell = place.map(|place| row.cell(place));
            cell.filter(|cell| !cell.is_empty())
        };
        let name = filled(columns.name).and_then(|cell| {
            let name = DisplayName::parse(cell);
            name.map_err(|error| faults.push(RowFault::at(NAME, sentence("The name", &error))))
                .ok()
        });
        let roles = filled(columns.roles).and_then(|cell| {
            parse_roles(cell)
                .map_err(|words| faults.push(RowFault::at(ROLES, words)))
                .ok()
        });
        let subject = SubjectCell::parse(columns.subject.map(|place| row.cell(place)));
        let subject = subject
            .map_err(|error| faults.push(RowFault::at(SUBJECT, sentence("The subject", &error))))
            .ok();
        match (person, subject) {
            (Some(person), Some(subject)) if faults.is_empty() => Ok(Self {
                person,
                name,
                roles,
                subject,
            }),
            _ => Err(faults),
        }
    }
}

/// "The name has more than 100 characters."
fn sentence(what: &str, error: &impl Display) -> String {
    format!("{what} {error}.")
}

/// Roles as the downloaded list names them, or in other spellings that mean one role only.
fn parse_roles(cell: &str) -> Result<GivenRoles, String> {
    let named = cell.split([',', ';', '/']).map(str::trim);
    let roles: Vec<PersonRole> = named
        .filter(|word| !word.is_empty())
        .map(parse_role)
        .collect::<Result<_, _>>()?;
    GivenRoles::parse(&roles).map_err(|_| format!("No role is named. {}", roles_there_are()))
}

fn parse_role(word: &str) -> Result<PersonRole, String> {
    let is_named = |role: &PersonRole| {
        role.in_words().eq_ignore_ascii_case(word)
            || (*role == PersonRole::Aro && word.eq_ignore_ascii_case("ARO"))
    };
    let found = PersonRole::ALL.into_iter().find(is_named);
    found.ok_or_else(|| format!("“{word}” is no role. {}", roles_there_are()))
}

fn roles_there_are() -> String {
    let all: Vec<_> = PersonRole::ALL.iter().map(|role| role.in_words()).collect();
    format!("Roles are: {}.", all.join(BETWEEN_ROLES))
}
