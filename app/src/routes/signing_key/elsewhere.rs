//! Registering a certificate whose key is not in this browser: on a smart card, in a hardware module, or in a file for OpenSSL.

use super::{
    Shared,
    registration::{Registration, statement},
};
use crate::{
    api::{Base64Bytes, Me, ProblemCode, SignedRequest, calls},
    browser::{self, storage},
    components::{busy_button, button, changing, details_toggled, field, inset, sentence},
    key, parts,
    routes::{Meanwhile, arriving, lost_part},
};
use leptos::{html::*, prelude::*};
use sluice_shared::{
    directory::{CertificateBar, CertificateIdentity, ChangeStatement},
    identifiers::FileDigest,
    json::read_json,
    signature::DistinguishedName,
};

const CERTIFICATE: &str = "elsewhere-certificate";
const SIGNED: &str = "elsewhere-signed";
/// What is to be signed.
const NAME: &str = "registration.json";

/// Draws it.
#[derive(Clone, Copy)]
pub(crate) struct KeyElsewhere {
    form: fn(Shared, Registration) -> AnyView,
    not_sent: fn(Registration, String) -> Option<AnyView>,
}

impl KeyElsewhere {
    /// For the door of its part alone: whoever names it has it in its own part.
    pub(crate) const HERE: Self = Self {
        form: elsewhere_here,
        not_sent,
    };
}

/// The way to it. What draws it comes when somebody opens it, or where something is kept that was not sent.
pub(super) fn elsewhere(shared: Shared, registration: Registration) -> AnyView {
    let opened = RwSignal::new(false);
    let kept = storage::get(KEPT).is_some().then(|| {
        part(move |elsewhere| (elsewhere.not_sent)(registration, shared.person()).into_any())
    });
    let form = details_toggled(
        "Your key is elsewhere: on a smart card, in a hardware module, with OpenSSL",
        move || opened.set(true),
        changing(move || {
            let form = move |elsewhere: KeyElsewhere| (elsewhere.form)(shared, registration);
            opened.get().then(|| part(form))
        }),
    );
    (kept, form).into_any()
}

fn part(draw: impl Fn(KeyElsewhere) -> AnyView + Send + 'static) -> AnyView {
    let meanwhile = Meanwhile {
        coming: "Loading the form…",
        lost: |again| {
            lost_part(
                "The form could not be loaded. Check your network and try again.",
                again,
            )
        },
    };
    arriving(|| Box::pin(parts::key_elsewhere()), meanwhile, draw)
}

fn elsewhere_here(shared: Shared, registration: Registration) -> AnyView {
    let person = StoredValue::new(shared.person());
    let to_sign = RwSignal::new(None::<(FileDigest, ChangeStatement)>);
    let (certificate_fault, signed_fault) =
        (RwSignal::new(None::<String>), RwSignal::new(None::<String>));
    let certificate_chosen = move |file: web_sys::File| {
        leptos::task::spawn_local(async move {
            let bytes = browser::bytes_of(&file).await.unwrap_or_default();
            let (fault, found) = match usable(shared, registration, bytes).await {
                Ok(identity) => {
                    let sha256 = identity.sha256;
                    let statement = statement(shared, identity);
                    (None, statement.map(|statement| (sha256, statement)))
                }
                Err(words) => (Some(words), None),
            };
            let _ = certificate_fault.try_set(fault);
            let _ = to_sign.try_set(found);
        });
    };
    let signed = RwSignal::new_local(None::<web_sys::File>);
    let press = move |_| {
        let (Some(file), Some((sha256, _))) = (signed.get_untracked(), to_sign.get_untracked())
        else {
            signed_fault.set(Some("Choose the signed file.".to_owned()));
            return;
        };
        signed_fault.set(None);
        registration.begin();
        leptos::task::spawn_local(async move {
            let bytes = browser::bytes_of(&file).await.unwrap_or_default();
            let body = SignedRequest {
                signed: Base64Bytes(bytes),
            };
            send(registration, person.get_value(), sha256, body).await;
        });
    };
    let second = move || {
        let (_, statement) = to_sign.get()?;
        let json = serde_json::to_vec_pretty(&statement).unwrap_or_default();
        Some(div().child((
            p().class("govuk-body").child((
                "Download what has to be signed, and sign it today with the key of that certificate, with the file inside the signature: ",
                code().class("app-breakable").child(
                    "openssl cms -sign -binary -nodetach -outform DER -md sha256 -in registration.json -signer certificate.pem -inkey key.pem -certfile authority.pem -out registration.p7m",
                ),
            )),
            button("Download registration.json", move |_| {
                browser::download(NAME, "application/json", &json);
            }),
            field(SIGNED, "The signed file")
                .hint("A .p7m file")
                .error(Signal::derive(move || signed_fault.get()))
                .file(".p7m,.der,.pem", move |file| signed.set(Some(file))),
            busy_button("Register the certificate", move || registration.busy.get(), press),
        )))
    };
    div()
        .child((
            field(CERTIFICATE, "The certificate")
                .hint("A .pem, .crt or .cer file, without the key")
                .error(Signal::derive(move || certificate_fault.get()))
                .file(".pem,.crt,.cer,.der", certificate_chosen),
            changing(second),
        ))
        .into_any()
}

/// What was signed elsewhere and could not be sent: a field for files forgets them on the way to a new sign-in. Whose, of which certificate, the request.
const KEPT: &str = "sluice.registration";

async fn send(registration: Registration, person: String, sha256: FileDigest, body: SignedRequest) {
    let json = serde_json::to_string(&body).unwrap_or_default();
    storage::set_list(KEPT, &[person, sha256.to_string(), json]);
    let call = calls::register_certificate(&body);
    let asked = registration.api.post(call).await;
    // What was refused for another reason is signed anew.
    let is_kept = asked
        .as_ref()
        .is_err_and(|error| error.code() == Some(ProblemCode::SignInTooOld));
    if !is_kept {
        let _ = storage::take(KEPT);
    }
    let is_done = move |me: &Me| me.certificates.check(sha256).is_ok();
    registration.follow(asked, is_done).await;
}

/// The way to send what was signed before the sign-in; nothing where nothing is kept.
fn not_sent(registration: Registration, person: String) -> Option<AnyView> {
    let kept = storage::get_list(KEPT);
    let [whose, sha256, json] = kept.as_slice() else {
        return None;
    };
    let sha256 = FileDigest::parse(sha256)
        .ok()
        .filter(|_| *whose == person)?;
    let body: SignedRequest = read_json(json).ok()?;
    let (person, body) = (StoredValue::new(person), StoredValue::new(body));
    let is_sent = RwSignal::new(false);
    let press = move |_| {
        registration.begin();
        leptos::task::spawn_local(async move {
            send(registration, person.get_value(), sha256, body.get_value()).await;
            let _ = is_sent.try_set(storage::get(KEPT).is_none());
        });
    };
    let offered = changing(move || {
        (!is_sent.get()).then(|| {
            inset((
                p().class("govuk-body")
                    .child("The signed file that you chose before is here again."),
                busy_button(
                    "Register the certificate",
                    move || registration.busy.get(),
                    press,
                ),
            ))
        })
    });
    Some(offered.into_any())
}

/// The certificate in a file, if this person can register it; in a sentence, why not.
async fn usable(
    shared: Shared,
    registration: Registration,
    bytes: Vec<u8>,
) -> Result<CertificateIdentity, String> {
    let certificate = key::read_certificate(bytes)
        .await
        .map_err(|error| error.to_string())?;
    let (found, registered) = (certificate.subject(), shared.subject().unwrap_or_default());
    if !DistinguishedName::parse(&registered).is_ok_and(|name| name.is_same_as(&found)) {
        return Err(format!(
            "This certificate names “{found}”. Yours must name “{registered}”: that is how you are registered."
        ));
    }
    let identity =
        CertificateIdentity::parse(&certificate).map_err(|bar| sentence(&bar.to_string()))?;
    let known = registration
        .me
        .with_untracked(|me| me.as_ref().map(|me| me.certificates.check(identity.sha256)));
    match known {
        Some(Ok(())) => Err("This certificate is registered already.".to_owned()),
        Some(Err(bar @ CertificateBar::Stopped(_))) => Err(sentence(&bar.to_string())),
        _ => Ok(identity),
    }
}
