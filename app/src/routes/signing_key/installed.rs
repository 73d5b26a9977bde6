//! A key that can sign: what it is, until when, and how to remove it.

use super::{
    Shared, Signs,
    registration::{Standing, identity_of, standing, standing_told, standing_warning},
};
use crate::{
    address::PagePath,
    components::{
        Colour, changing, copy_button, day_in_words, details, identifier, link_button, moment, row,
        secondary_button, summary_list, tag, warning_button, warning_text,
    },
    key::{self, InstalledKey, KeyState, Validity},
};
use leptos::{html::*, prelude::*};

pub(super) fn installed_key(shared: Shared, key: &InstalledKey) -> AnyView {
    let summary = key.summary();
    let now = shared.service.get().now();
    let validity = key.validity(now);
    let fingerprint = summary.sha256.to_string();
    let origin = if key.request().is_some() {
        "made in this browser"
    } else {
        "imported from a PKCS #12 file"
    };
    let issuers = key.certificates().len() - 1;
    let identity = identity_of(key);
    let now_standing = move || standing(shared.registration, &identity);
    let is_good = matches!(validity, Validity::Good | Validity::EndingSoon);
    let state = {
        let standing = now_standing.clone();
        changing(move || match standing() {
            Standing::Registered => state_tag(validity),
            standing => standing_told(&standing),
        })
    };
    let barred = {
        let standing = now_standing.clone();
        changing(move || standing_warning(&standing()))
    };
    let signs = shared.signs;
    let way_on = changing(move || {
        (is_good && now_standing() == Standing::Registered).then(|| way_on(signs))
    });
    div()
        .child((
            warning(validity, &summary),
            barred,
            summary_list([
                row("State", state),
                row("Signs as", identifier(summary.subject.as_str())),
                row("Valid until", moment(summary.not_after)),
                row("Issued by", identifier(summary.issuer.as_str())),
                row("Valid from", day_in_words(summary.not_before)),
                row(
                    "Key",
                    format!("{}, {origin}, cannot be copied out of it", summary.key),
                ),
                row("Serial number", identifier(&summary.serial)),
                row(
                    "Fingerprint (SHA-256)",
                    (
                        identifier(&fingerprint),
                        copy_button(fingerprint.clone(), "the fingerprint"),
                    ),
                ),
                row(
                    "Sent with signatures",
                    if issuers == 0 {
                        "this certificate".to_owned()
                    } else {
                        format!("this certificate and {issuers} of its authority")
                    },
                ),
            ]),
            way_on,
            removal(shared, "Remove this key"),
        ))
        .into_any()
}

fn way_on(signs: Signs) -> AnyView {
    match signs {
        Signs::Decisions => link_button("Go to review", PagePath::ReviewQueue),
        Signs::Changes => link_button("Go to the directory", PagePath::Directory),
        Signs::Files | Signs::Nothing => link_button("Send a file", PagePath::Send),
    }
}

fn state_tag(validity: Validity) -> AnyView {
    match validity {
        Validity::Good => tag("Ready to sign", Colour::Green),
        Validity::EndingSoon => tag("Expires soon", Colour::Yellow),
        Validity::NotYet => tag("Not valid yet", Colour::Grey),
        Validity::Ended => tag("Expired", Colour::Red),
    }
}

fn warning(
    validity: Validity,
    summary: &sluice_shared::signature::CertificateSummary,
) -> Option<AnyView> {
    let words = match validity {
        // The reminder above speaks of what ends, where none that is registered lasts longer.
        Validity::Good | Validity::EndingSoon => return None,
        Validity::Ended => format!(
            "Your certificate expired on {}. What is signed with it does not count. Remove this key and make a new one.",
            day_in_words(summary.not_after),
        ),
        Validity::NotYet => format!(
            "Your certificate is valid from {}. What is signed before then does not count.",
            day_in_words(summary.not_before),
        ),
    };
    Some(warning_text(words))
}

/// The way to remove a key: asked twice, since nothing brings it back.
pub(super) fn removal(shared: Shared, words: &'static str) -> AnyView {
    let asking = RwSignal::new(false);
    let remove = move |_| {
        leptos::task::spawn_local(async move {
            let removed = key::remove(&shared.person())
                .await
                .map(|()| KeyState::Absent);
            shared.settle(removed, "The key is removed from this browser.", "");
        });
    };
    let question = move || {
        if asking.get() {
            crate::browser::focus("remove-key");
            div()
                .child((
                    p().class("govuk-body").child(
                        "The key cannot be brought back. What you have signed with it stays valid. To sign again you need a \
                         new key and a new certificate.",
                    ),
                    div().class("govuk-button-group").id("remove-key").tabindex("-1").child((
                        warning_button("Remove the key for good", remove),
                        secondary_button("Keep the key", move |_| asking.set(false)),
                    )),
                ))
                .into_any()
        } else {
            secondary_button(words, move |_| asking.set(true))
        }
    };
    details("Remove this key", div().child(question))
}
