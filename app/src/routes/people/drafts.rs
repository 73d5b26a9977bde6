//! What is typed and not sent: in this tab's storage, so that neither a sign-in that ended, nor a reload, nor the way to the signing key
//! loses it. Signing out forgets it.

use super::{inputs::Inputs, opened::Opened};
use crate::{api::OrganisationPeople, browser::storage};
use leptos::prelude::*;
use sluice_shared::identifiers::{ChangeRequestId, OrganisationId, PersonId};

/// The form that is not sent: whose, which form, and its texts.
const FORM: &str = "sluice.change";
/// Reasons for answers that are not sent: whose, to which change, the reason.
const ANSWERS: &str = "sluice.answers";

/// The list of people of which not all was asked for: whose, of which organisation, its reason, its text.
const LIST: &str = "sluice.people-list";

/// Which form it is, in a text.
fn name_of(opened: &Opened) -> String {
    let organisation = opened.people().map(|people| &people.organisation.id);
    let organisation = organisation.map(ToString::to_string).unwrap_or_default();
    match opened {
        Opened::Invitation(_) => format!("invitation {organisation}"),
        Opened::Person(person, _) => format!("person {organisation} {}", person.person.id),
        Opened::Organisation(_) => format!("organisation {organisation}"),
        Opened::System(_) => format!("system {organisation}"),
        Opened::SystemStop(view, _) => format!("stop {organisation} {}", view.machine.id),
        Opened::Registration => "registration".to_owned(),
    }
}

/// Keeps what is typed into a form from now on, after giving it what was typed before; whether there was anything.
pub(super) fn keep_form(by: &PersonId, opened: &Opened, inputs: Inputs) -> bool {
    let (by, name) = (by.to_string(), name_of(opened));
    let kept = storage::get_list(FORM);
    let is_restored = match kept.split_first_chunk::<2>() {
        Some(([whose, which], texts)) if *whose == by && *which == name => {
            inputs.set_texts(texts);
            true
        }
        _ => false,
    };
    Effect::watch(
        move || inputs.texts(),
        move |texts, _, _| {
            let mut kept = vec![by.clone(), name.clone()];
            kept.extend_from_slice(texts);
            storage::set_list(FORM, &kept);
        },
        false,
    );
    is_restored
}

/// The form that was typed into and not sent, if it is of these people, or without them a registration.
pub(super) fn form_not_sent(by: &PersonId, people: Option<&OrganisationPeople>) -> Option<Opened> {
    let kept = storage::get_list(FORM);
    let ([whose, which], _) = kept.split_first_chunk::<2>()?;
    let can_be_opened = match people {
        None => vec![Opened::Registration],
        Some(people) => {
            let of_people = people.people.iter();
            let mut forms: Vec<_> = of_people
                .map(|person| Opened::Person(Box::new(person.clone()), people.clone()))
                .collect();
            let systems = people
                .machines
                .iter()
                .filter(|view| view.machine.stopped.is_none());
            forms.extend(
                systems.map(|view| Opened::SystemStop(Box::new(view.clone()), people.clone())),
            );
            forms.push(Opened::System(people.clone()));
            forms.push(Opened::Invitation(people.clone()));
            forms.push(Opened::Organisation(people.clone()));
            forms
        }
    };
    let mut can_be_opened = can_be_opened.into_iter();
    can_be_opened.find(|opened| *whose == by.as_str() && *which == name_of(opened))
}

/// For a form that was sent, or that is not wanted any more.
pub(super) fn forget_form() {
    let _ = storage::take(FORM);
}

/// Keeps a list that is brought in: a sign-in that is too old for its last changes does not lose it.
pub(super) fn keep_list(by: &PersonId, of: &OrganisationId, reason: &str, text: &str) {
    let kept = [
        by.to_string(),
        of.to_string(),
        reason.to_owned(),
        text.to_owned(),
    ];
    storage::set_list(LIST, &kept);
}

/// The list of these people that is not all asked for: its reason, and its text.
pub(super) fn list_not_sent(by: &PersonId, of: &OrganisationId) -> Option<(String, String)> {
    let kept = storage::get_list(LIST);
    let [whose, which, reason, text] = kept.as_slice() else {
        return None;
    };
    let is_it = *whose == by.as_str() && *which == of.as_str();
    is_it.then(|| (reason.clone(), text.clone()))
}

/// For a list that was all asked for, or that is not wanted any more.
pub(super) fn forget_list() {
    let _ = storage::take(LIST);
}

/// A reason that was typed for an answer to a change.
pub(super) fn reason(by: &PersonId, request: ChangeRequestId) -> Option<String> {
    let (kept, request) = (storage::get_list(ANSWERS), request.to_string());
    let (all, _) = kept.as_chunks::<3>();
    let found = all
        .iter()
        .find(|[whose, which, _]| *whose == by.as_str() && *which == request);
    found.map(|[_, _, reason]| reason.clone())
}

/// Keeps a reason for an answer; an empty one is forgotten.
pub(super) fn keep_reason(by: &PersonId, request: ChangeRequestId, reason: &str) {
    let (kept, request) = (storage::get_list(ANSWERS), request.to_string());
    let (all, _) = kept.as_chunks::<3>();
    let others = all
        .iter()
        .filter(|[whose, which, _]| *whose == by.as_str() && *which != request);
    let mut left: Vec<_> = others.flatten().cloned().collect();
    if !reason.is_empty() {
        left.extend([by.to_string(), request, reason.to_owned()]);
    }
    storage::set_list(ANSWERS, &left);
}
