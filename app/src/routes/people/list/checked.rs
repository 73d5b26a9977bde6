//! A list of people that comes back from a spreadsheet: what each row would change, and asking for all of it, one change after another.

use super::{
    Keeping,
    ask::{self, Wanted},
    differences, form,
};
use crate::{
    api::{Me, OrganisationPeople, calls},
    browser,
    components::{
        Cell, Column, Fault, busy_button, changing, counted, error_summary, field, live_region,
        number_cell, progress_bar, sentence, table_below_heading, text_cell,
    },
    service,
};
use leptos::{html::*, prelude::*};
use sluice_shared::{
    directory::{Approval, DirectoryChange, Permission},
    identifiers::ChangeReason,
    people_file::{self, PeopleFileError, PlannedRow, RowPlan},
};
use std::collections::BTreeMap;

const FILE: &str = "people-list-file";
const REASON: &str = "people-list-reason";

const COLUMNS: [Column; 4] = [
    Column::Number("Line"),
    Column::Text("Sign-in"),
    Column::Text("Name"),
    Column::Text("What it changes"),
];

/// What the parts share. Cheap to copy.
#[derive(Clone, Copy)]
struct List {
    keeping: Keeping,
    /// As they were when they were asked for last.
    people: RwSignal<OrganisationPeople>,
    /// The file that was chosen.
    file: RwSignal<Option<Vec<u8>>>,
    /// What its rows come to beside these people.
    rows: Memo<Option<Result<Vec<PlannedRow>, PeopleFileError>>>,
    /// What became of what a line asked for, once it was asked for.
    answers: RwSignal<BTreeMap<u64, Vec<String>>>,
    /// How many changes were asked for, and of how many.
    progress: RwSignal<Option<(usize, usize)>>,
    reason: RwSignal<String>,
    fault: RwSignal<Option<Fault>>,
}

/// Brings in a list of people.
#[derive(Clone, Copy)]
pub(crate) struct PeopleList {
    pub(super) draw: fn(Keeping, OrganisationPeople) -> AnyView,
}

impl PeopleList {
    /// For the door of its part alone: whoever names it has it in its own part.
    pub(crate) const HERE: Self = Self { draw: bring_in };
}

fn bring_in(keeping: Keeping, people: OrganisationPeople) -> AnyView {
    let (people, file) = (RwSignal::new(people), RwSignal::new(None::<Vec<u8>>));
    let me = keeping.me.get_value();
    let list = List {
        keeping,
        people,
        file,
        rows: Memo::new(move |_| file.get().map(|file| plan(&file, people, &me))),
        answers: RwSignal::new(BTreeMap::new()),
        progress: RwSignal::new(None),
        reason: RwSignal::new(String::new()),
        fault: RwSignal::new(None),
    };
    let chosen = move |chosen: web_sys::File| {
        leptos::task::spawn_local(async move {
            let bytes = browser::bytes_of(&chosen).await.unwrap_or_default();
            list.answers.set(BTreeMap::new());
            list.fault.set(None);
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
fn to_ask_for(rows: &[PlannedRow]) -> Vec<(u64, DirectoryChange)> {
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
    let lines = rows.iter().map(|row| line(list, row)).collect();
    div()
        .child((
            live_region(move || told.clone()),
            p().class("govuk-body").child(found),
            table_below_heading("Rows of the list", &COLUMNS, lines),
            next,
        ))
        .into_any()
}

fn line(list: List, row: &PlannedRow) -> Vec<Cell> {
    let number = row.line;
    let what = match &row.plan {
        RowPlan::Nothing => "Nothing".into_any(),
        RowPlan::Faults(faults) => faults
            .iter()
            .map(|fault| {
                let place = fault.heading.map(|heading| format!("{heading}: "));
                p().class("govuk-error-message")
                    .child((place, fault.words.clone()))
            })
            .collect::<Vec<_>>()
            .into_any(),
        RowPlan::Changes(changes) => changes
            .iter()
            .map(|change| {
                let needed = match change.approval {
                    _ if change.waits => Some("Asked for already. It waits for its approval."),
                    Approval::BySecondAdministrator => {
                        Some("Another DCC administrator has to approve it.")
                    }
                    Approval::NotNeeded => None,
                };
                div().child((
                    change.change.title(),
                    differences::lines(&change.differences),
                    needed.map(|words| div().class("govuk-hint").child(words)),
                ))
            })
            .collect::<Vec<_>>()
            .into_any(),
    };
    let answered = changing(move || {
        let answers = list.answers.with(|answers| answers.get(&number).cloned());
        let answers = answers.unwrap_or_default().into_iter();
        answers
            .map(|answer| p().class("govuk-body").child(answer).into_any())
            .collect::<Vec<AnyView>>()
    });
    vec![
        number_cell(row.line.to_string()),
        text_cell(span().class("app-breakable").child(row.sign_in.clone())),
        text_cell(row.name.clone()),
        text_cell((what, answered)),
    ]
}

fn asking(list: List, number: usize) -> AnyView {
    let done = move || {
        let (done, of) = list.progress.get().unwrap_or((0, 1));
        #[expect(clippy::cast_precision_loss, reason = "a list has at most 1,000 rows")]
        let part = done as f64 / of as f64;
        part
    };
    let at_reason = move || list.fault.get().map(|fault| fault.words);
    div()
        .class("app-reading")
        .child((
            field(REASON, "Reason")
                .hint("It stays with each of the changes, for whoever asks later. 3 to 2,000 characters")
                .error(Signal::derive(at_reason))
                .area(2, list.reason),
            changing(move || {
                let is_asking = list.progress.get().is_some();
                is_asking.then(|| progress_bar("Asking for the changes", done))
            }),
            busy_button(
                format!("Ask for {}", counted(number as u64, "change", "changes")),
                move || list.progress.get().is_some(),
                move |_| ask_for_all(list),
            ),
        ))
        .into_any()
}

fn ask_for_all(list: List) {
    let reason = match ChangeReason::parse(&list.reason.get_untracked()) {
        Ok(reason) => reason,
        Err(error) => {
            let fault = Fault::at(REASON, sentence(&error.to_string()));
            list.fault.set(Some(fault));
            return;
        }
    };
    let changes = list.rows.with_untracked(|rows| match rows {
        Some(Ok(rows)) => to_ask_for(rows),
        _ => Vec::new(),
    });
    list.fault.set(None);
    list.keeping.problem.set(None);
    list.keeping.outcome.set(None);
    list.progress.set(Some((0, changes.len())));
    leptos::task::spawn_local(ask_one_by_one(list, changes, reason));
}

/// One after another, since each is judged by what those before it left. What the service does not take stops the rest.
async fn ask_one_by_one(list: List, changes: Vec<(u64, DirectoryChange)>, reason: ChangeReason) {
    let organisation = list
        .people
        .with_untracked(|people| people.organisation.id.clone());
    let all = changes.len();
    for (done, (line, change)) in changes.into_iter().enumerate() {
        // The page was left: what was asked for is done, and nothing more is asked for.
        if list.progress.try_set(Some((done, all))).is_some() {
            return;
        }
        let wanted = Wanted {
            organisation: organisation.clone(),
            change,
            reason: reason.clone(),
        };
        match ask::ask_for_one(list.keeping, wanted).await {
            Ok((title, words)) => list.tell(line, format!("{title}: {words}")),
            Err(error) => {
                list.tell(line, "Not asked for, nor what follows.".to_owned());
                let _ = list.keeping.problem.try_set(Some(error));
                break;
            }
        }
    }
    // The list stays, beside what is so now: what was not asked for is asked for with the next press.
    if let Ok(people) = list.keeping.api.get(calls::people(&organisation)).await {
        let _ = list.people.try_set(people);
    }
    let _ = list.keeping.again.try_update(|again| *again += 1);
    let _ = list.progress.try_set(None);
}

impl List {
    fn tell(self, line: u64, words: String) {
        let _ = self
            .answers
            .try_update(|answers| answers.entry(line).or_default().push(words));
    }
}
