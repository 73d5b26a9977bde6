//! The DER of what was written as BER, for whoever reads small structures that are no signatures: a key file, say.

use super::ber;

/// The same value in DER: definite, shortest lengths, and octet strings in one piece. `None` when it is no BER, has 64 kB or more, or bytes
/// follow it.
pub fn der_of_ber(bytes: &[u8]) -> Option<Vec<u8>> {
    let converted = ber::to_der(&mut bytes.to_vec())?;
    // Only a signature has content apart.
    converted.content.is_none().then_some(converted.der)
}
