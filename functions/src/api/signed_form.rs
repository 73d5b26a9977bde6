//! What somebody signed cannot be read: they are told whether it is the signature or the JSON in it.
use serde::de::DeserializeOwned;
use sluice_shared::signature::signed_content;

use super::extract::from_json;
use crate::error::Refusal;

/// Why these bytes are no signed `T`; `named` is what it is called, such as "decision".
pub(super) fn wrong_form<T: DeserializeOwned>(named: &str, bytes: &[u8]) -> Refusal {
    let outside = || {
        Refusal::Invalid(format!(
            "The {named} is not inside a CMS signature (.p7m): sign it with the JSON in it, not beside it."
        ))
    };
    let Ok(content) = signed_content(bytes) else {
        return outside();
    };
    let which = format!("The {named} inside the signature cannot be read.");
    from_json::<T>(&which, &content)
        .err()
        .unwrap_or_else(outside)
}
