//! Whose address an upload came by: a header that is signed with the address, and that storage keeps with the object.
use base64ct::{Base64UrlUnpadded, Encoding};
use sluice_shared::identifiers::PersonId;

/// The header of an upload.
pub(super) const HEADER: &str = "x-amz-meta-sent-by";
/// The same among what storage keeps with an object.
pub(super) const NAME: &str = "sent-by";

/// As the header has it. A person's id may have signs and spaces in it that signing would change.
pub(super) fn encode(person: &PersonId) -> String {
    Base64UrlUnpadded::encode_string(person.as_str().as_bytes())
}

/// Reads it. `None` for what no address of ours made.
pub(super) fn decode(header: &str) -> Option<PersonId> {
    let bytes = Base64UrlUnpadded::decode_vec(header).ok()?;
    PersonId::parse(core::str::from_utf8(&bytes).ok()?).ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn what_was_told_is_read_whatever_an_issuer_calls_people() {
        for id in ["supplier-aro-1", "auth0|5f7c", "f:550e:a  b", "a/b+c="] {
            let person = PersonId::parse(id).unwrap();
            let header = encode(&person);
            assert!(
                header.bytes().all(|byte| byte.is_ascii_graphic()),
                "{header}"
            );
            assert_eq!(decode(&header), Some(person));
        }
        assert_eq!(decode("supplier aro"), None);
    }
}
