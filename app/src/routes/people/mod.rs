//! Who there is: the people of one's own organisation for whoever keeps them, and the whole directory for DCC staff.

mod answers;
mod ask;
mod changes;
mod fields;
mod form;
mod inputs;
mod organisations;
mod table;
mod waiting;

use self::form::Which;
use crate::{
    address::{PagePath, Parameter, use_address},
    api::{Api, ApiError, Me, OrganisationPeople, calls, use_api},
    components::{
        beyond_role, changing, fetch, notification_banner, problem_summary, quiet_button, remote,
        secondary_button,
    },
    session::use_session,
};
use leptos::{html::*, prelude::*};
use sluice_shared::{directory::Permission, identifiers::OrganisationId};

/// What the parts of a page share. Cheap to copy.
#[derive(Clone, Copy)]
struct Keeping {
    api: Api,
    me: StoredValue<Me>,
    /// Counts up when what is shown is to be asked for again.
    again: RwSignal<u32>,
    /// The form that is open.
    open: RwSignal<Option<Which>>,
    /// What became of the last change, in a title and a sentence.
    outcome: RwSignal<Option<(&'static str, String)>>,
    /// Why it was not taken.
    problem: RwSignal<Option<ApiError>>,
    busy: RwSignal<bool>,
}

impl Keeping {
    fn new(me: Me) -> Self {
        Self {
            api: use_api(),
            me: StoredValue::new(me),
            again: RwSignal::new(0),
            open: RwSignal::new(None),
            outcome: RwSignal::new(None),
            problem: RwSignal::new(None),
            busy: RwSignal::new(false),
        }
    }

    fn may(self, permission: Permission) -> bool {
        self.me.with_value(|me| me.may(permission))
    }

    /// Whether the person may ask for changes, and not only look.
    fn asks(self) -> bool {
        self.may(Permission::KeepOwnPeople) || self.may(Permission::KeepDirectory)
    }

    /// What became of the last change, on top of the page.
    fn told(self) -> AnyView {
        changing(move || {
            let done = self.outcome.get().map(|(title, words)| {
                notification_banner(title, p().class("govuk-body").child(words))
            });
            let problem = self.problem.get().map(|error| problem_summary(&error));
            (done, problem)
        })
    }
}

pub(super) fn people_page() -> AnyView {
    let Some(me) = use_session().me() else {
        return ().into_any();
    };
    let heading = h1().class("govuk-heading-l").child("People");
    if me.dcc || !me.may(Permission::ReadPeople) {
        let words = "Your organisation's administrator keeps its people.";
        return div().child((heading, beyond_role(&me, words))).into_any();
    }
    let organisation = me.organisation.id.clone();
    let keeping = Keeping::new(me);
    div()
        .child((
            keeping.told(),
            heading,
            p().class("govuk-body").child(
                "Who may act for your organisation. The DCC registers Authorised Responsible Officers.",
            ),
            people_of(keeping, organisation),
        ))
        .into_any()
}

pub(super) fn directory_page() -> AnyView {
    let Some(me) = use_session().me() else {
        return ().into_any();
    };
    if !me.dcc || !me.may(Permission::ReadPeople) {
        let heading = h1().class("govuk-heading-l").child("Directory");
        let words = "DCC administrators keep organisations and people.";
        return div().child((heading, beyond_role(&me, words))).into_any();
    }
    let address = use_address();
    let keeping = Keeping::new(me);
    let chosen = Memo::new(move |_| {
        let named = address.parameter(Parameter::Organisation);
        named.and_then(|named| OrganisationId::parse(&named).ok())
    });
    div()
        .child((
            keeping.told(),
            changing(move || {
                keeping.open.set(None);
                match chosen.get() {
                    None => organisations::all(keeping),
                    Some(organisation) => one(keeping, organisation),
                }
            }),
        ))
        .into_any()
}

/// One organisation of the directory.
fn one(keeping: Keeping, organisation: OrganisationId) -> AnyView {
    let name = keeping.me.with_value(|me| {
        let mut known = me.organisations.iter();
        known
            .find(|known| known.id == organisation)
            .map(|known| known.name.clone())
    });
    div()
        .child((
            p().class("govuk-body").child(
                a().class("govuk-link")
                    .href(PagePath::Directory.href())
                    .child("All organisations"),
            ),
            h1().class("govuk-heading-l")
                .child(name.unwrap_or_else(|| organisation.to_string())),
            people_of(keeping, organisation),
        ))
        .into_any()
}

fn people_of(keeping: Keeping, organisation: OrganisationId) -> AnyView {
    changing(move || {
        let _ = keeping.again.get();
        let asked = organisation.clone();
        let people = fetch(async move { keeping.api.get(calls::people(&asked)).await });
        remote(people, "Loading the people", move |people| {
            shown(keeping, people.clone())
        })
    })
}

fn shown(keeping: Keeping, people: OrganisationPeople) -> AnyView {
    let people = StoredValue::new(people);
    let actions = keeping.asks().then(|| {
        let by_dcc = keeping.may(Permission::KeepDirectory);
        div().class("govuk-button-group").child((
            secondary_button("Invite a person", move |_| {
                keeping.open.set(Some(Which::Invite));
            }),
            by_dcc.then(|| {
                secondary_button("Change the organisation", move |_| {
                    keeping.open.set(Some(Which::Organisation));
                })
            }),
            quiet_button("Refresh", move |_| {
                keeping.again.update(|again| *again += 1);
            }),
        ))
    });
    div()
        .child((
            people.with_value(organisations::facts),
            table::people_table(keeping, people),
            actions,
            changing(move || {
                keeping.open.get().map(|which| {
                    people.with_value(|people| form::form(keeping, which, Some(people)))
                })
            }),
            people.with_value(|people| waiting::of_one(keeping, people)),
            people.with_value(changes::history),
        ))
        .into_any()
}
