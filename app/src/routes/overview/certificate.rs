//! Says in time that the certificate of the signing key in this browser ends.

use crate::{
    address::PagePath,
    api::Me,
    components::{from_now, now, warning_text},
    key::{self, Validity},
};
use leptos::{html::*, prelude::*};

/// A warning when the certificate ends soon, or has ended; else nothing.
pub(super) fn certificate_notice(me: &Me) -> AnyView {
    let words = RwSignal::new(None::<String>);
    let person = me.person.id.to_string();
    leptos::task::spawn_local(async move {
        // Without storage there is no key to speak of; the signing key's page says so.
        let Ok(Some(times)) = key::certificate_times(&person).await else {
            return;
        };
        let now = now();
        let ends = from_now(times.not_after, now);
        let _ = words.try_set(match times.validity(now) {
            Validity::EndingSoon => {
                Some(format!("The certificate of your signing key ends {ends}. "))
            }
            Validity::Ended => Some(format!(
                "The certificate of your signing key ended {ends}. "
            )),
            Validity::Good | Validity::NotYet => None,
        });
    });
    (move || {
        words.get().map(|words| {
            warning_text((
                words,
                a().class("govuk-link")
                    .href(PagePath::SigningKey.href())
                    .child("Get a new one"),
            ))
        })
    })
    .into_any()
}
