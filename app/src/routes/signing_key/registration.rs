//! Registering the certificate in this browser, and what of one's own is registered. Nothing counts that is signed with another one.

use super::{Shared, elsewhere, own_keys};
use crate::{
    api::{Api, ApiError, Base64Bytes, Me, SignedRequest, calls, use_api},
    browser,
    components::{
        Colour, busy_button, changing, moment, problem_summary, row, sentence, summary_list, tag,
        warning_text,
    },
    key::{InstalledKey, KeyState, Statement, sign_statement},
    service,
};
use leptos::{html::*, prelude::*};
use sluice_shared::{
    directory::{CertificateBar, CertificateIdentity, ChangeStatement, DirectoryChange},
    identifiers::{ChangeReason, ChangeRequestId},
};

/// How often it is asked whether a change was made, and how long in between, in milliseconds.
const LOOKS: u32 = 30;
const PAUSE: u32 = 300;

/// How the certificate in this browser stands, by what the directory says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// The directory has not answered yet.
    Asking,
    /// It is being registered.
    Registering,
    /// It counts.
    Registered,
    /// It does not.
    Barred(CertificateBar),
}

/// What the parts share that speak of registered certificates. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Registration {
    pub(super) api: Api,
    /// What the directory says of the person; `None` before it has.
    pub(super) me: RwSignal<Option<Me>>,
    pub(super) problem: RwSignal<Option<ApiError>>,
    pub(super) busy: RwSignal<bool>,
    /// What was done last, on top of the page.
    pub(super) done: RwSignal<Option<&'static str>>,
}

impl Registration {
    pub(super) fn new(done: RwSignal<Option<&'static str>>) -> Self {
        Self {
            done,
            api: use_api(),
            me: RwSignal::new(None),
            problem: RwSignal::new(None),
            busy: RwSignal::new(false),
        }
    }

    /// Asks the directory.
    pub(super) async fn look(self) -> Option<Me> {
        match self.api.get(calls::me()).await {
            Ok(me) => {
                let _ = self.me.try_set(Some(me.clone()));
                Some(me)
            }
            Err(error) => {
                let _ = self.problem.try_set(Some(error));
                None
            }
        }
    }

    /// Does something that changes the person's certificates, and looks until `is_done`.
    pub(super) async fn follow(
        self,
        asked: Result<sluice_shared::api::ChangeTaken, ApiError>,
        is_done: impl Fn(&Me) -> bool,
    ) {
        if let Err(error) = asked {
            // It may have been done elsewhere meanwhile: in another tab, or by an administrator.
            let _ = self.look().await;
            let _ = self.problem.try_set(Some(error));
            let _ = self.busy.try_set(false);
            return;
        }
        for _ in 0..LOOKS {
            browser::sleep(PAUSE).await;
            if self.look().await.is_none_or(|me| is_done(&me)) {
                let _ = self.busy.try_set(false);
                return;
            }
        }
        let late = ApiError::refused(
            "It takes longer than usual",
            "It was taken, and is listed here as soon as it is done. Load the page again in a minute.",
        );
        let _ = self.problem.try_set(Some(late));
        let _ = self.busy.try_set(false);
    }

    pub(super) fn begin(self) {
        self.problem.set(None);
        self.busy.set(true);
    }
}

/// How a certificate stands.
pub(super) fn standing(
    registration: Registration,
    identity: &Result<CertificateIdentity, CertificateBar>,
) -> Standing {
    let identity = match identity {
        Ok(identity) => identity,
        Err(bar) => return Standing::Barred(*bar),
    };
    let busy = registration.busy.get();
    registration.me.with(|me| match me {
        None => Standing::Asking,
        Some(me) => match me.certificates.check(identity.sha256) {
            Ok(()) => Standing::Registered,
            Err(CertificateBar::NotRegistered) if busy => Standing::Registering,
            Err(bar) => Standing::Barred(bar),
        },
    })
}

/// The statement by which a person registers a certificate.
pub(super) fn statement(shared: Shared, identity: CertificateIdentity) -> Option<ChangeStatement> {
    let reason = ChangeReason::parse("Registered by its owner, on the page Signing key.").ok()?;
    Some(ChangeStatement {
        request: ChangeRequestId::from_random(browser::random_bytes()),
        organisation: shared.me.with_value(|me| me.organisation.id.clone()),
        change: DirectoryChange::RegisterCertificate {
            person: shared.me.with_value(|me| me.person.id.clone()),
            certificate: identity,
        },
        reason,
        asked_at: service::now(),
    })
}

/// Registers the certificate of the key in this browser.
fn register(shared: Shared, registration: Registration, identity: CertificateIdentity) {
    registration.begin();
    leptos::task::spawn_local(async move {
        let sha256 = identity.sha256;
        let asked = signed(shared, registration, identity).await;
        let is_done = move |me: &Me| me.certificates.check(sha256).is_ok();
        registration.follow(asked, is_done).await;
    });
}

async fn signed(
    shared: Shared,
    registration: Registration,
    identity: CertificateIdentity,
) -> Result<sluice_shared::api::ChangeTaken, ApiError> {
    service::ask_for_the_time(registration.api).await;
    let Some(statement) = statement(shared, identity) else {
        return Err(ApiError::refused("Nothing was signed", "Try again."));
    };
    let signed = sign_statement(shared.person(), Statement::Change(statement)).await;
    let signed =
        signed.map_err(|error| ApiError::refused("Nothing was signed", &error.to_string()))?;
    let body = SignedRequest {
        signed: Base64Bytes(signed),
    };
    registration
        .api
        .post(calls::register_certificate(&body))
        .await
}

/// All about registered certificates, for whoever signs. A certificate that is installed here is registered by itself: that it was installed is what
/// the person wanted.
pub(super) fn registered(shared: Shared, registration: Registration) -> AnyView {
    let installed = move || {
        shared.state.with(|state| match state {
            Some(KeyState::Installed(key)) => Some(identity_of(key)),
            _ => None,
        })
    };
    Effect::new(move |_| {
        let identity = installed();
        registration.problem.set(None);
        leptos::task::spawn_local(async move {
            let me = registration.look().await;
            let (Some(me), Some(Ok(identity))) = (me, identity) else {
                return;
            };
            let bar = me.certificates.check(identity.sha256);
            if bar == Err(CertificateBar::NotRegistered)
                && registration.busy.try_get_untracked() == Some(false)
            {
                register(shared, registration, identity);
            }
        });
    });
    div()
        .child((
            changing(move || {
                registration
                    .problem
                    .get()
                    .map(|error| problem_summary(&error))
            }),
            changing(move || {
                let identity = installed()?;
                let is_here = standing(registration, &identity);
                let again = identity.ok()?;
                Some(
                    (is_here == Standing::Barred(CertificateBar::NotRegistered)).then(move || {
                        let press = move |_| register(shared, registration, again.clone());
                        busy_button(
                            "Register this certificate",
                            move || registration.busy.get(),
                            press,
                        )
                    }),
                )
            }),
            own_keys::own_keys(registration),
            elsewhere::elsewhere(shared, registration),
        ))
        .into_any()
}

pub(super) fn identity_of(key: &InstalledKey) -> Result<CertificateIdentity, CertificateBar> {
    CertificateIdentity::parse(&key.certificates()[0])
}

/// What the person has to know of how it stands.
pub(super) fn standing_told(standing: &Standing) -> AnyView {
    match standing {
        Standing::Asking => "Asking the directory…".into_any(),
        Standing::Registering => "Being registered…".into_any(),
        Standing::Registered => tag("Registered", Colour::Green),
        Standing::Barred(CertificateBar::NotRegistered | CertificateBar::KeyForm) => {
            tag("Not registered", Colour::Yellow)
        }
        Standing::Barred(CertificateBar::Stopped(_)) => tag("Stopped", Colour::Red),
    }
}

/// Why nothing can be signed by it.
pub(super) fn standing_warning(standing: &Standing) -> Option<AnyView> {
    match standing {
        Standing::Asking | Standing::Registering | Standing::Registered => None,
        Standing::Barred(CertificateBar::NotRegistered) => Some(warning_text(
            "Your certificate is not registered. What is signed with it does not count until it is.",
        )),
        Standing::Barred(bar @ CertificateBar::KeyForm) => {
            Some(warning_text(sentence(&bar.to_string())))
        }
        Standing::Barred(CertificateBar::Stopped(at)) => Some(
            div()
                .child((
                    warning_text(
                        "This key was stopped. Nothing counts that is signed with it. Remove it and make a new one.",
                    ),
                    summary_list([row("Stopped", moment(*at))]),
                ))
                .into_any(),
        ),
    }
}
