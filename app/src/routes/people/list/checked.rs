//! A list that was chosen, and what its rows come to.

use super::{asking::asking, rows};
use crate::{
    api::{Me, OrganisationPeople},
    browser,
    components::{Fault, changing, counted, error_summary, field, inset, live_region},
    routes::people::{Keeping, drafts, form},
    service,
};
use leptos::{html::*, prelude::*};
use sluice_shared::{
    directory::{DirectoryChange, Permission},
    people_file::{self, PeopleFileError, PlannedRow, RowPlan},
};
use std::collections::BTreeMap;

const FILE: &str = "people-list-file";

/// What the parts share. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct List {
    pub(super) keeping: Keeping,
    /// As they were when they were asked for last.
    pub(super) people: RwSignal<OrganisationPeople>,
    /// The file that was chosen.
    file: RwSignal<Option<Vec<u8>>>,
    /// What its rows come to beside these people.
    pub(super) rows: Memo<Option<Result<Vec<PlannedRow>, PeopleFileError>>>,
    /// What became of what a line asked for, once it was asked for.
    pub(super) answers: RwSignal<BTreeMap<u64, Vec<String>>>,
    /// How many changes were asked for, and of how many.
    pub(super) progress: RwSignal<Option<(usize, usize)>>,
    pub(super) reason: RwSignal<String>,
    pub(super) fault: RwSignal<Option<Fault>>,
}

/// Brings in a list of people.
#[derive(Clone, Copy)]
pub(crate) struct PeopleList {
    pub(in crate::routes::people) draw: fn(Keeping, OrganisationPeople) -> AnyView,
}

impl PeopleList {
    /// For the door of its part alone: whoever names it has it in its own part.
    pub(crate) const HERE: Self = Self { draw: bring_in };
}

fn bring_in(keeping: Keeping, people: OrganisationPeople) -> AnyView {
    let (person, organisation) = (keeping.person(), people.organisation.id.clone());
    let (reason, text) = drafts::list_not_sent(&person, &organisation).unzip();
    let is_restored = text.is_some();
    let file = RwSignal::new(text.map(String::into_bytes));
    let (people, reason) = (
        RwSignal::new(people),
        RwSignal::new(reason.unwrap_or_default()),
    );
    // What is no text is no list, and is told as that.
    Effect::new(move |_| {
        file.with(|file| {
            let text = file
                .as_deref()
                .and_then(|file| std::str::from_utf8(file).ok());
            if let Some(text) = text {
                drafts::keep_list(&person, &organisation, &reason.get(), text);
            }
        });
    });
    let me = keeping.me.get_value();
    let list = List {
        keeping,
        people,
        file,
        rows: Memo::new(move |_| file.get().map(|file| plan(&file, people, &me))),
        answers: RwSignal::new(BTreeMap::new()),
        progress: RwSignal::new(None),
        reason,
        fault: RwSignal::new(None),
    };
    let chosen = move |chosen: web_sys::File| {
        leptos::task::spawn_local(async move {
            let bytes = browser::bytes_of(&chosen).await.unwrap_or_default();
            // The page may have been left meanwhile, and the signals with it.
            let _ = list.answers.try_set(BTreeMap::new());
            let _ = list.fault.try_set(None);
            let _ = list.file.try_set(Some(bytes));
        });
    };
    let unreadable = move || {
        list.rows.with(|rows| match rows {
            Some(Err(error)) => Some(error.to_string()),
            _ => None,
        })
    };
    div()
        .child((
            changing(move || {
                let fault = list.fault.get();
                fault.map(|fault| error_summary("There is a problem with the list", vec![fault]))
            }),
            p().class("govuk-body app-reading").child(
                "Download the list above as CSV, change it in a spreadsheet, and save it as CSV UTF-8. Each row is checked before anything is \
                 asked for. Who is in no row stays as they are: a list removes nobody.",
            ),
            keeping
                .may(Permission::KeepDirectory)
                .then(|| form::key_needed(keeping)),
            is_restored.then(|| {
                inset("The list that you brought in before, and did not ask for all of, is here again.")
            }),
            field(FILE, "The list")
                .hint("A .csv file with the headings of the downloaded one")
                .error(Signal::derive(unreadable))
                .file(".csv,.txt", chosen),
            changing(move || {
                list.rows.with(|rows| match rows {
                    Some(Ok(rows)) => Some(checked(list, rows)),
                    _ => None,
                })
            }),
        ))
        .into_any()
}

fn plan(
    file: &[u8],
    people: RwSignal<OrganisationPeople>,
    me: &Me,
) -> Result<Vec<PlannedRow>, PeopleFileError> {
    let last = service::last();
    people.with(|people| people_file::plan(file, people, me, &last.profile.people, last.now()))
}

/// The changes that are to be asked for: of each row, those that do not wait already.
pub(super) fn to_ask_for(rows: &[PlannedRow]) -> Vec<(u64, DirectoryChange)> {
    let of_row = |row: &PlannedRow| match &row.plan {
        RowPlan::Changes(changes) => {
            let changes = changes.iter().filter(|change| !change.waits);
            changes
                .map(|change| (row.line, change.change.clone()))
                .collect()
        }
        RowPlan::Nothing | RowPlan::Faults(_) => Vec::new(),
    };
    rows.iter().flat_map(of_row).collect()
}

fn checked(list: List, rows: &[PlannedRow]) -> AnyView {
    let changes = to_ask_for(rows);
    let faulty = |row: &&PlannedRow| matches!(row.plan, RowPlan::Faults(_));
    let wrong = rows.iter().filter(faulty).count();
    let found = format!(
        "{}: {}, {} with an error.",
        counted(rows.len() as u64, "row", "rows"),
        counted(changes.len() as u64, "change", "changes"),
        counted(wrong as u64, "row", "rows"),
    );
    let told = found.clone();
    let next = if wrong > 0 {
        p().class("govuk-body")
            .child(
                "Put the rows with errors right, and choose the file again. Nothing was asked for.",
            )
            .into_any()
    } else if changes.is_empty() {
        p().class("govuk-body")
            .child("There is nothing to ask for.")
            .into_any()
    } else {
        asking(list, changes.len())
    };
    div()
        .child((
            live_region(move || told.clone()),
            p().class("govuk-body").child(found),
            rows::table(list, rows),
            next,
        ))
        .into_any()
}
