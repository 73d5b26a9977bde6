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

/// Everything in it with its length left open and every octet string in two pieces, as Bouncy Castle writes it that streams; an implicit
/// `[0]` is taken for one.
fn in_pieces(der: &[u8]) -> Vec<u8> {
    let mut reader = SliceReader::new(der).unwrap();
    let mut ber = Vec::new();
    while !reader.is_finished() {
        let value = Any::decode(&mut reader).unwrap();
        let constructed =
            |tag: u8, content: Vec<u8>| [&[tag, 0x80], &content[..], &[0, 0]].concat();
        ber.extend(match u8::from(value.tag()) {
            tag @ (0x04 | 0x80) => constructed(tag | 0x20, halves(value.value())),
            tag if tag & 0x20 != 0 => constructed(tag, in_pieces(value.value())),
            _ => value.to_der().unwrap(),
        });
    }
    ber
}

/// The second one once more in pieces.
fn halves(content: &[u8]) -> Vec<u8> {
    let string = |part: &[u8]| OctetStringRef::new(part).unwrap().to_der().unwrap();
    let (first, second) = content.split_at(content.len() / 2);
    let (second, third) = second.split_at(second.len() / 2);
    let inner = [string(second), string(third)].concat();
    [string(first), [&[0x24, 0x80], &inner[..], &[0, 0]].concat()].concat()
}

/// What lies in its safes, still locked.
fn ciphertexts(structure: Structure) -> Vec<Vec<u8>> {
    let of_safe = |safe| match safe {
        Safe::Locked(_, ciphertext) => vec![ciphertext],
        Safe::Open(contents) => {
            let bags = bags(&contents).unwrap().into_iter();
            bags.map(|bag| match bag {
                Bag::PrivateKey(_, bytes) | Bag::Certificate(bytes) => bytes,
            })
            .collect()
        }
    };
    structure.safes.into_iter().flat_map(of_safe).collect()
}

#[test]
fn what_comes_in_pieces_is_whole_again() {
    let der = Structure::parse(GOOD).unwrap();
    assert!(matches!(der.safes[0], Safe::Locked(..)), "an implicit [0]");
    // The safes, and in them what is no string of its own by its tag.
    let safes = in_pieces(&der.sealed);
    let mut outer = Pfx::from_der(GOOD).unwrap();
    let string = OctetString::new(safes).unwrap().to_der().unwrap();
    outer.auth_safe.content = Any::from_der(&string).unwrap();
    let ber = in_pieces(&outer.to_der().unwrap());
    let ber = Structure::parse(&ber).unwrap();
    assert_ne!(ber.sealed, der.sealed);
    let locked = ciphertexts(der);
    assert_eq!(locked.len(), 2, "certificates under a lock, and a key");
    assert_eq!(ciphertexts(ber), locked);
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
