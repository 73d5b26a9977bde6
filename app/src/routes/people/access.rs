//! The access review: who may do what, by whose word and since when, who uses it, and what somebody has to look over again.

use super::{Keeping, access_table, confirm, systems};
use crate::{
    address::{Address, Parameter, use_address},
    api::{OrganisationPeople, PersonView, use_api},
    browser,
    components::{
        Fault, busy_button, changing, counted, day_in_words, error_summary, field, inset, now,
        quiet_button, sentence,
    },
    parts,
    routes::{Meanwhile, arriving, lost_part},
    service,
};
use leptos::{html::*, prelude::*};
use sluice_shared::{
    directory::CertificateReminder,
    identifiers::{ChangeReason, PersonId},
    profile::Profile,
};

/// What the address calls this view of an organisation's people.
const VIEW: &str = "access";
const HEADING: &str = "access-review";
const REASON: &str = "confirm-reason";
/// What most confirm.
const USUAL_REASON: &str = "Looked over, and still needed.";

/// What is ticked and typed. It outlives a list that is asked for again.
#[derive(Clone, Copy)]
pub(super) struct Ticks {
    pub(super) people: RwSignal<Vec<PersonId>>,
    reason: RwSignal<String>,
    faults: RwSignal<Vec<Fault>>,
}

impl Ticks {
    pub(super) fn new() -> Self {
        Self {
            people: RwSignal::new(Vec::new()),
            reason: RwSignal::new(USUAL_REASON.to_owned()),
            faults: RwSignal::new(Vec::new()),
        }
    }

    fn is_on(self, person: &PersonId) -> bool {
        self.people.with(|people| people.contains(person))
    }
}

/// Whether the review is shown, and not the list of people.
pub(super) fn is_shown(address: Address) -> bool {
    address.parameter(Parameter::View).as_deref() == Some(VIEW)
}

/// The way there, and how many wait to be looked over.
pub(super) fn way_there(address: Address, people: &OrganisationPeople) -> AnyView {
    let overdue = number_of(people, |person| person.review_overdue);
    let told = (overdue > 0).then(|| {
        let people = counted(overdue, "person", "people");
        format!(" The review of {people} is overdue.")
    });
    let open = quiet_button("Access review", move |_| {
        address.set_parameter(Parameter::View, Some(VIEW));
        browser::focus(HEADING);
    });
    p().class("govuk-body").child((open, told)).into_any()
}

fn number_of(people: &OrganisationPeople, fits: impl Fn(&PersonView) -> bool) -> u64 {
    people.people.iter().filter(|person| fits(person)).count() as u64
}

/// What ends soon of somebody who signs, or has ended.
pub(super) fn reminder(person: &PersonView) -> Option<CertificateReminder<'_>> {
    let signs = person.roles.iter().any(|role| role.signs());
    if signs {
        CertificateReminder::of(&person.certificates, now())
    } else {
        None
    }
}

/// Draws the review.
#[derive(Clone, Copy)]
pub(crate) struct AccessReview {
    draw: fn(Keeping, StoredValue<OrganisationPeople>, Ticks) -> AnyView,
}

impl AccessReview {
    /// For the door of its part alone: whoever names it has it in its own part.
    pub(crate) const HERE: Self = Self { draw: review_here };
}

/// The review, as soon as its part is there.
pub(super) fn review(
    keeping: Keeping,
    people: StoredValue<OrganisationPeople>,
    ticks: Ticks,
) -> AnyView {
    let meanwhile = Meanwhile {
        coming: "Loading the review…",
        lost: |again| {
            lost_part(
                "The review could not be loaded. Check your network and try again.",
                again,
            )
        },
    };
    div()
        .child((
            h2().class("govuk-heading-m")
                .id(HEADING)
                .tabindex("-1")
                .child("Access review"),
            arriving(
                || Box::pin(parts::access_review()),
                meanwhile,
                move |review| (review.draw)(keeping, people, ticks),
            ),
        ))
        .into_any()
}

fn review_here(keeping: Keeping, people: StoredValue<OrganisationPeople>, ticks: Ticks) -> AnyView {
    let address = use_address();
    let profile = service::profile(use_api());
    let back = move |_| {
        for parameter in [Parameter::View, Parameter::State, Parameter::Sort] {
            address.set_parameter(parameter, None);
        }
        browser::focus_heading();
    };
    div()
        .child((
            p().class("govuk-body app-reading").child(
                "Look over what each person may do. Confirm what is still needed, and take away what is not. Confirming gives nobody anything, and stays on \
                 record.",
            ),
            changing(move || {
                profile.with(|profile| people.with_value(|people| findings(people, profile)))
            }),
            access_table::access_table(keeping, people, ticks),
            keeping.asks().then(|| confirming(keeping, people, ticks)),
            div().class("govuk-button-group").child((
                quiet_button("Refresh", move |_| keeping.again.update(|again| *again += 1)),
                systems::button(address),
                quiet_button("Back to the list of people", back),
            )),
        ))
        .into_any()
}

/// What there is to do, in numbers.
fn findings(people: &OrganisationPeople, profile: &Profile) -> AnyView {
    let rules = &profile.people;
    let overdue = number_of(people, |person| person.review_overdue);
    let dormant = number_of(people, |person| person.dormant);
    let ending = number_of(people, |person| reminder(person).is_some());
    let mut lines = Vec::new();
    if overdue > 0 {
        lines.push(format!(
            "The review of {} is overdue: nobody has given or confirmed what they may do in the last {} days.",
            counted(overdue, "person", "people"),
            rules.review_days
        ));
    }
    if dormant > 0 {
        lines.push(format!(
            "{}: not here in the last {} days.",
            dormant_in_words(dormant),
            rules.dormant_days
        ));
    }
    if ending > 0 {
        lines.push(format!(
            "Certificates end soon, or have ended, of {}. Each renews their own on Signing key.",
            counted(ending, "person", "people")
        ));
    }
    let systems = people.machines.iter();
    let systems = systems
        .filter(|view| view.machine.stopped.is_none())
        .count() as u64;
    if lines.is_empty() {
        lines.push("Nothing is overdue.".to_owned());
    }
    let noted = people.noted_since.map_or_else(
        || "Nobody has been here since it is noted who is.".to_owned(),
        |since| format!("Who is here is noted since {}.", day_in_words(since)),
    );
    lines.push(noted);
    if systems > 0 {
        lines.push(format!(
            "{} in use, listed under Systems: look over them, too, and stop what is not needed.",
            counted(systems, "system is", "systems are")
        ));
    }
    let lines: Vec<AnyView> = lines
        .into_iter()
        .map(|line| li().child(line).into_any())
        .collect();
    inset(
        ul().class("govuk-list govuk-!-margin-bottom-0")
            .child(lines),
    )
}

fn dormant_in_words(number: u64) -> String {
    let people = counted(number, "person", "people");
    if number == 1 {
        format!("{people} is dormant")
    } else {
        format!("{people} are dormant")
    }
}

/// Confirming those who are ticked.
fn confirming(keeping: Keeping, people: StoredValue<OrganisationPeople>, ticks: Ticks) -> AnyView {
    let chosen = move || {
        people.with_value(|people| {
            let all = people.people.iter().filter(|person| person.may_confirm);
            let ticked = all.filter(|person| ticks.is_on(&person.person.id));
            ticked.cloned().collect::<Vec<_>>()
        })
    };
    let press = move |_| {
        let (chosen, reason) = (
            untrack(chosen),
            ChangeReason::parse(&ticks.reason.get_untracked()),
        );
        let mut faults = Vec::new();
        if chosen.is_empty() {
            let words = "Tick at least one person whose access you confirm.";
            faults.push(Fault::at("confirm-0", words.to_owned()));
        }
        match reason {
            Ok(reason) if faults.is_empty() => {
                ticks.faults.set(Vec::new());
                let organisation = people.with_value(|people| people.organisation.id.clone());
                confirm::confirm(keeping, ticks, organisation, chosen, reason);
                return;
            }
            Ok(_) => {}
            Err(error) => faults.push(Fault::at(REASON, sentence(&error.to_string()))),
        }
        ticks.faults.set(faults);
    };
    let reason_fault = Signal::derive(move || {
        ticks.faults.with(|faults| {
            let mut faults = faults.iter();
            let at = faults.find(|fault| fault.target.as_deref() == Some(REASON));
            at.map(|fault| fault.words.clone())
        })
    });
    div()
        .class("app-reading")
        .child((
            changing(move || {
                let faults = ticks.faults.get();
                (!faults.is_empty())
                    .then(|| error_summary("There is a problem with the confirmation", faults))
            }),
            field(REASON, "Reason")
                .hint("It stays with the confirmation. 3 to 2,000 characters")
                .error(reason_fault)
                .area(2, ticks.reason),
            busy_button(
                move || match chosen().len() as u64 {
                    0 => "Confirm access".to_owned(),
                    number => format!("Confirm access of {}", counted(number, "person", "people")),
                },
                move || keeping.busy.get(),
                press,
            ),
        ))
        .into_any()
}
