//! The systems of an organisation: what each may do, by whose word, when it was here last, and how it is stopped.

use super::{Keeping, opened::Opened};
use crate::{
    address::{Address, HelpTopic, PagePath, Parameter, use_address},
    api::{MachineView, OrganisationPeople},
    browser,
    components::{
        Cell, Colour, Column, counted, csv_button, day_in_words, identifier, inset, plain_moment,
        quiet_button, secondary_button, table_below_heading, tag, text_cell,
    },
};
use leptos::{html::*, prelude::*};
use sluice_shared::directory::{
    ChangeRecord, ChangeState, DirectoryChange, MachineScope, Permission,
};

/// What the address calls this view of an organisation's people.
const VIEW: &str = "systems";
const HEADING: &str = "systems";

const COLUMNS: [Column; 6] = [
    Column::Text("System"),
    Column::Text("Client ID"),
    Column::Text("What it may do"),
    Column::Text("Registered"),
    Column::Text("Last used"),
    Column::Text("State"),
];

const HEADINGS: [&str; 9] = [
    "System",
    "Client ID",
    "Scopes",
    "Registered (UTC)",
    "Registered by",
    "Approved by",
    "Last used (UTC)",
    "Stopped (UTC)",
    "Stopped by",
];

/// Whether systems are shown, and not the list of people.
pub(super) fn is_shown(address: Address) -> bool {
    address.parameter(Parameter::View).as_deref() == Some(VIEW)
}

/// The way there, and how many are in use.
pub(super) fn way_there(address: Address, people: &OrganisationPeople) -> AnyView {
    let in_use = people.machines.iter();
    let in_use = in_use.filter(|view| view.machine.stopped.is_none()).count() as u64;
    let told = (in_use > 0).then(|| format!(" {} in use.", counted(in_use, "system", "systems")));
    p().class("govuk-body")
        .child((button(address), told))
        .into_any()
}

/// The button that leads there.
pub(super) fn button(address: Address) -> AnyView {
    quiet_button("Systems", move |_| {
        address.set_parameter(Parameter::View, Some(VIEW));
        browser::focus(HEADING);
    })
}

pub(super) fn list(keeping: Keeping, people: StoredValue<OrganisationPeople>) -> AnyView {
    let address = use_address();
    let back = move |_| {
        keeping.close_form();
        address.set_parameter(Parameter::View, None);
        browser::focus_heading();
    };
    let by_dcc = keeping.may(Permission::KeepDirectory);
    let register = by_dcc.then(|| {
        secondary_button("Register a system", move |_| {
            keeping.open_form(Opened::System(people.get_value()));
        })
    });
    let lines = move || people.with_value(lines_of);
    let shown = people.with_value(|people| {
        if people.machines.is_empty() {
            inset(
                "No system is registered. The DCC registers one by the client ID that the identity provider gave it, and a second DCC administrator approves it.",
            )
        } else {
            let rows = people.machines.iter();
            let rows = rows.map(|view| row(keeping, people, view)).collect();
            div()
                .child((
                    div()
                        .class("app-list-line")
                        .child(csv_button("systems.csv", &HEADINGS, lines)),
                    table_below_heading("Systems", &COLUMNS, rows),
                ))
                .into_any()
        }
    });
    div()
        .child((
            h2().class("govuk-heading-m")
                .id(HEADING)
                .tabindex("-1")
                .child("Systems"),
            p().class("govuk-body app-reading").child((
                "Programs that sign in by a secret of their own. Each may do what is listed here and nothing else: none signs, decides, or keeps people. The DCC \
                 registers them; an administrator of the organisation, or of the DCC, can stop one at any time. More in Help, ",
                a().class("govuk-link")
                    .href(PagePath::HelpTopic(HelpTopic::Systems).href())
                    .child("Systems that send by themselves"),
                ".",
            )),
            shown,
            div().class("govuk-button-group").child((
                register,
                quiet_button("Refresh", move |_| keeping.again.update(|again| *again += 1)),
                quiet_button("Back to the list of people", back),
            )),
        ))
        .into_any()
}

/// The change by which it was registered, if that is kept.
fn registration<'a>(
    people: &'a OrganisationPeople,
    view: &MachineView,
) -> Option<&'a ChangeRecord> {
    let mut changes = people
        .changes
        .iter()
        .filter(|change| change.made_at().is_some());
    changes.find(|change| {
        matches!(&change.change, DirectoryChange::RegisterMachine { machine, .. } if *machine == view.machine.id)
    })
}

/// Who approved its registration, if that is kept.
fn approved_by(people: &OrganisationPeople, view: &MachineView) -> Option<String> {
    match &registration(people, view)?.state {
        ChangeState::Made { approved_by, .. } => Some(approved_by.as_ref()?.name.clone()),
        _ => None,
    }
}

fn row(keeping: Keeping, people: &OrganisationPeople, view: &MachineView) -> Vec<Cell> {
    let machine = &view.machine;
    let hint = |words: String| {
        div()
            .class("govuk-hint govuk-!-margin-bottom-0")
            .child(words)
    };
    let scopes: Vec<AnyView> = machine
        .scopes
        .as_slice()
        .iter()
        .map(|scope: &MachineScope| {
            li().child((scope.in_words(), hint(scope.to_string())))
                .into_any()
        })
        .collect();
    let approved = approved_by(people, view).map(|name| format!(", approved by {name}"));
    let registered = format!(
        "by {}{}",
        machine.registered_by.name,
        approved.unwrap_or_default()
    );
    let used = view
        .last_used
        .map_or_else(|| "Not seen yet".to_owned(), day_in_words);
    vec![
        text_cell(machine.name.to_string()),
        text_cell(identifier(machine.id.as_str())),
        text_cell(
            ul().class("govuk-list govuk-!-margin-bottom-0")
                .child(scopes),
        ),
        text_cell((plain_moment(machine.registered_at), hint(registered))),
        text_cell(used),
        text_cell(state(keeping, people, view)),
    ]
}

fn state(keeping: Keeping, people: &OrganisationPeople, view: &MachineView) -> AnyView {
    if let Some(stopped) = &view.machine.stopped {
        let words = format!("{}, by {}", day_in_words(stopped.at), stopped.by.name);
        let words = div()
            .class("govuk-hint govuk-!-margin-bottom-0")
            .child(words);
        return (tag("Stopped", Colour::Red), words).into_any();
    }
    let stop = keeping.asks().then(|| {
        let opened = StoredValue::new(Opened::SystemStop(Box::new(view.clone()), people.clone()));
        let words = (
            "Stop",
            span()
                .class("govuk-visually-hidden")
                .child(format!(" {}", view.machine.name)),
        );
        div().child(quiet_button(words, move |_| {
            keeping.open_form(opened.get_value());
        }))
    });
    (tag("In use", Colour::Green), stop).into_any()
}

fn lines_of(people: &OrganisationPeople) -> Vec<Vec<String>> {
    people
        .machines
        .iter()
        .map(|view| line(people, view))
        .collect()
}

fn line(people: &OrganisationPeople, view: &MachineView) -> Vec<String> {
    let machine = &view.machine;
    let stopped = machine.stopped.as_ref();
    vec![
        machine.name.to_string(),
        machine.id.to_string(),
        machine.scopes.in_words(),
        machine.registered_at.to_string(),
        machine.registered_by.name.clone(),
        approved_by(people, view).unwrap_or_default(),
        view.last_used
            .map(|day| day.to_string())
            .unwrap_or_default(),
        stopped
            .map(|stopped| stopped.at.to_string())
            .unwrap_or_default(),
        stopped
            .map(|stopped| stopped.by.name.clone())
            .unwrap_or_default(),
    ]
}
