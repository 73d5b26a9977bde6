//! Random bytes from the operating system.

/// `N` random bytes.
pub(crate) fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system has random bytes");
    bytes
}

/// `N` random bytes in lower-case hex.
pub(crate) fn hex<const N: usize>() -> String {
    hex::encode(bytes::<N>())
}

/// `N` random bytes in base64url, for codes and cookies.
pub(crate) fn token<const N: usize>() -> String {
    use base64ct::{Base64UrlUnpadded, Encoding};
    Base64UrlUnpadded::encode_string(&bytes::<N>())
}
