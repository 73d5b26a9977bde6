#![allow(clippy::unwrap_used)]

use super::*;

/// A key, its certificate and that of its authority; password `x` (`shared/testkit/make-key-files.sh`).
const GOOD: &[u8] = include_bytes!("../../../../shared/testkit/key-files/good.p12");
const WITHOUT_SEAL: &[u8] = include_bytes!("../../../../shared/testkit/key-files/without-seal.p12");
const KEY_WITHOUT_LOCK: &[u8] =
    include_bytes!("../../../../shared/testkit/key-files/key-without-lock.p12");

fn error_of(file: &[u8]) -> Pkcs12Error {
    Structure::parse(file).err().unwrap()
}

/// With the outermost length left open, as tools write it that stream.
fn in_ber(der: &[u8]) -> Vec<u8> {
    let [0x30, 0x82, _, _, content @ ..] = der else {
        panic!("a file of 256 bytes or more");
    };
    [&[0x30, 0x80], content, &[0, 0]].concat()
}

#[test]
fn a_file_in_ber_holds_what_it_holds_in_der() {
    let (der, ber) = (
        Structure::parse(GOOD).unwrap(),
        Structure::parse(&in_ber(GOOD)).unwrap(),
    );
    assert_eq!(der.sealed, ber.sealed);
    assert_eq!(der.seal.unwrap().digest, ber.seal.unwrap().digest);
    assert_eq!((der.safes.len(), ber.safes.len()), (2, 2));
}

#[test]
fn a_line_end_behind_the_file_is_passed_over_and_nothing_else_is() {
    for end in [&b"\n"[..], b"\r\n", b"\n\n"] {
        assert!(Structure::parse(&[GOOD, end].concat()).is_ok(), "{end:?}");
        assert!(
            Structure::parse(&[&in_ber(GOOD), end].concat()).is_ok(),
            "{end:?}"
        );
    }
    assert_eq!(error_of(&[GOOD, b"x"].concat()), Pkcs12Error::NotPkcs12);
    assert_eq!(error_of(&GOOD[..GOOD.len() - 1]), Pkcs12Error::NotPkcs12);
}

#[test]
fn a_file_without_a_seal_is_taken() {
    let structure = Structure::parse(WITHOUT_SEAL).unwrap();
    assert!(structure.seal.is_none());
    assert_eq!(structure.safes.len(), 2);
}

#[test]
fn a_key_that_the_password_does_not_lock_is_named() {
    let structure = Structure::parse(KEY_WITHOUT_LOCK).unwrap();
    let told = structure.safes.iter().find_map(|safe| match safe {
        Safe::Open(contents) => bags(contents).err(),
        Safe::Locked(..) => None,
    });
    assert_eq!(told, Some(Pkcs12Error::KeyWithoutLock));
}

#[test]
fn what_is_no_pkcs_12_file_is_named_where_its_beginning_tells() {
    for (file, error) in [
        (&b"-----BEGIN PRIVATE KEY-----\nMIG"[..], Pkcs12Error::Pem),
        (
            b"\xEF\xBB\xBF-----BEGIN CERTIFICATE-----\nMII",
            Pkcs12Error::Pem,
        ),
        (
            b"Bag Attributes\n-----BEGIN PRIVATE KEY-----\n",
            Pkcs12Error::Pem,
        ),
        (
            b"\xFE\xED\xFE\xED\x00\x00\x00\x02",
            Pkcs12Error::JavaKeystore,
        ),
        (b"", Pkcs12Error::NotPkcs12),
    ] {
        assert_eq!(error_of(file), error, "{file:?}");
    }
}
