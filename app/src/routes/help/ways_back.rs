//! What to do when a key, a sign-in or an administrator is lost, or in wrong hands.

use super::{link, points, say, section_heading, steps};
use crate::address::{HelpTopic, PagePath};
use leptos::{html::*, prelude::*};

pub(super) fn content() -> AnyView {
    div()
        .child((
            say("A key signs; a sign-in opens the page. Neither alone gives anybody both. If in doubt, stop the key first: it takes a minute, and a new key is made in another."),
            lost_key(),
            key_in_wrong_hands(),
            lost_sign_in(),
            organisation_without_administrator(),
            signer_compromised(),
            dcc_administrator_compromised(),
            no_dcc_administrators(),
            section_heading("before", "What to have ready"),
            points(vec![
                "Two administrators in each organisation, so that one can act for the other.".into_any(),
                "Three DCC administrators, so that one can be removed at once and two remain.".into_any(),
                "A second factor on a second device for each sign-in.".into_any(),
                "A second signer, or a second key on a token: two certificates of one person count at the same time.".into_any(),
            ]),
        ))
        .into_any()
}

fn lost_key() -> AnyView {
    div()
        .child((
            section_heading("lost-key", "You have lost your key"),
            say("A new computer, a cleared browser, a broken token: nobody else has it."),
            steps(vec![
                ("On ", link(PagePath::SigningKey, "Signing key"), ", stop the lost key, with the reason. You need no key for that.").into_any(),
                "Make a new key there, get a certificate for it from your authority, and install it. It is registered by itself.".into_any(),
                "Send again what was sent and had not taken effect.".into_any(),
            ]),
            say("In flight: whatever is signed with the stopped key and waits for a reviewer is rejected. What has taken effect stays. If you are sure that the \
                 key is destroyed, you can leave it as it is and only register the new one: then what waits goes on."),
        ))
        .into_any()
}

fn key_in_wrong_hands() -> AnyView {
    div()
        .child((
            section_heading("key-in-wrong-hands", "Somebody else may have your key"),
            steps(vec![
                ("Stop it at once on ", link(PagePath::SigningKey, "Signing key"), ". If you cannot sign in, your organisation's administrator does it on People: ", strong().child("Change"), ", ", strong().child("Stop a key"), ". A DCC administrator can, too.").into_any(),
                "Tell your certificate authority, which revokes the certificate.".into_any(),
                ("Look through ", link(PagePath::Submissions, "Submissions"), " for any that you do not know, and tell the DCC of them.").into_any(),
                "Make another key. The old one never counts again, in nobody's hands.".into_any(),
            ]),
            say("In flight: nothing takes effect any more that is signed with it, whenever it was signed."),
        ))
        .into_any()
}

fn lost_sign_in() -> AnyView {
    div()
        .child((
            section_heading("lost-sign-in", "You cannot sign in, or have lost your second factor"),
            steps(vec![
                "Ask whoever keeps the sign-ins (for most, the DCC's service desk) to reset the second factor. They make sure that it is you. Your roles and keys stay.".into_any(),
                ("If the sign-in itself is gone: your administrator removes you on ", link(PagePath::People, "People"), " and invites your new sign-in. For a role that signs, two DCC administrators agree to it, as at the first time.").into_any(),
                ("Then register your certificate again on ", link(PagePath::SigningKey, "Signing key"), ", with a signature of its key.").into_any(),
            ]),
            say("In flight: what you sent and signed waits on while only the second factor is reset. Once you are removed, what waits with your signature is rejected."),
        ))
        .into_any()
}

fn organisation_without_administrator() -> AnyView {
    div()
        .child((
            section_heading("only-administrator", "Your organisation's only administrator is gone"),
            steps(vec![
                "Telephone the DCC's service desk. It makes sure who you are by the contact that is registered.".into_any(),
                "A DCC administrator invites the new administrator on Directory, and a second one approves.".into_any(),
                ("The new one looks over everybody in the access review on ", link(PagePath::People, "People"), ", and removes whoever left.").into_any(),
            ]),
            say("In flight: nothing stops. Files are sent, signed and decided as before."),
        ))
        .into_any()
}

fn signer_compromised() -> AnyView {
    div()
        .child((
            section_heading("signer", "A signer is compromised: key and sign-in"),
            steps(vec![
                ("An administrator of the organisation opens ", link(PagePath::People, "People"), ": first ", strong().child("Stop a key"), ", for each that is listed, then ", strong().child("Remove"), ".").into_any(),
                ("Look through ", link(PagePath::Submissions, "Submissions"), " and ", link(PagePath::Thresholds, "Thresholds"), " for what they sent, and put right what took effect with a new file of another signer.").into_any(),
                "Tell the DCC, whose reviewers look at what waits.".into_any(),
                "Whoever comes back does so with a new sign-in and a new key.".into_any(),
            ]),
            say("In flight: addresses for uploads end within five minutes, and what comes by them is refused. What waits for a reviewer is rejected. Nothing of a session is kept: the next request is refused."),
        ))
        .into_any()
}

fn dcc_administrator_compromised() -> AnyView {
    div()
        .child((
            section_heading("dcc-administrator", "A DCC administrator is compromised"),
            say("One alone gives nobody anything: a second one approves. So act before somebody approves by mistake."),
            steps(vec![
                ("Another DCC administrator opens the DCC on ", link(PagePath::Directory, "Directory"), " and stops the key. It takes effect at once, and needs no second one.").into_any(),
                "Where a third is there: remove the compromised one. Nobody has to approve it.".into_any(),
                "Where only two are there, removing is refused, since two have to remain. Whoever has the rights of the account puts somebody else in their place with sluice-admin.".into_any(),
                "Refuse what they asked for and is waiting, and look through what they did, in the DCC's and every organisation's changes.".into_any(),
            ]),
            say("In flight: what they asked for and nobody had approved is refused when somebody answers."),
            say(("They can stop the other administrators' keys as well. Those make new ones on ", link(PagePath::SigningKey, "Signing key"), ": a stopped key takes the key, not the role.")),
        ))
        .into_any()
}

fn no_dcc_administrators() -> AnyView {
    div()
        .child((
            section_heading("no-dcc-administrators", "Both DCC administrators are gone, or one of only two"),
            steps(vec![
                "Two people at one screen, with the rights of the account's administrator, run sluice-admin replace for each who is gone. It needs a new sign-in, a name and whom the certificate names.".into_any(),
                "The lost ones can do nothing from then on, and their keys never count again. What was done stands on Directory with the reason.".into_any(),
                ("The new ones make their keys on ", link(PagePath::SigningKey, "Signing key"), " and look over everybody in the access review.").into_any(),
            ]),
            say(("In flight: what waits for an approval goes on waiting, and what a lost administrator asked for is refused. Users notice nothing. How to sign is on ", link(PagePath::HelpTopic(HelpTopic::Signing), "Signing"), ".")),
        ))
        .into_any()
}
