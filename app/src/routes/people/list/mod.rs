//! The place where a list of people is brought in. What reads it comes when it is opened.

mod asking;
mod checked;
mod rows;

pub(crate) use checked::PeopleList;

use super::{Keeping, form};
use crate::{
    api::OrganisationPeople,
    components::{quiet_button, secondary_button},
    parts,
    routes::arriving::{Meanwhile, arriving},
};
use leptos::{html::*, prelude::*};

pub(super) fn list(keeping: Keeping, people: OrganisationPeople) -> AnyView {
    let meanwhile = Meanwhile {
        coming: "Loading what reads lists…",
        lost,
    };
    section()
        .aria_labelledby(form::HEADING)
        .child((
            h2().class("govuk-heading-m")
                .id(form::HEADING)
                .tabindex("-1")
                .child("Bring in a list of people"),
            arriving(
                || Box::pin(parts::people_list()),
                meanwhile,
                move |part| (part.draw)(keeping, people.clone()),
            ),
            p().class("govuk-body")
                .child(quiet_button("Close", move |_| keeping.close_list())),
        ))
        .into_any()
}

fn lost(again: Callback<()>) -> AnyView {
    div()
        .child((
            p().class("govuk-error-message")
                .child("What reads lists could not be loaded. Check your network and try again."),
            secondary_button("Try again", move |_| again.run(())),
        ))
        .into_any()
}
