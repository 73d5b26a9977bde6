//! What people should know of a key in a browser, the loss of it above all.

use super::Signs;
use crate::address::{HelpTopic, PagePath};
use leptos::{html::*, prelude::*};

pub(super) fn about_keys(signs: Signs) -> AnyView {
    let words = |text: &'static str| p().class("govuk-body").child(text);
    let misused = match signs {
        Signs::Decisions => {
            "Stop the key at once, above: nothing counts any more that is signed with it. Then tell your certificate authority, so that the certificate is revoked, \
             and remove the key here. Tell the DCC's security team, who look through the decisions in your name."
        }
        Signs::Changes => {
            "Stop the key at once, above: nothing counts any more that is signed with it. Then tell your certificate authority, so that the certificate is revoked, \
             and remove the key here. Tell the other DCC administrators, who look through what was asked for in your name."
        }
        Signs::Files | Signs::Nothing => {
            "Stop the key at once, above: files that are signed with it are rejected. Then tell your certificate authority, so that the certificate is revoked, \
             and remove the key here. Look through your submissions for any that you do not know."
        }
    };
    let elsewhere = (signs == Signs::Files).then(|| {
        p().class("govuk-body").child((
            "A key on a token or smart card stays there: ",
            a().class("govuk-link")
                .href(PagePath::HelpTopic(HelpTopic::Signing).href())
                .child("sign the file elsewhere"),
            " and send it with its signature.",
        ))
    });
    section()
        .aria_labelledby("about-keys")
        .child((
            h2().class("govuk-heading-m govuk-!-margin-top-6").id("about-keys").child("Good to know"),
            h3().class("govuk-heading-s").child("Where the key is"),
            words(
                "In this browser, on this computer, under your account. Sluice never has it, and no page can read it, this one \
                 included: the browser only signs with it. Anyone who can use your account on this computer and sign in as you \
                 can sign with it, so lock your screen.",
            ),
            h3().class("govuk-heading-s").child("When it is lost"),
            words(
                "Clearing the browser's site data, a new computer or a new browser profile loses the key. Nothing that you have \
                 sent is affected: signatures are checked with your certificate, which the service has. Make a new key here, ask \
                 for a certificate for it, and carry on. There is no copy, so there is nothing to restore.",
            ),
            h3().class("govuk-heading-s").child("When somebody else may have used it"),
            words(misused),
            elsewhere,
        ))
        .into_any()
}
