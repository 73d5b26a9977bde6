//! Signing in once more for what takes effect: what is said with the refusal, and the way to the issuer and back.

use super::{Session, code::Asking};
use crate::{
    api::ApiError,
    browser,
    components::{busy_button, changing},
};
use leptos::{html::*, prelude::*};
use sluice_shared::directory::NotFresh;

/// What is said where the issuer was to ask people anew, and did not.
const NOT_ASKED: &str = "The sign-in service did not ask you to sign in, so that your sign-in is as old as before, or says not when it was. Sign out, and \
     sign in again: drafts are kept in this browser. If that does not help, tell whoever runs the sign-in service.";

impl Session {
    /// Whether whoever is signed in may ask for what takes effect, as far as the page knows: the service has the last word. Whoever has tried is
    /// asked anew by the next sign-in, since they will try again.
    ///
    /// # Errors
    /// They have to sign in again first.
    pub fn check_fresh_to_act(self) -> Result<(), ApiError> {
        self.has_acted.set_value(true);
        // That the sign-in has ended is said otherwise, and once.
        if self.token().is_some() {
            self.check_fresh()
        } else {
            Ok(())
        }
    }

    pub(super) fn check_fresh(self) -> Result<(), ApiError> {
        let Some(me) = self.me.get_untracked() else {
            return Ok(());
        };
        let checked = me.sign_in.check(crate::service::now());
        checked.map_err(|not_fresh| self.too_old(not_fresh))
    }

    fn too_old(self, not_fresh: NotFresh) -> ApiError {
        if self.was_not_asked.get_value() {
            ApiError::refused("You have to sign out and in again", NOT_ASKED)
        } else {
            ApiError::SignInTooOld(not_fresh)
        }
    }

    /// Goes to the issuer, which asks people who they are whether it remembers them or not; comes back to the page as it is now.
    async fn sign_in_anew(self) -> Result<(), ApiError> {
        browser::sleep(super::KEPT_WITHIN).await;
        super::code::begin(&self.config(), &browser::path_and_query(), self.anew()).await
    }

    /// What the issuer is asked to do for whoever has tried what takes effect.
    pub(super) fn asking(self) -> Asking {
        if self.has_acted.get_value() {
            self.anew()
        } else {
            Asking::IfNeeded
        }
    }

    fn anew(self) -> Asking {
        let within = self
            .me
            .with_untracked(|me| me.as_ref().map(|me| me.sign_in.seconds));
        Asking::Anew {
            within: within.unwrap_or_default(),
        }
    }
}

/// The way to a new sign-in, for a refusal that asks for one. Nothing happens before it is pressed, so that no refusal leads in a circle.
pub fn sign_in_anew_button(session: Session) -> AnyView {
    let going = RwSignal::new(false);
    let failed = RwSignal::new(None::<ApiError>);
    let begin = move |_| {
        going.set(true);
        failed.set(None);
        leptos::task::spawn_local(async move {
            if let Err(error) = session.sign_in_anew().await {
                let _ = failed.try_set(Some(error));
                let _ = going.try_set(false);
            }
        });
    };
    div()
        .child((
            busy_button("Sign in again", move || going.get(), begin),
            div().role("status").child(changing(move || {
                failed.get().map(|error| {
                    p().class("govuk-body")
                        .child(format!("{}. {}", error.title(), error.detail()))
                })
            })),
        ))
        .into_any()
}
