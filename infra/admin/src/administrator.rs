//! One administrator, as three arguments name them.

use sluice_shared::directory::{NewAdministrator, SignerSubject};
use sluice_shared::identifiers::{DisplayName, PersonId};

/// Reads sign-in, name and subject, or says which of them is wrong.
pub(crate) fn administrator(flag: &str, texts: &[String]) -> Result<NewAdministrator, String> {
    let [sign_in, name, subject] = texts else {
        return Err(format!(
            "{flag} needs a sign-in, a name and a certificate's subject"
        ));
    };
    let wrong =
        |what: &str, text: &str, why: String| format!("{flag}: the {what} \"{text}\" {why}");
    Ok(NewAdministrator {
        id: PersonId::parse(sign_in)
            .map_err(|error| wrong("sign-in", sign_in, error.to_string()))?,
        name: DisplayName::parse(name).map_err(|error| wrong("name", name, error.to_string()))?,
        subject: SignerSubject::parse(subject)
            .map_err(|error| wrong("subject", subject, error.to_string()))?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_is_named_with_its_argument() {
        let read = |texts: [&str; 3]| {
            administrator("--first", &texts.map(str::to_owned)).map_err(|error| {
                error
                    .split('"')
                    .next()
                    .unwrap_or_default()
                    .trim_end()
                    .to_owned()
            })
        };
        assert!(read(["5f7c", "Admin One", "CN=Admin One,O=DCC,C=GB"]).is_ok());
        for (texts, wrong) in [
            (["", "Admin One", "CN=Admin One"], "--first: the sign-in"),
            (["5f7c", "", "CN=Admin One"], "--first: the name"),
            (["5f7c", "Admin One", "Admin One"], "--first: the subject"),
        ] {
            assert_eq!(read(texts).err().as_deref(), Some(wrong));
        }
    }
}
