//! The forms in which changes are asked for. What is wrong is said on top and beside the field.

use super::{
    Keeping, ask, changes, drafts,
    fields::{roles, scopes, tick},
    inputs::{self, Inputs, name_of},
    opened::{HEADING, Opened},
};
use crate::{
    address::PagePath,
    api::{MachineView, OrganisationPeople, PersonView},
    components::{
        Fault, busy_button, busy_warning_button, changing, day_in_words, error_summary, field,
        inset, quiet_button,
    },
    key::{self, KeyProgress},
};
use leptos::{html::*, prelude::*};
use sluice_shared::{
    directory::{ChangeAnswer, ChangeRecord, MachineScope, PartyCategory, Permission, PersonRole},
    identifiers::{ChangeReason, OrganisationId},
};

/// Draws the form that is open, and answers to what another administrator asked for.
#[derive(Clone, Copy)]
pub(crate) struct ChangeForms {
    pub(super) draw: fn(Keeping, Opened) -> AnyView,
    pub(super) answer: fn(Keeping, ChangeRecord, ChangeAnswer, ChangeReason),
}

impl ChangeForms {
    /// For the door of its part alone: whoever names it has it in its own part.
    pub(crate) const HERE: Self = Self {
        draw: form,
        answer: ask::answer,
    };
}

fn form(keeping: Keeping, opened: Opened) -> AnyView {
    let inputs = Inputs::new(&opened);
    let is_restored = drafts::keep_form(&keeping.person(), &opened, inputs);
    let faults = RwSignal::new(Vec::<Fault>::new());
    let heading = heading(&opened);
    let history = match &opened {
        Opened::Person(person, people) => Some(changes::of_person(people, &person.person)),
        _ => None,
    };
    let shown = shown_fields(keeping, inputs, &opened, faults);
    let stops_system = matches!(opened, Opened::SystemStop(..));
    let is_of_person = matches!(opened, Opened::Person(..));
    let is_removal = move || is_of_person && inputs.what.get() == inputs::REMOVE;
    let is_stop = move || is_of_person && inputs.what.get() == inputs::STOP;
    let send = move |_| match inputs.parse(&opened) {
        Ok(wanted) => {
            faults.set(Vec::new());
            ask::ask(keeping, wanted);
        }
        Err(found) => faults.set(found),
    };
    let send = StoredValue::new_local(send);
    let press = move |event| send.with_value(|send| send(event));
    section()
        .aria_labelledby(HEADING)
        .child((
            changing(move || {
                let found = faults.get();
                (!found.is_empty())
                    .then(|| error_summary("There is a problem with the change", found))
            }),
            h2().class("govuk-heading-m")
                .id(HEADING)
                .tabindex("-1")
                .child(heading),
            keeping
                .may(Permission::KeepDirectory)
                .then(|| key_needed(keeping)),
            history,
            is_restored.then(|| inset("What you typed before and did not send is here again.")),
            div().class("app-reading").child((
                shown,
                field(inputs::REASON, "Reason")
                    .hint("It stays with the change, for whoever asks later. 3 to 2,000 characters")
                    .error(error_at(faults, inputs::REASON))
                    .area(2, inputs.reason),
                div().class("govuk-button-group").child((
                    changing(move || {
                        let busy = move || keeping.busy.get();
                        if is_removal() {
                            busy_warning_button("Remove person", busy, press)
                        } else if stops_system {
                            busy_warning_button("Stop this system now", busy, press)
                        } else if is_stop() {
                            busy_warning_button("Stop key", busy, press)
                        } else {
                            busy_button("Ask for the change", busy, press)
                        }
                    }),
                    quiet_button("Cancel", move |_| keeping.close_form()),
                )),
            )),
        ))
        .into_any()
}

fn heading(opened: &Opened) -> String {
    match opened {
        Opened::Invitation(_) => "Invite a person".to_owned(),
        Opened::Person(person, _) => format!("Change {}", person.person.name),
        Opened::System(_) => "Register a system".to_owned(),
        Opened::SystemStop(view, _) => format!("Stop {}", view.machine.name),
        Opened::Registration => "Register an organisation".to_owned(),
        Opened::Organisation(_) => "Change the organisation".to_owned(),
    }
}

fn error_at(faults: RwSignal<Vec<Fault>>, id: &'static str) -> Signal<Option<String>> {
    Signal::derive(move || {
        faults.with(|faults| {
            let at = faults
                .iter()
                .find(|fault| fault.target.as_deref() == Some(id));
            at.map(|fault| fault.words.clone())
        })
    })
}

fn shown_fields(
    keeping: Keeping,
    inputs: Inputs,
    opened: &Opened,
    faults: RwSignal<Vec<Fault>>,
) -> AnyView {
    match opened {
        Opened::Invitation(people) => invitation(keeping, inputs, people, faults),
        Opened::Person(person, people) => of_person(keeping, inputs, person, people, faults),
        Opened::System(people) => system(inputs, people, faults),
        Opened::SystemStop(view, _) => system_stop(view),
        Opened::Registration => of_organisation(inputs, true, faults),
        Opened::Organisation(_) => of_organisation(inputs, false, faults),
    }
}

fn name_field(inputs: Inputs, faults: RwSignal<Vec<Fault>>) -> AnyView {
    field(inputs::NAME, "Name")
        .error(error_at(faults, inputs::NAME))
        .text(inputs.name)
}

fn invitation(
    keeping: Keeping,
    inputs: Inputs,
    people: &OrganisationPeople,
    faults: RwSignal<Vec<Fault>>,
) -> AnyView {
    let of_dcc = people.organisation.id.is_dcc();
    (
        field(inputs::SIGN_IN, "Sign-in")
            .hint("Whoever signs in without being registered is shown it, and can send it to you. One sign-in belongs to one organisation.")
            .error(error_at(faults, inputs::SIGN_IN))
            .text(inputs.sign_in),
        name_field(inputs, faults),
        roles_fields(inputs, &offered(keeping, &people.may_give, &[], of_dcc), faults, keeping),
    )
        .into_any()
}

fn system(inputs: Inputs, people: &OrganisationPeople, faults: RwSignal<Vec<Fault>>) -> AnyView {
    let offered = MachineScope::ALL.into_iter();
    let offered: Vec<_> = offered
        .filter(|scope| scope.is_for(&people.organisation.id))
        .collect();
    (
        p().class("govuk-body").child(
            "A system signs in by a secret that the identity provider gave it. It signs nothing, decides nothing, and keeps no people.",
        ),
        field(inputs::CLIENT_ID, "Client ID")
            .hint("As the identity provider gave it. Each system has a client of its own; what was registered once never comes back")
            .error(error_at(faults, inputs::CLIENT_ID))
            .text(inputs.sign_in),
        name_field(inputs, faults),
        scopes(inputs::SCOPES, &offered, inputs.scopes, error_at(faults, inputs::SCOPES)),
    )
        .into_any()
}

fn system_stop(view: &MachineView) -> AnyView {
    let lines = [
        "Whatever it asks for from now on is refused, whatever tokens it has.",
        "What it has begun and not sent is refused when it comes. What was sent is judged as before.",
        "It cannot be started again, and its client ID is never registered again. Another system needs a client of its own, which the DCC registers.",
    ];
    let lines: Vec<AnyView> = lines
        .into_iter()
        .map(|line| li().child(line).into_any())
        .collect();
    div()
        .child((
            p().class("govuk-body").child(format!(
                "You stop the system {} ({}) at once and for good:",
                view.machine.name, view.machine.id
            )),
            ul().class("govuk-list govuk-list--bullet").child(lines),
        ))
        .into_any()
}

/// The roles that can be ticked: those of the organisation's kind that whoever asks may give, and those that the person has.
fn offered(
    keeping: Keeping,
    gives: &[PersonRole],
    has: &[PersonRole],
    of_dcc: bool,
) -> Vec<PersonRole> {
    let by_dcc = keeping.may(Permission::KeepDirectory);
    let fits = |role: &PersonRole| {
        role.is_dcc() == of_dcc && (by_dcc || gives.contains(role) || has.contains(role))
    };
    PersonRole::ALL.into_iter().filter(fits).collect()
}

fn roles_fields(
    inputs: Inputs,
    offered: &[PersonRole],
    faults: RwSignal<Vec<Fault>>,
    keeping: Keeping,
) -> AnyView {
    let by_dcc = keeping.may(Permission::KeepDirectory);
    let signs = Memo::new(move |_| {
        inputs
            .roles
            .with(|roles| roles.iter().any(|role| role.signs()))
    });
    (
        roles(inputs::ROLES, offered, inputs.roles, error_at(faults, inputs::ROLES)),
        changing(move || {
            (by_dcc && signs.get()).then(|| {
                field(inputs::SUBJECT, "Subject of the person's certificates")
                    .hint("As in CN=Supplier ARO 1,O=Large Supplier,C=GB. Nothing counts that is signed with another one")
                    .error(error_at(faults, inputs::SUBJECT))
                    .text(inputs.subject)
            })
        }),
    )
        .into_any()
}

fn of_person(
    keeping: Keeping,
    inputs: Inputs,
    person: &PersonView,
    people: &OrganisationPeople,
    faults: RwSignal<Vec<Fault>>,
) -> AnyView {
    let by_dcc = keeping.may(Permission::KeepDirectory);
    let own = people.organisation.id.clone();
    let mut whats = vec![
        (inputs::GIVE, "Change roles"),
        (inputs::RENAME, "Change the name"),
    ];
    if by_dcc {
        whats.push((inputs::MOVE, "Move to another organisation"));
    }
    let keys = keys_in_use(person);
    if !keys.is_empty() {
        whats.push((inputs::STOP, "Stop a key"));
    }
    whats.push((inputs::REMOVE, "Remove"));
    let whats = whats
        .into_iter()
        .map(|(name, words)| (name.to_owned(), words.to_owned()))
        .collect();
    let here = offered(keeping, &people.may_give, &person.roles, own.is_dcc());
    let is_administrator = person.roles.contains(&PersonRole::OrganisationAdmin);
    (
        field(inputs::WHAT, "What to do").select(whats, inputs.what),
        changing(move || match inputs.what.get().as_str() {
            inputs::RENAME => (
                p().class("govuk-body").child("The person stays who they are: sign-in, roles and history are kept."),
                name_field(inputs, faults),
            )
                .into_any(),
            inputs::REMOVE => (
                p().class("govuk-body").child(
                    "The person can do nothing here from the next request on. What they began and have not sent is refused when it comes; what is \
                     recorded stays, under their name.",
                ),
                last_one(inputs, is_administrator),
            )
                .into_any(),
            inputs::STOP => (
                p().class("govuk-body").child(
                    "At once and for good: nothing counts any more that is signed with the key, and what was sent and has not taken effect yet is rejected.",
                ),
                field(inputs::KEY, "Key of the certificate")
                    .error(error_at(faults, inputs::KEY))
                    .select(keys.clone(), inputs.key),
            )
                .into_any(),
            inputs::MOVE => (
                organisation_field(keeping, inputs, &own, faults),
                changing(move || {
                    let to_dcc = inputs.to.get() == OrganisationId::DCC;
                    roles_fields(inputs, &offered(keeping, &[], &[], to_dcc), faults, keeping)
                }),
                last_one(inputs, is_administrator),
            )
                .into_any(),
            _ => (roles_fields(inputs, &here, faults, keeping), last_one(inputs, is_administrator)).into_any(),
        }),
    )
        .into_any()
}

/// The keys that can be stopped, each by its SHA-256 and the certificate that people know it by.
fn keys_in_use(person: &PersonView) -> Vec<(String, String)> {
    let in_use = person.certificates.iter();
    let in_use = in_use.filter(|certificate| certificate.stopped.is_none());
    let keys: Vec<_> = in_use
        .map(|certificate| {
            let identity = &certificate.identity;
            let words = format!(
                "{}, valid until {}",
                identity.serial,
                day_in_words(identity.not_after)
            );
            (identity.key.to_string(), words)
        })
        .collect();
    if keys.is_empty() {
        return keys;
    }
    let first = (String::new(), "Choose one".to_owned());
    std::iter::once(first).chain(keys).collect()
}

/// What has to be said where an organisation's last administrator goes.
fn last_one(inputs: Inputs, is_administrator: bool) -> AnyView {
    if !is_administrator {
        return ().into_any();
    }
    div()
        .class("govuk-form-group govuk-checkboxes govuk-checkboxes--small")
        .child(tick(
            "change-last".to_owned(),
            "Even if the organisation has no administrator then".to_owned(),
            move || inputs.last.get(),
            move |on| inputs.last.set(on),
        ))
        .into_any()
}

fn organisation_field(
    keeping: Keeping,
    inputs: Inputs,
    own: &OrganisationId,
    faults: RwSignal<Vec<Fault>>,
) -> AnyView {
    let others = keeping.me.with_value(|me| {
        let others = me.organisations.iter().filter(|other| other.id != *own);
        others
            .map(|other| (other.id.to_string(), other.name.clone()))
            .collect::<Vec<_>>()
    });
    let first = std::iter::once((String::new(), "Choose one".to_owned()));
    field(inputs::TO, "To")
        .error(error_at(faults, inputs::TO))
        .select(first.chain(others).collect(), inputs.to)
}

fn of_organisation(inputs: Inputs, is_new: bool, faults: RwSignal<Vec<Fault>>) -> AnyView {
    let categories = PartyCategory::ALL
        .into_iter()
        .map(|one| (name_of(one), name_of(one)));
    let categories = std::iter::once((String::new(), "Not said".to_owned())).chain(categories);
    let short_name = is_new.then(|| {
        field(inputs::SHORT_NAME, "Short name")
            .hint("Small letters, digits and hyphens, such as large-supplier. It cannot be changed later")
            .error(error_at(faults, inputs::SHORT_NAME))
            .text(inputs.short_name)
    });
    (
        short_name,
        name_field(inputs, faults),
        field(inputs::USER_IDS, "User IDs")
            .hint("One a line, each with its roles: 90-B3-D5-1F-30-01-00-00 IS GS")
            .error(error_at(faults, inputs::USER_IDS))
            .area(4, inputs.user_ids),
        field(inputs::CATEGORY, "Party Category").select(categories.collect(), inputs.category),
        field(inputs::ALLOCATED, "Allocated EUI-64s")
            .hint("The first and the last, with / between them. The User IDs lie in there")
            .error(error_at(faults, inputs::ALLOCATED))
            .text(inputs.allocated),
        field(inputs::CONTACT, "Contact")
            .hint("A mail address")
            .error(error_at(faults, inputs::CONTACT))
            .text(inputs.contact),
    )
        .into_any()
}

/// Says that there is no key to sign with in this browser, with the way to one.
pub(super) fn key_needed(keeping: Keeping) -> AnyView {
    let person = keeping.me.with_value(|me| me.person.id.to_string());
    let has_key = RwSignal::new(true);
    leptos::task::spawn_local(async move {
        let found = key::progress(&person).await.unwrap_or_default();
        let _ = has_key.try_set(found == KeyProgress::Certificate);
    });
    changing(move || {
        (!has_key.get()).then(|| {
            p().class("govuk-body").child((
                "You sign each change with a key of your own, and there is none with a certificate in this browser yet: ",
                a().class("govuk-link").href(PagePath::SigningKey.href()).child("set up a signing key"),
                ".",
            ))
        })
    })
}
