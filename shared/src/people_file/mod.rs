//! An organisation's people as a list that goes to a spreadsheet and comes back: what each row would change, or what is wrong with it.
//!
//! A list that comes back changes and invites. It removes nobody: who is not in it stays as they are.

mod columns;
mod plan;
mod row;
mod wanted;

pub use plan::{PlannedChange, PlannedRow, RowPlan, plan};
pub use row::RowFault;

use crate::api::PersonView;
use crate::directory::PersonRole;
use crate::instant::UtcTime;
use crate::spreadsheet::SheetError;

/// The most rows of a list.
pub const MOST_ROWS: usize = 1_000;

/// The headings of the columns, in their order. The last two are told, and not read when the list comes back.
pub const HEADINGS: [&str; 6] = [
    SIGN_IN,
    NAME,
    ROLES,
    SUBJECT,
    "Since (UTC)",
    "Last changed (UTC)",
];

const SIGN_IN: &str = "Sign-in";
const NAME: &str = "Name";
const ROLES: &str = "Roles";
const SUBJECT: &str = "Certificates name";

/// What separates roles in a cell.
const BETWEEN_ROLES: &str = ", ";

/// Why a file is no list of people.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PeopleFileError {
    /// It is no list at all.
    #[error(transparent)]
    Sheet(#[from] SheetError),
    /// Without this column nobody knows whom a row is about.
    #[error(
        "The first row has no heading “{SIGN_IN}”. Download the list of people, change that one, and choose it."
    )]
    NoSignIn,
    /// Two columns of one heading.
    #[error("Two columns have the heading “{0}”. Remove one of them.")]
    HeadingTwice(&'static str),
    /// A column that means nothing here.
    #[error(
        "Nothing is known by the heading “{0}”. Remove that column, or call it as the downloaded list does."
    )]
    UnknownHeading(String),
}

/// A person as a row of the list, below [`HEADINGS`].
pub fn row_of(person: &PersonView) -> Vec<String> {
    let time = |at: Option<UtcTime>| at.map(|at| at.to_string()).unwrap_or_default();
    vec![
        person.person.id.to_string(),
        person.person.name.clone(),
        roles_in_words(&person.roles),
        person.signer_subject.clone().unwrap_or_default(),
        time(person.since),
        time(person.changed_at),
    ]
}

/// Roles as a cell has them, and a page: "submitter, viewer".
pub fn roles_in_words(roles: &[PersonRole]) -> String {
    let words: Vec<_> = roles.iter().map(|role| role.in_words()).collect();
    words.join(BETWEEN_ROLES)
}
