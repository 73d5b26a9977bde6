//! The place where a list of people is brought in. What reads it comes when it is opened.

mod asking;
mod checked;
mod rows;

pub(crate) use checked::PeopleList;

use super::{Keeping, opened};
use crate::{
    api::OrganisationPeople,
    components::quiet_button,
    parts,
    routes::{Meanwhile, arriving, lost_part},
};
use leptos::{html::*, prelude::*};

pub(super) fn list(keeping: Keeping, people: OrganisationPeople) -> AnyView {
    let meanwhile = Meanwhile {
        coming: "Loading what reads lists…",
        lost: |again| {
            lost_part(
                "What reads lists could not be loaded. Check your network and try again.",
                again,
            )
        },
    };
    section()
        .aria_labelledby(opened::HEADING)
        .child((
            h2().class("govuk-heading-m")
                .id(opened::HEADING)
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
