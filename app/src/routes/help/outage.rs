//! When the service is down.

use super::{link, points, say, section_heading, steps};
use crate::address::PagePath;
use leptos::{html::*, prelude::*};

pub(super) fn content() -> AnyView {
    div()
        .child((
            say("If a page says that Sluice cannot be reached, try again in a few minutes. Nothing that you did is lost: drafts, decisions and keys are in this browser."),
            section_heading("works", "What still works in an open page"),
            points(vec![
                "Checking a file, in full, by the same rules.".into_any(),
                "Signing it with the key in this browser.".into_any(),
                "Saving the file and its signature, to deliver them by the second way.".into_any(),
            ]),
            say("Do not close the page if you have it open and signed in: it cannot be loaded again while the service is down."),
            section_heading("not", "What waits"),
            points(vec![
                "Sending, and the outcome of what was sent. A file that had arrived is safe and is dealt with when the service is back. Ask for its reference then.".into_any(),
                "The lists of submissions, thresholds and held communications.".into_any(),
            ]),
            section_heading("second", "The second way"),
            say("Use it when a decision on held communications cannot wait. It is as safe as the first and is recorded too; plain email is neither."),
            steps(vec![
                "Save the file and its signature from the step Send, or sign the file elsewhere.".into_any(),
                ("Seal both for the DCC, so that nobody else can read them. With OpenSSL 3 (the same in PowerShell, macOS and Linux) and the DCC's certificate for sealing in ", super::word("dcc.pem"), ", which its service desk gives you beforehand:").into_any(),
            ]),
            super::lines(
                "tar -cf parcel.tar EXITQ_1203_20261103.csv EXITQ_1203_20261103.csv.p7s\nopenssl cms -encrypt -binary -aes-256-gcm -in parcel.tar -outform DER -out parcel.p7m -recip dcc.pem -keyopt ecdh_kdf_md:sha256",
                "the commands that seal a file",
            ),
            ol().class("govuk-list govuk-list--number").start("3").child((
                li().child("Telephone the DCC's service desk. It names the place to deliver the parcel to and notes the time, the file's name and its SHA-256."),
                li().child("Deliver it there. The desk confirms by telephone when the signature was checked."),
                li().child(("When the service is back, look under ", link(PagePath::Submissions, "Submissions"), ": the DCC enters the file with the time of its arrival. Do not send it again: a decision counts once.")),
            )),
            say("The SHA-256 of a file, to compare on the telephone:"),
            super::lines("openssl dgst -sha256 EXITQ_1203_20261103.csv", "the command for the SHA-256"),
        ))
        .into_any()
}
