//! The page *Signing key*: what is installed, making or importing a key, its certificate, removing it.

mod about;
mod absent;
mod elsewhere;
mod installed;
mod own_keys;
mod registration;
mod waiting;

pub(crate) use self::elsewhere::KeyElsewhere;
use self::registration::Registration;
use crate::{
    address::{HelpTopic, PagePath},
    api::{Me, use_api},
    components::{
        Fault, beyond_role, certificate_reminder_in_words, changing, clocks_apart, error_summary,
        notification_banner, sends_files, warning_text,
    },
    key::{self, KeyError, KeyState},
    service::{self, Service},
    session::{Session, use_session},
};
use leptos::{html::*, prelude::*};
use sluice_shared::directory::PersonRole;

/// What the person signs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Signs {
    Nothing,
    Files,
    Decisions,
    Changes,
}

impl Signs {
    fn of_roles(roles: &[PersonRole]) -> Self {
        if roles.contains(&PersonRole::Aro) {
            Self::Files
        } else if roles.contains(&PersonRole::Reviewer) {
            Self::Decisions
        } else if roles.contains(&PersonRole::DccAdmin) {
            Self::Changes
        } else {
            Self::Nothing
        }
    }
}

/// What the parts of the page share. Cheap to copy.
#[derive(Clone, Copy)]
struct Shared {
    session: Session,
    me: StoredValue<Me>,
    /// `None` until the browser's storage has answered.
    state: RwSignal<Option<KeyState>, LocalStorage>,
    /// What went wrong last, with the id of the field that it is about.
    fault: RwSignal<Option<Fault>>,
    /// What was done last.
    done: RwSignal<Option<&'static str>>,
    /// By whose clock a certificate is in date.
    service: RwSignal<Service>,
    signs: Signs,
    /// What the directory says of the person's certificates.
    registration: Registration,
}

impl Shared {
    fn person(self) -> String {
        self.me.with_value(|me| me.person.id.to_string())
    }

    /// Whom the certificate must name; none for people who sign nothing.
    fn subject(self) -> Option<String> {
        self.me.with_value(|me| me.signer_subject.clone())
    }

    /// Shows what became of an action: the new state, or what is wrong, beside the field `target`.
    fn settle(self, outcome: Result<KeyState, KeyError>, done: &'static str, target: &str) {
        match outcome {
            Ok(state) => {
                self.fault.set(None);
                self.done.set(Some(done));
                self.state.set(Some(state));
            }
            Err(error) => self.fail(error.to_string(), target),
        }
    }

    fn fail(self, words: String, target: &str) {
        self.done.set(None);
        self.fault.set(Some(if target.is_empty() {
            Fault::of_no_field(words)
        } else {
            Fault::at(target, words)
        }));
    }

    /// What is wrong with the field of this id.
    fn error_at(self, target: &'static str) -> Signal<Option<String>> {
        Signal::derive(move || {
            self.fault
                .get()
                .filter(|fault| fault.target.as_deref() == Some(target))
                .map(|fault| fault.words)
        })
    }
}

pub(super) fn signing_key_page() -> AnyView {
    let session = use_session();
    let Some(me) = session.me() else {
        return ().into_any();
    };
    let signs = Signs::of_roles(&me.roles);
    let is_signer = signs != Signs::Nothing;
    let done = RwSignal::new(None);
    let shared = Shared {
        session,
        me: StoredValue::new(me),
        state: RwSignal::new_local(None),
        fault: RwSignal::new(None),
        done,
        service: service::watch(use_api()),
        signs,
        registration: Registration::new(done),
    };
    let person = shared.person();
    leptos::task::spawn_local(async move {
        match key::state(&person).await {
            Ok(state) => drop(shared.state.try_set(Some(state))),
            Err(error) => shared.fail(error.to_string(), ""),
        }
    });
    div()
        .class("app-reading")
        .child((
            changing(move || {
                shared
                    .fault
                    .get()
                    .map(|fault| error_summary("There is a problem", vec![fault]))
            }),
            changing(move || {
                shared.done.get().map(|words| {
                    notification_banner(
                        "Done",
                        p().class("govuk-notification-banner__heading").child(words),
                    )
                })
            }),
            h1().class("govuk-heading-l").child("Signing key"),
            clocks_apart(shared.service),
            reminder(shared.registration),
            (!is_signer).then(|| shared.me.with_value(signs_nothing)),
            changing(move || {
                shared.state.with(|state| match state {
                    None => p()
                        .class("govuk-body")
                        .role("status")
                        .child("Looking for your key in this browser…")
                        .into_any(),
                    Some(KeyState::Absent) if is_signer => absent::ways_to_a_key(shared),
                    Some(KeyState::Absent) => ().into_any(),
                    Some(KeyState::Waiting(kept)) => waiting::key_without_certificate(shared, kept),
                    Some(KeyState::Installed(key)) => installed::installed_key(shared, key),
                })
            }),
            is_signer.then(|| registration::registered(shared, shared.registration)),
            is_signer.then(|| about::about_keys(signs)),
        ))
        .into_any()
}

/// That the last certificate runs out, by what the directory says now, and how it is renewed here.
fn reminder(registration: Registration) -> AnyView {
    changing(move || {
        let words = registration
            .me
            .with(|me| certificate_reminder_in_words(me.as_ref()?))?;
        let how = "To renew in this browser, remove the key below, make a new one and send its request: until its certificate has come you cannot sign \
                   here. With a key in another browser or on a token, nothing stops in between.";
        Some((warning_text(words), p().class("govuk-body").child(how)))
    })
}

fn signs_nothing(me: &Me) -> AnyView {
    if !sends_files(me) {
        return beyond_role(
            me,
            "You are not registered to sign or send files, so you need no signing key.",
        );
    }
    div()
        .class("govuk-inset-text")
        .child((
            "You are not registered as an Authorised Responsible Officer (ARO), so you need no signing key: files that you \
             sign would be rejected. You can send files that an ARO of your organisation has signed. ",
            a().class("govuk-link").href(PagePath::HelpTopic(HelpTopic::Signing).href()).child("How an ARO signs a file elsewhere"),
        ))
        .into_any()
}
