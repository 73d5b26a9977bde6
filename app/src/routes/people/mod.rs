//! Who there is: the people of one's own organisation for whoever keeps them, and the whole directory for DCC staff.

mod access;
mod access_table;
mod access_words;
mod answers;
mod ask;
mod changes;
mod confirm;
mod differences;
mod drafts;
mod fields;
mod form;
mod inputs;
mod list;
mod opened;
mod organisations;
mod systems;
mod table;
mod user_id_lines;
mod waiting;

pub(crate) use self::{access::AccessReview, form::ChangeForms, list::PeopleList};
use self::{access::Ticks, opened::Opened};
use crate::{
    address::{Address, PagePath, Parameter, use_address},
    api::{Api, ApiError, Me, OrganisationPeople, calls, use_api},
    browser,
    components::{
        Remote, beyond_role, changing, notification_banner, problem_summary, quiet_button, remote,
        secondary_button,
    },
    session::use_session,
};
use leptos::{html::*, prelude::*};
use sluice_shared::{
    directory::Permission,
    identifiers::{OrganisationId, PersonId},
};

/// What the parts of a page share. Cheap to copy.
#[derive(Clone, Copy)]
struct Keeping {
    api: Api,
    me: StoredValue<Me>,
    /// Counts up when what is shown is to be asked for again.
    again: RwSignal<u32>,
    /// The form that is open. What is typed into it outlives a list that is asked for again.
    opened: RwSignal<Option<Opened>>,
    /// Whether somebody has just opened it, and goes on in it.
    goes_to_form: StoredValue<bool>,
    /// The people of whom a list is brought in. It is instead of a form.
    list: RwSignal<Option<OrganisationPeople>>,
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
            opened: RwSignal::new(None),
            goes_to_form: StoredValue::new(false),
            list: RwSignal::new(None),
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

    /// Opens a form, and goes there.
    fn open_form(self, opened: Opened) {
        self.list.set(None);
        self.goes_to_form.set_value(true);
        self.opened.set(Some(opened));
    }

    /// Opens the place where a list of these people is brought in, and goes there.
    fn open_list(self, people: OrganisationPeople) {
        self.opened.set(None);
        self.list.set(Some(people));
        browser::focus(opened::HEADING);
    }

    /// Opens it where a list was brought in and not all of it asked for.
    fn open_list_not_sent(self, people: &OrganisationPeople) {
        let is_closed = self.list.try_with_untracked(Option::is_none) == Some(true)
            && self.opened.try_with_untracked(Option::is_none) == Some(true);
        let kept = drafts::list_not_sent(&self.person(), &people.organisation.id);
        if is_closed && self.asks() && kept.is_some() {
            self.list.set(Some(people.clone()));
        }
    }

    /// Closes it; the list is not wanted any more.
    fn close_list(self) {
        drafts::forget_list();
        self.list.set(None);
        browser::focus_heading();
    }

    /// Opens the form that was typed into and not sent, if it belongs here.
    fn open_form_not_sent(self, people: Option<&OrganisationPeople>) {
        // The page may have been left meanwhile, and its signals with it.
        if self.opened.try_with_untracked(Option::is_none) == Some(true) && self.asks() {
            let opened = drafts::form_not_sent(&self.person(), people);
            if opened.is_some() {
                self.opened.set(opened);
            }
        }
    }

    /// Closes the form; what was typed is not wanted any more.
    fn close_form(self) {
        drafts::forget_form();
        self.opened.set(None);
        browser::focus_heading();
    }

    fn person(self) -> PersonId {
        self.me.with_value(|me| me.person.id.clone())
    }

    /// The form that is open, if any.
    fn open_form_shown(self) -> AnyView {
        changing(move || {
            let form = self
                .opened
                .get()
                .map(|opened| opened::opened_form(self, opened));
            let list = self.list.get();
            let list = list.map(|people| list::list(self, people));
            (form, list)
        })
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
                keeping.opened.set(None);
                keeping.list.set(None);
                keeping.problem.set(None);
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
    let people = RwSignal::new(Remote::Loading);
    let (address, ticks) = (use_address(), Ticks::new());
    let reviews = Memo::new(move |_| access::is_shown(address));
    let of_systems = Memo::new(move |_| systems::is_shown(address));
    Effect::new(move |_| {
        let _ = keeping.again.get();
        let asked = organisation.clone();
        leptos::task::spawn_local(async move {
            let answer = keeping.api.get(calls::people(&asked)).await;
            if let Ok(people) = &answer {
                keeping.open_form_not_sent(Some(people));
                keeping.open_list_not_sent(people);
            }
            let _ = people.try_set(answer.map_or_else(Remote::Failed, Remote::Ready));
        });
    });
    let below = move || {
        people.with(|people| match people {
            Remote::Ready(people) => {
                Some((waiting::of_one(keeping, people), changes::history(people)))
            }
            Remote::Loading | Remote::Failed(_) => None,
        })
    };
    div()
        .child((
            remote(people, "Loading the people", move |people| {
                let people = people.clone();
                changing(move || {
                    if reviews.get() {
                        access::review(keeping, StoredValue::new(people.clone()), ticks)
                    } else if of_systems.get() {
                        systems::list(keeping, StoredValue::new(people.clone()))
                    } else {
                        shown(keeping, address, people.clone())
                    }
                })
            }),
            keeping.open_form_shown(),
            changing(below),
        ))
        .into_any()
}

fn shown(keeping: Keeping, address: Address, people: OrganisationPeople) -> AnyView {
    let people = StoredValue::new(people);
    let open = move |opened: fn(OrganisationPeople) -> Opened| {
        keeping.open_form(opened(people.get_value()));
    };
    let actions = keeping.asks().then(|| {
        let by_dcc = keeping.may(Permission::KeepDirectory);
        div().class("govuk-button-group").child((
            secondary_button("Invite a person", move |_| open(Opened::Invitation)),
            secondary_button("Bring in a list", move |_| {
                keeping.open_list(people.get_value());
            }),
            by_dcc.then(|| {
                secondary_button("Change the organisation", move |_| {
                    open(Opened::Organisation);
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
            people.with_value(|people| access::way_there(address, people)),
            people.with_value(|people| systems::way_there(address, people)),
            table::people_table(keeping, people),
            actions,
        ))
        .into_any()
}
