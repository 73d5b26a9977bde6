//! The table of the access review: narrowed, ticked, to take away.

use super::{
    Keeping,
    access::{Ticks, reminder},
    access_words as words,
    fields::tick,
    opened::Opened,
};
use crate::{
    address::{Address, Parameter, use_address},
    api::{OrganisationPeople, PersonView},
    components::{
        Cell, Colour, Column, Search, changing, choice_field, csv_button, identifier, list_filters,
        list_shown, quiet_button, search_field, shown_words, table_below_heading, tag, text_cell,
    },
};
use leptos::{html::*, prelude::*};

const COLUMNS: [Column; 6] = [
    Column::Text("Person"),
    Column::Text("Roles"),
    Column::Text("Certificates"),
    Column::Text("Last here (UTC)"),
    Column::Text("Access confirmed (UTC)"),
    Column::Text("Change"),
];

/// What the list can be narrowed to, as the address calls it and in words.
const OVERDUE: (&str, &str) = ("overdue", "Review overdue");
const DORMANT: (&str, &str) = ("dormant", "Dormant");
const ENDING: (&str, &str) = ("ending", "Certificate ends soon, or has ended");

fn found(people: &[PersonView], address: Address) -> Vec<PersonView> {
    let search = Search::parse(address.parameter(Parameter::Search).as_deref());
    let state = address.parameter(Parameter::State).unwrap_or_default();
    let fits = |person: &&PersonView| {
        let is_in_state = match state.as_str() {
            state if state == OVERDUE.0 => person.review_overdue,
            state if state == DORMANT.0 => person.dormant,
            state if state == ENDING.0 => reminder(person).is_some(),
            _ => true,
        };
        let texts = [person.person.name.clone(), person.person.id.to_string()];
        is_in_state && search.finds(&texts.each_ref().map(String::as_str))
    };
    people.iter().filter(fits).cloned().collect()
}

pub(super) fn access_table(
    keeping: Keeping,
    people: StoredValue<OrganisationPeople>,
    ticks: Ticks,
) -> AnyView {
    let address = use_address();
    let of = people.with_value(|people| people.people.len());
    let narrowed =
        [OVERDUE, DORMANT, ENDING].map(|(name, words)| (name.to_owned(), words.to_owned()));
    let fields = vec![
        search_field(address, "Search"),
        choice_field(address, Parameter::State, "Show", "Everybody", narrowed),
    ];
    let shown = move || people.with_value(|people| found(&people.people, address));
    let rows = move || {
        // The boxes are numbered, so that what is wrong leads to the first.
        let rows = shown().into_iter().scan(0, |next, person| {
            let place = *next;
            *next += usize::from(person.may_confirm);
            Some(row(keeping, people, ticks, (place, person)))
        });
        let columns: &[Column] = if keeping.asks() {
            &COLUMNS
        } else {
            &COLUMNS[..COLUMNS.len() - 1]
        };
        table_below_heading("Access", columns, rows.collect())
    };
    let table = if keeping.asks() {
        fieldset()
            .class("govuk-fieldset")
            .child((
                legend()
                    .class("govuk-visually-hidden")
                    .child("Tick whose access is still needed"),
                changing(rows),
            ))
            .into_any()
    } else {
        changing(rows)
    };
    div()
        .child((
            list_filters(address, &[Parameter::Search, Parameter::State], fields),
            div().class("app-list-line").child((
                list_shown(move || shown_words(shown().len(), of, "person", "people")),
                csv_button("access.csv", &words::HEADINGS, move || {
                    untrack(shown).iter().map(words::cells).collect()
                }),
            )),
            table,
        ))
        .into_any()
}

fn row(
    keeping: Keeping,
    people: StoredValue<OrganisationPeople>,
    ticks: Ticks,
    (place, person): (usize, PersonView),
) -> Vec<Cell> {
    let mut cells = vec![
        text_cell(who(keeping, ticks, place, &person)),
        text_cell(lines(words::roles(&person))),
        text_cell(certificates(&person)),
        text_cell((
            words::last_here(&person),
            person.dormant.then(|| below(tag("Dormant", Colour::Grey))),
        )),
        text_cell((
            words::confirmed(&person),
            person
                .review_overdue
                .then(|| below(tag("Review overdue", Colour::Yellow))),
        )),
    ];
    if keeping.asks() {
        let words = (
            "Change or remove",
            span()
                .class("govuk-visually-hidden")
                .child(format!(" {}", person.person.name)),
        );
        cells.push(text_cell(quiet_button(words, move |_| {
            keeping.open_form(Opened::Person(Box::new(person.clone()), people.get_value()));
        })));
    }
    cells
}

/// The person, to tick for whoever may confirm them.
fn who(keeping: Keeping, ticks: Ticks, place: usize, person: &PersonView) -> AnyView {
    let (id, name) = (person.person.id.clone(), person.person.name.clone());
    let sign_in = below(identifier(id.as_str()));
    if !keeping.asks() || !person.may_confirm {
        return (name, sign_in).into_any();
    }
    let people = ticks.people;
    let set = {
        let id = id.clone();
        move |on| {
            people.update(|people| {
                people.retain(|other| *other != id);
                if on {
                    people.push(id.clone());
                }
            });
        }
    };
    let is_on = move || people.with(|people| people.contains(&id));
    let boxed = div()
        .class("govuk-checkboxes govuk-checkboxes--small")
        .child(tick(format!("confirm-{place}"), name, is_on, set));
    (boxed, sign_in).into_any()
}

fn certificates(person: &PersonView) -> AnyView {
    let subject = person
        .signer_subject
        .clone()
        .map(|subject| below(span().class("app-breakable").child(subject)));
    let ends = reminder(person).map(|reminder| {
        let colour = if reminder.end().is_urgent() {
            Colour::Red
        } else {
            Colour::Yellow
        };
        below(tag(reminder.when_in_words(), colour))
    });
    (lines(words::certificates(person)), subject, ends).into_any()
}

fn lines(lines: Vec<String>) -> AnyView {
    let lines: Vec<AnyView> = lines
        .into_iter()
        .map(|line| li().class("app-breakable").child(line).into_any())
        .collect();
    ul().class("govuk-list govuk-!-margin-bottom-0")
        .child(lines)
        .into_any()
}

fn below(content: impl IntoView + 'static) -> AnyView {
    div()
        .class("govuk-hint govuk-!-margin-bottom-0")
        .child(content)
        .into_any()
}
