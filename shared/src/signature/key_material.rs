//! Whether bytes are, or have in them, a key that nobody but its owner may have, in whatever form a tool or an editor saved it.

use const_oid::ObjectIdentifier;
use der::Decode as _;
use der::asn1::{AnyRef, OctetStringRef, UintRef};
use p256::pkcs8::PrivateKeyInfo;
use spki::AlgorithmIdentifierRef;

use super::der_form::der_of_ber;
use super::not_cms::pkcs12;
use super::text_forms::{Form, base64_alone, base64_text};

/// The ways to seal a key with a password: PKCS #5 (RFC 8018, appendix A) and PKCS #12 (RFC 7292, appendix C).
const SEALS: [ObjectIdentifier; 2] = [
    ObjectIdentifier::new_unwrap("1.2.840.113549.1.5"),
    ObjectIdentifier::new_unwrap("1.2.840.113549.1.12.1"),
];

/// Text that names a private key as PEM does (RFC 7468), also where a mail program or an editor changed what stands around the label; or a
/// private key (RFC 5958, RFC 5915, RFC 8017), sealed or not, or a key file (RFC 7292), in DER or BER; as text in UTF-8, UTF-16 or base64.
pub(super) fn holds_private_key(bytes: &[u8]) -> bool {
    match Form::recognise(bytes.to_vec()) {
        Form::Bytes(bytes) => is_key_store(&bytes) || is_private_key(&bytes),
        Form::Pem(text) => names_private_key(&text),
        Form::Text(text) => {
            names_private_key(&text)
                || base64_alone(&text).is_some_and(|der| is_private_key(&der))
                || base64_text(&text).is_some_and(|text| names_private_key(&text))
        }
    }
}

/// By its label in PEM, or as `PuTTY` (`.ppk`), JSON Web Keys (RFC 7518, 6: a private or a symmetric key) or XML Signature (`RSAKeyValue` of
/// .NET, with its private exponent) have a key.
fn names_private_key(text: &str) -> bool {
    let has = |words: &[&str]| words.iter().all(|word| text.contains(word));
    has(&["PRIVATE KEY-----"])
        || has(&["PRIVATE KEY—"])
        || has(&["PuTTY-User-Key-File-", "Private-Lines:"])
        || has(&["\"kty\"", "\"d\""])
        || has(&["\"kty\"", "\"k\""])
        || has(&["KeyValue>", "<D>"])
}

/// The first bytes of Java's key stores: JKS and JCEKS.
const KEY_STORES: [[u8; 4]; 2] = [[0xfe, 0xed, 0xfe, 0xed], [0xce, 0xce, 0xce, 0xce]];

fn is_key_store(bytes: &[u8]) -> bool {
    KEY_STORES.iter().any(|start| bytes.starts_with(start))
}

fn is_private_key(bytes: &[u8]) -> bool {
    PrivateKeyInfo::from_der(bytes).is_ok()
        || EcPrivateKey::from_der(bytes).is_ok_and(|key| key.version == 1)
        || RsaPrivateKey::from_der(bytes).is_ok_and(|key| key.version <= 1)
        || SealedPrivateKey::from_der(bytes).is_ok_and(|key| key.is_sealed())
        || pkcs12(bytes)
        || der_of_ber(bytes).is_some_and(|der| der != bytes && is_private_key(&der))
}

/// RFC 5915, 3.
#[derive(der::Sequence)]
struct EcPrivateKey<'a> {
    version: u8,
    private_key: OctetStringRef<'a>,
    #[asn1(context_specific = "0", optional = "true")]
    parameters: Option<AnyRef<'a>>,
    #[asn1(context_specific = "1", optional = "true")]
    public_key: Option<AnyRef<'a>>,
}

/// RFC 8017, A.1.2.
#[derive(der::Sequence)]
struct RsaPrivateKey<'a> {
    version: u8,
    modulus: UintRef<'a>,
    public_exponent: UintRef<'a>,
    private_exponent: UintRef<'a>,
    prime1: UintRef<'a>,
    prime2: UintRef<'a>,
    exponent1: UintRef<'a>,
    exponent2: UintRef<'a>,
    coefficient: UintRef<'a>,
    #[asn1(optional = "true")]
    other_primes: Option<AnyRef<'a>>,
}

/// `EncryptedPrivateKeyInfo` (RFC 5958, 3).
#[derive(der::Sequence)]
struct SealedPrivateKey<'a> {
    algorithm: AlgorithmIdentifierRef<'a>,
    data: OctetStringRef<'a>,
}

impl SealedPrivateKey<'_> {
    fn is_sealed(&self) -> bool {
        let by = self.algorithm.oid.as_bytes();
        SEALS.iter().any(|seal| by.starts_with(seal.as_bytes()))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use base64ct::{Base64, Encoding as _};
    use p256::pkcs8::{EncodePrivateKey as _, LineEnding};

    use super::*;

    #[test]
    fn a_private_key_is_seen_in_every_form() {
        let key = p256::SecretKey::from_slice(&[7; 32]).unwrap();
        let pem = key.to_pkcs8_pem(LineEnding::LF).unwrap();
        assert!(holds_private_key(pem.as_bytes()));
        let with_certificate = format!(
            "-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n{}",
            *pem
        );
        assert!(holds_private_key(with_certificate.as_bytes()));
        assert!(holds_private_key(key.to_pkcs8_der().unwrap().as_bytes()));
        // RFC 5915, as `openssl ec -outform DER` writes it.
        let sec1 = "MHcCAQEEIAcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHoAoGCCqGSM49AwEH";
        let mut sec1 = Base64::decode_vec(sec1).unwrap();
        let length = u8::try_from(sec1.len() - 2).unwrap();
        sec1[1] = length;
        assert!(holds_private_key(&sec1));
    }

    #[test]
    fn a_private_key_is_seen_as_tools_and_editors_save_it() {
        let key = p256::SecretKey::from_slice(&[7; 32]).unwrap();
        let pem = key.to_pkcs8_pem(LineEnding::LF).unwrap();
        let utf16: Vec<u8> = pem.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(holds_private_key(&utf16));
        assert!(holds_private_key(&[&[0xff, 0xfe], &utf16[..]].concat()));
        let alone = Base64::encode_string(key.to_pkcs8_der().unwrap().as_bytes());
        assert!(holds_private_key(alone.as_bytes()));
        assert!(holds_private_key(format!("\u{feff}{alone}\r\n").as_bytes()));
        let key_file = include_bytes!("../../testkit/key-files/good.p12");
        assert!(holds_private_key(
            Base64::encode_string(key_file).as_bytes()
        ));
        let twice = Base64::encode_string(pem.as_bytes());
        assert!(holds_private_key(twice.as_bytes()));
        let quoted = pem.replace("-----BEGIN", "> -----BEGIN");
        assert!(holds_private_key(quoted.as_bytes()));
    }

    #[test]
    fn a_private_key_is_seen_as_programs_keep_it() {
        for text in [
            "PuTTY-User-Key-File-3: ecdsa-sha2-nistp256\r\nEncryption: none\r\nPrivate-Lines: 1\r\nAAAA\r\n",
            r#"{"kty":"EC","crv":"P-256","x":"AA","y":"AA","d":"AA"}"#,
            r#"{"keys": [{"kty": "oct", "k": "AA"}]}"#,
            "<RSAKeyValue><Modulus>AA==</Modulus><Exponent>AQAB</Exponent><D>AA==</D></RSAKeyValue>",
        ] {
            assert!(holds_private_key(text.as_bytes()), "{text}");
        }
        assert!(holds_private_key(&[0xfe, 0xed, 0xfe, 0xed, 0, 0, 0, 2]));
        assert!(holds_private_key(&[0xce, 0xce, 0xce, 0xce, 0, 0, 0, 2]));
    }

    #[test]
    fn a_private_key_of_rsa_and_a_sealed_one_are_seen_in_der() {
        // Of 512 bits, as `openssl rsa -traditional -outform DER` writes it.
        let rsa = concat!(
            "MIIBOwIBAAJBANeuvhxvbnG8BjMNq8oKmR6aol4nntY1r53SgSj3ggoJWYJCHzZuocChwCIqyJZnalrec9O0FG5rnrFPABS1nQUC",
            "AwEAAQJAXjEdK3PqqtbvaiplRMYeGsRzdmUdM/WcLXN6HrcA3npraN2Hs9/gml4qELqAg8x5I1p+Fe8Q3QF/+9GY+3whYQIhAPS5",
            "ILGE07Z0T0GxYdGW6lUhxECiMCR9QtaJ23Nng6eJAiEA4Z8J0+88g8pX1r3PUDCO4gtWNF7Kfj+CfHRAnxVjbp0CIE+A0TE6sLkG",
            "ojT6VogLmkdb9/Dzf+Zq10rxcFzWlTvZAiEAn8RG6VTXvVtjqCTw0RARne/5M0yMh6nhdM+9kulKZ+ECIQDg2b96ulktxAszF5lE",
            "EIkbHPrwy+rU2Squo9L+pZ+q5Q==",
        );
        assert!(holds_private_key(&Base64::decode_vec(rsa).unwrap()));
        // EncryptedPrivateKeyInfo by PBES2 (RFC 8018), its parameters left out.
        let sealed = Base64::decode_vec("MBEwCwYJKoZIhvcNAQUNBAJBQQ==").unwrap();
        assert!(holds_private_key(&sealed));
    }

    #[test]
    fn what_everybody_may_have_is_none() {
        for text in [
            "",
            "-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n",
            "UserID,Period\r\n",
            r#"{"kty":"EC","crv":"P-256","x":"AA","y":"AA"}"#,
            "<RSAKeyValue><Modulus>AA==</Modulus><Exponent>AQAB</Exponent></RSAKeyValue>",
        ] {
            assert!(!holds_private_key(text.as_bytes()), "{text}");
        }
    }
}
