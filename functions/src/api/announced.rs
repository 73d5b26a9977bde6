//! Whether what a request announces can be a submission at all.
use sluice_shared::{
    api::{SignatureForm, StartSubmission},
    profile::Profile,
    signature::GivenAs,
};

use crate::{error::Refusal, inbox::longest};

pub(super) fn check(profile: &Profile, request: &StartSubmission) -> Result<(), Refusal> {
    if let SignatureForm::Detached { der } = &request.signature {
        GivenAs::Signature
            .without_private_key(&der.0)
            .map_err(|error| Refusal::Invalid(error.to_string()))?;
    }
    let largest_signature = profile.signing.max_signature_bytes;
    let most = match &request.signature {
        SignatureForm::Detached { der } if der.0.is_empty() => {
            return Err(Refusal::Invalid(
                "The signature is empty. Sign the file, or choose its .p7s.".to_owned(),
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
