//! Says in time that the last of somebody's registered certificates runs out, wherever its key is.

use crate::{
    address::PagePath,
    api::{Me, calls, use_api},
    components::{changing, now, warning_text},
};
use leptos::{html::*, prelude::*};
use sluice_shared::directory::CertificateReminder;

/// The warning with the way to a new certificate; nothing, where one lasts or where there is none.
pub fn certificate_reminder(me: &Me) -> AnyView {
    if in_words(me).is_none() {
        return ().into_any();
    }
    // Since the sign-in another one may have been registered.
    let (api, words) = (use_api(), RwSignal::new(None::<String>));
    leptos::task::spawn_local(async move {
        if let Ok(me) = api.get(calls::me()).await {
            let _ = words.try_set(in_words(&me));
        }
    });
    changing(move || {
        words.get().map(|words| {
            warning_text((
                words,
                " ",
                a().class("govuk-link")
                    .href(PagePath::SigningKey.href())
                    .child("Go to Signing key"),
            ))
        })
    })
}

/// What there is to say to somebody who signs.
pub fn in_words(me: &Me) -> Option<String> {
    let signs = me.roles.iter().any(|role| role.signs());
    let reminder = CertificateReminder::of(&me.certificates, now());
    reminder
        .filter(|_| signs)
        .map(|reminder| reminder.to_owner())
}
