//! Whether what a request announces can be a submission at all.
use sluice_shared::{
    api::{SignatureForm, StartSubmission},
    profile::Profile,
    signature::holds_private_key,
};

use crate::{error::Refusal, inbox::longest};

pub(super) fn check(profile: &Profile, request: &StartSubmission) -> Result<(), Refusal> {
    let largest_signature = profile.signing.max_signature_bytes;
    let most = match &request.signature {
        SignatureForm::Detached { der } if der.0.is_empty() => {
            return Err(Refusal::Invalid(
                "The signature is empty. Sign the file, or choose its .p7s.".to_owned(),
            ));
        }
        SignatureForm::Detached { der } if holds_private_key(&der.0) => {
            return Err(Refusal::Invalid(
                "What was given as the signature has a private key in it. Nothing was kept of it here, but it has left its \
                 place: have its certificate revoked and make a new key. Then choose the signature, the .p7s."
                    .to_owned(),
            ));
        }
        SignatureForm::Detached { der } if der.0.len() > largest_signature => {
            return Err(Refusal::Invalid(format!(
                "The signature has {} bytes, and at most {largest_signature} are accepted. A detached signature (.p7s) does \
                 not hold the file itself.",
                der.0.len()
            )));
        }
        SignatureForm::Detached { .. } => longest(profile, false),
        SignatureForm::Enveloping {} => longest(profile, true),
    };
    if request.length == 0 {
        return Err(Refusal::Invalid(
            "The file is empty. Choose the file with its rows in it.".to_owned(),
        ));
    }
    if request.length > most {
        return Err(Refusal::FileTooLarge {
            length: request.length,
            most,
        });
    }
    Ok(())
}
