//! Which form is open. What draws it, and what sends what it says, comes when somebody opens one.

use super::Keeping;
use crate::{
    api::{MachineView, OrganisationPeople, PersonView},
    browser, parts,
    routes::{Meanwhile, arriving, lost_part},
};
use leptos::prelude::*;

/// The heading of the form that is open.
pub(super) const HEADING: &str = "change-heading";

/// A form that is open, with what was known when it was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Opened {
    /// Somebody new in an organisation.
    Invitation(OrganisationPeople),
    /// Somebody who is there.
    Person(Box<PersonView>, OrganisationPeople),
    /// A new system of an organisation.
    System(OrganisationPeople),
    /// A system that is to be stopped.
    SystemStop(Box<MachineView>, OrganisationPeople),
    /// A new organisation.
    Registration,
    /// An organisation.
    Organisation(OrganisationPeople),
}

impl Opened {
    /// The organisation that it is about, with its people; of a new one nothing is known.
    pub(super) fn people(&self) -> Option<&OrganisationPeople> {
        match self {
            Self::Invitation(people)
            | Self::Person(_, people)
            | Self::System(people)
            | Self::SystemStop(_, people)
            | Self::Organisation(people) => Some(people),
            Self::Registration => None,
        }
    }
}

pub(super) fn opened_form(keeping: Keeping, opened: Opened) -> AnyView {
    let meanwhile = Meanwhile {
        coming: "Loading the form…",
        lost: |again| {
            lost_part(
                "The form could not be loaded. Check your network and try again.",
                again,
            )
        },
    };
    arriving(
        || Box::pin(parts::change_forms()),
        meanwhile,
        move |forms| {
            if keeping.goes_to_form.try_update_value(std::mem::take) == Some(true) {
                browser::focus(HEADING);
            }
            (forms.draw)(keeping, opened.clone())
        },
    )
}
