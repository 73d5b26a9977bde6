//! The User IDs with their thresholds.

use crate::{
    address::{Address, HelpTopic, PagePath, Parameter, use_address},
    api::{calls, use_api},
    components::{
        Cell, Column, DayRange, Order, Search, SortColumn, changing, choice_field, csv_button,
        day_field, fetch, figure, identifier, inset, list_filters, list_shown, number_cell,
        order_field, plain_moment, remote, search_field, shown_words, sorted_table, text_cell,
    },
    sent::{Sent, sent_for_user, watch_sent},
    session::use_session,
};
use leptos::{html::*, prelude::*};
use sluice_shared::{api::UserThresholdsView, files::FileKind, instant::UtcTime};

pub(crate) fn thresholds_page() -> AnyView {
    let api = use_api();
    let staff = use_session().me().is_some_and(|me| me.dcc);
    let sent = watch_sent(api, FileKind::Adt);
    let users = fetch(async move { api.get(calls::thresholds()).await });
    div()
        .child((
            h1().class("govuk-heading-l").child("Thresholds"),
            p().class("govuk-body").child((
                "Over the warning threshold people are told; over the quarantine threshold the excess is held. ",
                a().class("govuk-link").href(PagePath::HelpTopic(HelpTopic::Thresholds).href()).child("Choosing thresholds"),
            )),
            remote(users, "Loading the thresholds", move |page| users_table(page.items.clone(), sent, staff)),
        ))
        .into_any()
}

/// A User ID as it is looked for, sorted and taken away.
#[derive(Clone, Debug)]
struct Line {
    view: UserThresholdsView,
    user_id: String,
    roles: String,
    in_force: u64,
    exceptions: u64,
    accepted_at: Option<UtcTime>,
    signer: String,
}

impl Line {
    fn new(view: UserThresholdsView) -> Self {
        let known = view.thresholds.as_ref();
        let roles: Vec<String> = view
            .roles
            .iter()
            .map(|role| format!("{role} {}", role.name()))
            .collect();
        let signer = known.and_then(|known| {
            let people = &mut view.people.iter();
            people.find(|person| person.id == known.origin.signer)
        });
        let exceptions = known.map_or(0, |known| {
            let ends = known.exceptions.iter().map(|row| row.to);
            ends.filter(|to| *to > view.at).count()
        });
        Self {
            user_id: view.user_id.to_string(),
            roles: roles.join(", "),
            in_force: view.in_force.len() as u64,
            exceptions: exceptions as u64,
            accepted_at: known.map(|known| known.origin.accepted_at),
            signer: signer.map(|person| person.name.clone()).unwrap_or_default(),
            view,
        }
    }

    fn texts(&self) -> [&str; 4] {
        [
            &self.user_id,
            &self.roles,
            &self.view.organisation_name,
            &self.signer,
        ]
    }

    fn cells(&self) -> Vec<String> {
        vec![
            self.user_id.clone(),
            self.roles.clone(),
            self.view.organisation_name.clone(),
            self.in_force.to_string(),
            self.exceptions.to_string(),
            self.accepted_at
                .map_or_else(|| "Never".to_owned(), |at| at.to_string()),
            self.signer.clone(),
        ]
    }
}

const COLUMNS: [SortColumn; 7] = [
    SortColumn::by("user", Column::Text("User ID")),
    SortColumn::by("roles", Column::Text("Roles")),
    SortColumn::by("organisation", Column::Text("Organisation")),
    SortColumn::by("in-force", Column::Number("In force")),
    SortColumn::by("exceptions", Column::Number("Exceptions")),
    SortColumn::by("accepted", Column::Text("Last accepted")),
    SortColumn::by("signer", Column::Text("By")),
];

const HEADINGS: [&str; 7] = [
    "User ID",
    "Roles",
    "Organisation",
    "In force",
    "Exceptions",
    "Last accepted (UTC)",
    "Signed by",
];

fn order(address: Address) -> Order {
    let names = COLUMNS.map(|column| column.name.unwrap_or_default());
    let text = address.parameter(Parameter::Sort);
    Order::parse(text.as_deref(), &names, Order::up("user"))
}

fn found(lines: &[Line], address: Address) -> Vec<Line> {
    let text = |parameter| address.parameter(parameter);
    let search = Search::parse(text(Parameter::Search).as_deref());
    let organisation = text(Parameter::Organisation);
    let is_of = |line: &&Line| {
        let of = organisation.as_deref();
        of.is_none_or(|of| line.view.organisation.as_str() == of)
    };
    let days = DayRange::parse(
        text(Parameter::From).as_deref(),
        text(Parameter::To).as_deref(),
    );
    // What was never accepted lies between no days.
    let was_then = |line: &&Line| {
        let at = line.accepted_at;
        at.map_or(days == DayRange::default(), |at| days.has(at))
    };
    let fits = |line: &&Line| is_of(line) && was_then(line) && search.finds(&line.texts());
    let mut found: Vec<Line> = lines.iter().filter(fits).cloned().collect();
    let order = order(address);
    match order.by {
        "roles" => order.sort(&mut found, |line| line.roles.clone()),
        "organisation" => order.sort(&mut found, |line| line.view.organisation_name.clone()),
        "in-force" => order.sort(&mut found, |line| line.in_force),
        "exceptions" => order.sort(&mut found, |line| line.exceptions),
        "accepted" => order.sort(&mut found, |line| line.accepted_at),
        "signer" => order.sort(&mut found, |line| line.signer.clone()),
        _ => order.sort(&mut found, |line| line.user_id.clone()),
    }
    found
}

fn users_table(users: Vec<UserThresholdsView>, sent: RwSignal<Vec<Sent>>, staff: bool) -> AnyView {
    if users.is_empty() {
        return inset(
            "Your organisation has no User ID yet. The DCC registers User IDs; each then appears here with its thresholds.",
        );
    }
    let address = use_address();
    let lines: Vec<Line> = users.into_iter().map(Line::new).collect();
    let of = lines.len();
    let mut fields = vec![search_field(address, "Search")];
    if staff {
        let mut organisations: Vec<(String, String)> = lines
            .iter()
            .map(|line| {
                let view = &line.view;
                (
                    view.organisation.to_string(),
                    view.organisation_name.clone(),
                )
            })
            .collect();
        organisations.sort_by(|one, other| one.1.cmp(&other.1));
        organisations.dedup();
        let label = "Organisation";
        fields.push(choice_field(
            address,
            Parameter::Organisation,
            label,
            "All",
            organisations,
        ));
    }
    let orders = [
        (Order::up("user"), "User ID"),
        (Order::down("accepted"), "Accepted last first"),
        (Order::up("accepted"), "Accepted longest ago first"),
        (Order::down("exceptions"), "Most exceptions first"),
    ];
    fields.extend([
        day_field(address, Parameter::From, "Last accepted from (UTC)"),
        day_field(address, Parameter::To, "Last accepted until (UTC)"),
        order_field(address, &orders),
    ]);
    let lines = StoredValue::new(lines);
    let shown = move || lines.with_value(|lines| found(lines, address));
    div()
        .child((
            list_filters(
                address,
                &[
                    Parameter::Search,
                    Parameter::Organisation,
                    Parameter::From,
                    Parameter::To,
                ],
                fields,
            ),
            div().class("app-list-line").child((
                list_shown(move || shown_words(shown().len(), of, "User ID", "User IDs")),
                csv_button("user-ids.csv", &HEADINGS, move || {
                    untrack(shown).iter().map(Line::cells).collect()
                }),
            )),
            changing(move || {
                let columns: Vec<SortColumn> = COLUMNS
                    .into_iter()
                    .filter(|column| staff || column.name != Some("organisation"))
                    .collect();
                let rows = shown().iter().map(|line| row(line, sent, staff)).collect();
                sorted_table(address, "User IDs", &columns, order(address), rows)
            }),
        ))
        .into_any()
}

fn row(line: &Line, sent: RwSignal<Vec<Sent>>, staff: bool) -> Vec<Cell> {
    let user_id = line.view.user_id;
    let user = a()
        .class("govuk-link")
        .href(PagePath::UserThresholds(user_id).href())
        .child(identifier(&line.user_id));
    let mut cells = vec![text_cell(user), text_cell(line.roles.clone())];
    if staff {
        cells.push(text_cell(line.view.organisation_name.clone()));
    }
    let accepted = line
        .accepted_at
        .map_or_else(|| "Never".into_any(), plain_moment);
    cells.extend([
        number_cell(figure(line.in_force)),
        number_cell(figure(line.exceptions)),
        text_cell((accepted, sent_for_user(sent, user_id))),
        text_cell(line.signer.clone()),
    ]);
    cells
}
