//! Signing in the page and elsewhere.

use super::{downloads, lines, link, points, say, section_heading, steps, word};
use crate::{
    address::PagePath,
    components::{counted, size},
};
use leptos::{html::*, prelude::*};
use sluice_shared::profile::Profile;

pub(super) fn content(profile: &Profile) -> AnyView {
    let rules = &profile.signing;
    div()
        .child((
            say("Each file is signed by an Authorised Responsible Officer (ARO) of your organisation. Who signs and who sends may be two people; both are recorded."),
            section_heading("page", "In the page"),
            steps(vec![
                ("Make a key or import one under ", link(PagePath::SigningKey, "Signing key"), ", and install its certificate. You do this once in each browser.").into_any(),
                "The page registers the certificate for you: nothing counts that is signed with one that its owner has not registered.".into_any(),
                "At the Sign step, press the button. The browser signs; the key stays in it.".into_any(),
            ]),
            section_heading("elsewhere", "Elsewhere: OpenSSL, a token, a smart card"),
            say("A file that was signed elsewhere is as good as one signed here. Sign the exact bytes that you will send: a file that is opened and saved again after that no longer matches its signature."),
            say("The commands on this page are for OpenSSL 3, which comes with Git for Windows and with most Linux systems. Each is one line, and the same in PowerShell, in the Windows command prompt, on macOS and on Linux."),
            say("A file name with a space or another special character goes in quotation marks: 'our thresholds.csv' in PowerShell, on macOS and on Linux, and \"our thresholds.csv\" in the Windows command prompt."),
            say((
                "You need your key and certificate in PEM files, and in ", word("chain.pem"), " the certificates of your authority, without your own: it sent \
                 them with your certificate, or publishes them.",
            )),
            downloads::of_authority(&["chain.pem"]),
            lines(
                "openssl cms -sign -binary -md sha256 -in ADT_large-supplier_20261103.csv -signer certificate.pem -inkey key.pem -certfile chain.pem -outform DER -out ADT_large-supplier_20261103.csv.p7s",
                "the command that signs a file",
            ),
            say(("Register the certificate once, under ", link(PagePath::SigningKey, "Signing key"), ", “Your key is elsewhere”. If a key is lost, or somebody else may have it, stop it there at once.")),
            say(("The option ", word("-binary"), " matters: without it OpenSSL changes line ends before it signs, and the signature does not match the file.")),
            say("With the key on a token (PKCS #11), once its provider is set up:"),
            lines(
                "openssl cms -sign -binary -md sha256 -in ADT_large-supplier_20261103.csv -signer certificate.pem -inkey \"pkcs11:object=signing;type=private\" -provider pkcs11 -provider default -certfile chain.pem -outform DER -out ADT_large-supplier_20261103.csv.p7s",
                "the command that signs with a token",
            ),
            say("One file with everything in it, instead of two:"),
            lines(
                "openssl cms -sign -binary -nodetach -md sha256 -in ADT_large-supplier_20261103.csv -signer certificate.pem -inkey key.pem -certfile chain.pem -outform DER -out ADT_large-supplier_20261103.p7m",
                "the command that makes one signed file",
            ),
            say(("Then choose the file and its ", word(".p7s"), " together under ", link(PagePath::Send, "Send a file"), ", or the ", word(".p7m"), " alone.")),
            say(("To check a signature before you send it, with the root certificate of your authority in ", word("authority.pem"), ":")),
            downloads::of_authority(&["authority.pem"]),
            lines(
                "openssl cms -verify -binary -inform DER -in ADT_large-supplier_20261103.csv.p7s -content ADT_large-supplier_20261103.csv -CAfile authority.pem -purpose any -out checked.csv",
                "the command that checks a signature",
            ),
            section_heading("accepted", "What is accepted"),
            points(vec![
                "CMS SignedData (RFC 5652) in DER, PEM or base64, one signer, at most 16 certificates, with SHA-256 and signed attributes.".into_any(),
                "A key of ECDSA P-256, or RSA of 2,048 to 4,096 bits. New keys: ECDSA P-256.".into_any(),
                "A certificate in date and not revoked, for digital signatures, that leads to an authority the DCC trusts and names you as you are registered.".into_any(),
                format!(
                    "No extended key usage in it, or one that includes one of these, as must each authority's above it: {}.",
                    rules.accepted_key_purposes.iter().map(|purpose| purpose.in_words()).collect::<Vec<_>>().join(", "),
                ).into_any(),
                format!(
                    "A signing time at most {} old for an ADT file and {} for an Exit Quarantine file, and at most {} ahead, all by the service's clock.",
                    counted(u64::from(rules.adt_max_age_days), "day", "days"),
                    counted(u64::from(rules.exit_max_age_hours), "hour", "hours"),
                    counted(u64::from(rules.max_ahead_minutes), "minute", "minutes"),
                ).into_any(),
                format!("A detached signature of at most {}.", size(rules.max_signature_bytes as u64)).into_any(),
                "For an ADT file: signed later than the one in force, so that an old file cannot come back.".into_any(),
            ]),
            checking_receipts(),
        ))
        .into_any()
}

/// A receipt, and the signed decision that it may name.
fn checking_receipts() -> AnyView {
    div()
        .child((
            section_heading("receipt", "Checking a receipt"),
            say((
                "A receipt is signed by the DCC. It says what arrived, when, who signed and sent it, and the outcome. The DCC's service desk gives you \
                 the root certificate for receipts, once. With that in ", word("dcc-receipts.pem"), ", to check and read a receipt:",
            )),
            downloads::of_authority(&["dcc-receipts.pem"]),
            lines(
                "openssl cms -verify -inform DER -in receipt.p7m -CAfile dcc-receipts.pem -purpose any",
                "the command that checks a receipt",
            ),
            say((
                "Where a reviewer decided, the receipt names the decision, which the reviewer has signed; it is on the submission's page. To check and read it, with \
                 the root certificate of the reviewers' authority in ", word("authority.pem"), ":",
            )),
            lines(
                "openssl cms -verify -inform DER -in decision.p7m -CAfile authority.pem -purpose any",
                "the command that checks a reviewer's decision",
            ),
        ))
        .into_any()
}
