//! Writing thresholds: a table that starts from what is in force, checked as one types by the rules that the service uses.

mod add;
mod change;
mod check;
mod draft;
mod fields;
mod line;
mod rows;
mod summary;

pub(crate) use check::RowChecks;

use super::user::may_write;
use crate::{
    address::{Address, PagePath, use_address},
    api::{calls, use_api},
    components::{
        Fault, Remote, button, changing, clocks_apart, error_summary, fetch, identifier, inset,
        problem_instead, quiet_button, secondary_button,
    },
    parts::{self, NotLoaded},
    routes::arriving_page,
    sent::{self, Sent},
    service,
    session::use_session,
};
use check::{Basis, JudgedRows};
use leptos::{ev, html::*, prelude::*};
use line::{KeptLine, Line};
use sluice_shared::{
    api::UserThresholdsView,
    files::{FileKind, Sender},
    identifiers::{Eui64, PersonId},
};

/// Where what checks the rows did not come.
const NOT_LOADED: &str = "What checks the thresholds could not be loaded. What you have typed is kept. Check your network and try again.";

/// What the parts of the page share. Cheap to copy.
#[derive(Clone, Copy)]
struct Editor {
    view: StoredValue<UserThresholdsView>,
    basis: StoredValue<Basis>,
    person: StoredValue<PersonId>,
    lines: RwSignal<Vec<Line>>,
    /// The rows that writing starts from where there is no draft.
    begun: StoredValue<Vec<KeptLine>>,
    /// What checks the rows, once it is there.
    judge: RwSignal<Result<Option<RowChecks>, NotLoaded>>,
    checked: Memo<JudgedRows>,
    /// Whether a pointer is pressed on what is written: then nothing may move under it, or what it presses is not what it lets go of.
    is_pressed: StoredValue<bool>,
    /// True once somebody wanted to go on: from then on rows that nobody touched show their errors too.
    asked: RwSignal<bool>,
    fault: RwSignal<Option<Vec<Fault>>>,
    address: Address,
}

pub(crate) fn write_thresholds_page(id: Eui64) -> AnyView {
    let Some(me) = use_session().me() else {
        return ().into_any();
    };
    if !may_write(&me) {
        // What anybody may see; it is another part's.
        return arriving_page(
            || Box::pin(parts::thresholds()),
            &PagePath::UserThresholds(id).href(),
        );
    }
    let (api, address) = (use_api(), use_address());
    let person = me.person.id.clone();
    let sender = Sender {
        organisation: me.organisation.id.clone(),
        user_ids: me.organisation.user_ids.clone(),
    };
    // True once somebody wants to write although a statement is on its way.
    let another = RwSignal::new(false);
    let loaded = fetch({
        let person = person.clone();
        async move {
            let view = api.get(calls::user_thresholds(id)).await?;
            // Without storage there is no draft, and the page starts from what is in force.
            let kept = draft::load(&person, view.user_id).await.ok().flatten();
            let known = api.get(calls::known_for_adt(check::NOT_WRITTEN)).await?;
            let basis = Basis {
                sender,
                service: service::ask(api).await,
                known,
            };
            let mut sent = sent::sent(api, FileKind::Adt).await;
            sent.retain(|sent| sent.is_of_user(id));
            Ok((view, basis, kept, sent))
        }
    });
    div()
        .child((
            a().class("govuk-back-link")
                .href(PagePath::UserThresholds(id).href())
                .child("Thresholds in force"),
            h1().class("govuk-heading-l")
                .child(("Write thresholds of ", identifier(&id.to_string()))),
            changing(move || match loaded.get() {
                Remote::Loading => p()
                    .class("govuk-body")
                    .role("status")
                    .child("Loading the thresholds in force…")
                    .into_any(),
                Remote::Failed(error) => problem_instead(&error, address),
                Remote::Ready((.., sent)) if !sent.is_empty() && !another.get() => {
                    sent_before(&sent, another)
                }
                Remote::Ready((view, basis, kept, _)) => {
                    Editor::new(view, basis, person.clone(), kept, address).tables()
                }
            }),
        ))
        .into_any()
}

/// Instead of the tables while a statement of the User ID is not settled: what was sent is not there to be changed.
fn sent_before(sent: &[Sent], another: RwSignal<bool>) -> AnyView {
    let lines: Vec<AnyView> = sent
        .iter()
        .map(|one| {
            p().class("govuk-body")
                .child(one.line("New thresholds are"))
                .into_any()
        })
        .collect();
    div()
        .class("app-reading")
        .child((
            inset(lines),
            p().class("govuk-body").child(
                "Nothing can be changed in what was sent. You can write another statement of all thresholds: once that is accepted, \
                 the one that waits is rejected.",
            ),
            secondary_button("Write another statement", move |_| {
                another.set(true);
                crate::browser::focus_heading();
            }),
        ))
        .into_any()
}

impl Editor {
    fn new(
        view: UserThresholdsView,
        basis: Basis,
        person: PersonId,
        kept: Option<Vec<KeptLine>>,
        address: Address,
    ) -> Self {
        let begun = line::kept_now(&line::start(&view, None));
        let lines = line::start(&view, kept);
        let (view, basis) = (StoredValue::new(view), StoredValue::new(basis));
        let lines = RwSignal::new(lines);
        let judge: RwSignal<Result<Option<RowChecks>, NotLoaded>> = RwSignal::new(Ok(None));
        let checked = Memo::new(move |_| match judge.get() {
            Ok(Some(checks)) => {
                basis.with_value(|basis| (checks.judge)(&view.get_value(), basis, &lines.get()))
            }
            Ok(None) | Err(NotLoaded) => JudgedRows::default(),
        });
        let editor = Self {
            view,
            basis,
            person: StoredValue::new(person),
            lines,
            begun: StoredValue::new(begun),
            judge,
            checked,
            is_pressed: StoredValue::new(false),
            asked: RwSignal::new(false),
            fault: RwSignal::new(None),
            address,
        };
        draft::keep_while_shown(editor);
        editor
    }

    fn tables(self) -> AnyView {
        let is_changed = self.lines.with_untracked(|lines| {
            self.begun
                .with_value(|begun| *begun != line::kept_now(lines))
        });
        let from_draft = RwSignal::new(is_changed);
        if is_changed {
            self.fetch_judge();
        }
        // The new rows belong to the page: the words that the button stands in go with it.
        let page = Owner::current();
        let start_again = move |_| {
            match &page {
                Some(page) => page.with(|| self.start_again()),
                None => self.start_again(),
            }
            from_draft.set(false);
            // The button that was pressed is gone.
            crate::browser::focus_heading();
        };
        let released = move |_| {
            let _ = self.is_pressed.try_set_value(false);
        };
        crate::browser::listen(ev::pointerup, released);
        crate::browser::listen(ev::pointercancel, released);
        div()
            // Not every browser focuses a button that is pressed.
            .on(ev::focusin, move |_| self.fetch_judge())
            .on(ev::pointerdown, move |_| {
                self.is_pressed.set_value(true);
                self.fetch_judge();
            })
            .child((
                changing(move || self.fault.get().map(|faults| error_summary("The thresholds cannot be sent like this", faults))),
                clocks_apart(RwSignal::new(self.basis.with_value(|basis| basis.service.clone()))),
                changing(move || from_draft.get().then(|| {
                    div().class("govuk-inset-text").child((
                        "This is your draft from before, kept in this browser. ",
                        quiet_button("Start again from what is in force", start_again.clone()),
                    ))
                })),
                p().class("govuk-body app-reading").child(
                    "The file states all thresholds of this User ID: anything left out ends when it is accepted. Times are in UTC. Periods \
                     are fixed, not rolling: the hour, the day, the week from Monday.",
                ),
                rows::standing(self),
                add::standing(self),
                rows::exceptions(self),
                add::exception(self),
                summary::change_summary(self),
                div().class("govuk-button-group").child((
                    button("Write the file and go on to sign", move |_| self.go_on(false)),
                    secondary_button("Save the file to sign elsewhere", move |_| self.go_on(true)),
                )),
            ))
            .into_any()
    }

    fn start_again(self) {
        let lines = self.view.with_value(|view| line::start(view, None));
        self.lines.set(lines);
        self.asked.set(false);
        self.fault.set(None);
    }

    /// Fetches what checks the rows, where it is not there yet.
    fn fetch_judge(self) {
        if !matches!(self.judge.get_untracked(), Ok(Some(_))) {
            leptos::task::spawn_local(async move {
                let fetched = parts::check_thresholds().await;
                // With it comes what will change, above the buttons: they would move away between press and click.
                while self.is_pressed.try_get_value() == Some(true) {
                    crate::browser::sleep(100).await;
                }
                // The page may have been left meanwhile.
                let _ = self.judge.try_set(fetched.map(Some));
            });
        }
    }

    /// Writes the file, unless something is wrong with it; says what, at the fields. Nothing is written that was not checked.
    fn go_on(self, save_only: bool) {
        self.asked.set(true);
        leptos::task::spawn_local(async move {
            let fetched = parts::check_thresholds().await;
            if self.judge.try_set(fetched.map(Some)).is_some() {
                return;
            }
            if let Ok(checks) = fetched {
                self.write(checks, save_only);
            } else {
                let fault = Fault::of_no_field(NOT_LOADED.to_owned());
                self.fault.set(Some(vec![fault]));
            }
        });
    }

    fn write(self, checks: RowChecks, save_only: bool) {
        let lines = self.lines.get_untracked();
        let written = self
            .basis
            .with_value(|basis| (checks.write)(&self.view.get_value(), basis, &lines));
        let (name, text) = match written {
            Ok(file) => file,
            Err(judged) => return self.fault.set(Some(judged.faults(&lines))),
        };
        self.fault.set(None);
        if save_only {
            crate::browser::download(&name, "text/csv", text.as_bytes());
            leptos::task::spawn_local(async move {
                draft::save(self).await;
                draft::written(self).await;
            });
            return;
        }
        let (person, address) = (self.person.get_value(), self.address);
        leptos::task::spawn_local(async move {
            draft::save(self).await;
            draft::written(self).await;
            match crate::send::hand_over(&person, &name, text.as_bytes()).await {
                Ok(next) => address.open(next),
                Err(error) => drop(
                    self.fault
                        .try_set(Some(vec![Fault::of_no_field(error.to_string())])),
                ),
            }
        });
    }
}
