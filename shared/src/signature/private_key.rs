//! A private key that somebody gives in the place of a file or a signature: page and service refuse it in the same words.

use super::key_material::holds_private_key;

/// A private key was given where none belongs. Whoever finds it keeps nothing of what was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "What was given as the {place} has a private key in it. Nothing was kept of it here, but it has left its place: have its \
     certificate revoked and make a new key. Then choose the {place}, {form}.",
    place = .0.name(),
    form = .0.form()
)]
pub struct PrivateKeyGiven(GivenAs);

/// What something was given as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GivenAs {
    /// The file to send.
    File,
    /// The signature beside it.
    Signature,
}

impl GivenAs {
    /// Refuses bytes with a private key in them. Of what is large the beginning will do for PEM; in DER a key is seen in the whole alone.
    ///
    /// # Errors
    /// The sentence for whoever gave them.
    pub fn without_private_key(self, bytes: &[u8]) -> Result<(), PrivateKeyGiven> {
        if holds_private_key(bytes) {
            return Err(PrivateKeyGiven(self));
        }
        Ok(())
    }

    const fn name(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Signature => "signature",
        }
    }

    const fn form(self) -> &'static str {
        match self {
            Self::File => "a .csv or a .p7m",
            Self::Signature => "the .p7s",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_refused_as_what_it_was_given_as() {
        let key = b"-----BEGIN PRIVATE KEY-----\nAA==\n-----END PRIVATE KEY-----\n";
        for (given_as, end) in [
            (GivenAs::File, "Then choose the file, a .csv or a .p7m."),
            (GivenAs::Signature, "Then choose the signature, the .p7s."),
        ] {
            let words = given_as
                .without_private_key(key)
                .map_err(|error| error.to_string());
            assert!(words.is_err_and(|words| words.ends_with(end)));
            assert_eq!(given_as.without_private_key(b"UserID,Period\r\n"), Ok(()));
        }
    }

    #[test]
    fn a_key_file_is_one_whether_its_length_is_told_or_not() {
        let der = include_bytes!("../../testkit/key-files/good.p12");
        let content = der
            .strip_prefix(&[0x30, 0x82])
            .and_then(|rest| rest.get(2..));
        let ber = content.map(|content| [&[0x30, 0x80], content, &[0, 0]].concat());
        assert!(GivenAs::File.without_private_key(der).is_err());
        assert!(ber.is_some_and(|ber| GivenAs::File.without_private_key(&ber).is_err()));
        let signature = include_bytes!("../../testkit/signatures/good-enveloping-streamed.p7m");
        assert_eq!(GivenAs::File.without_private_key(signature), Ok(()));
    }
}
