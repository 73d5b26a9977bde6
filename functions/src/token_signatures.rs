//! Signatures of access tokens, as `jsonwebtoken` asks for them, by ring: it is in every function for TLS, and fast. The providers that
//! `jsonwebtoken` brings verify with a dozen algorithms of which two are wanted here, and make `api` larger by a tenth.
use jsonwebtoken::{
    Algorithm, AlgorithmFamily, DecodingKey, DecodingKeyKind,
    crypto::{CryptoProvider, JwkUtils, JwtVerifier},
    errors::{ErrorKind, Result},
    signature::{self, Verifier},
};
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents, UnparsedPublicKey,
};

/// Verifies ES256 and RS256, and signs nothing: tokens are issued elsewhere.
static PROVIDER: CryptoProvider = CryptoProvider {
    signer_factory: |_, _| Err(ErrorKind::InvalidAlgorithm.into()),
    verifier_factory: |algorithm, key| verifier(*algorithm, key),
    // For thumbprints and for keys made from private ones, which nobody here asks for.
    jwk_utils: JwkUtils::new_unimplemented(),
};

/// Makes ring what `jsonwebtoken` verifies with, in this process.
pub(crate) fn install() {
    // An error says that it is installed.
    let _ = PROVIDER.install_default();
}

fn verifier(algorithm: Algorithm, key: &DecodingKey) -> Result<Box<dyn JwtVerifier>> {
    match (algorithm, key.family(), key.kind()) {
        (Algorithm::ES256, AlgorithmFamily::Ec, DecodingKeyKind::SecretOrDer(point)) => {
            Ok(Box::new(Es256(point.clone())))
        }
        (Algorithm::RS256, AlgorithmFamily::Rsa, DecodingKeyKind::RsaModulusExponent { n, e }) => {
            Ok(Box::new(Rs256 {
                n: n.clone(),
                e: e.clone(),
            }))
        }
        _ => Err(ErrorKind::InvalidAlgorithm.into()),
    }
}

/// ECDSA with P-256 and SHA-256 (RFC 7518, 3.4), by an uncompressed point.
struct Es256(Vec<u8>);

/// RSASSA-PKCS1-v1_5 with SHA-256 (RFC 7518, 3.3). The key has at least 2,048 bits.
struct Rs256 {
    n: Vec<u8>,
    e: Vec<u8>,
}

impl Verifier<Vec<u8>> for Es256 {
    fn verify(
        &self,
        message: &[u8],
        signed: &Vec<u8>,
    ) -> std::result::Result<(), signature::Error> {
        UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, &self.0)
            .verify(message, signed)
            .map_err(|_| signature::Error::new())
    }
}

impl JwtVerifier for Es256 {
    fn algorithm(&self) -> Algorithm {
        Algorithm::ES256
    }
}

impl Verifier<Vec<u8>> for Rs256 {
    fn verify(
        &self,
        message: &[u8],
        signed: &Vec<u8>,
    ) -> std::result::Result<(), signature::Error> {
        let key = RsaPublicKeyComponents {
            n: &self.n,
            e: &self.e,
        };
        key.verify(&RSA_PKCS1_2048_8192_SHA256, message, signed)
            .map_err(|_| signature::Error::new())
    }
}

impl JwtVerifier for Rs256 {
    fn algorithm(&self) -> Algorithm {
        Algorithm::RS256
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use jsonwebtoken::{Validation, decode, jwk::Jwk};
    use serde_json::Value;

    use super::*;

    /// RFC 7515, appendix A.3: ES256.
    const ES256: &str = "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";
    const P256: &str = r#"{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}"#;
    /// RFC 7515, appendix A.2: RS256.
    const RS256: &str = "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw";
    const RSA: &str = r#"{"kty":"RSA","n":"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ","e":"AQAB"}"#;

    fn holds(token: &str, algorithm: Algorithm, key: &str) -> bool {
        install();
        let mut validation = Validation::new(algorithm);
        // The examples are of 2011.
        validation.validate_exp = false;
        let key: Jwk = serde_json::from_str(key).unwrap();
        let key = DecodingKey::from_jwk(&key).unwrap();
        decode::<Value>(token, &key, &validation).is_ok()
    }

    #[test]
    fn the_examples_of_the_rfc_hold() {
        assert!(holds(ES256, Algorithm::ES256, P256));
        assert!(holds(RS256, Algorithm::RS256, RSA));
    }

    #[test]
    fn a_changed_letter_another_key_or_none_does_not_hold() {
        for (token, algorithm, key) in [
            (ES256, Algorithm::ES256, P256),
            (RS256, Algorithm::RS256, RSA),
        ] {
            // In the claims: `iss` becomes `jss`.
            let changed = token.replacen(".eyJpc3M", ".eyJqc3M", 1);
            assert_ne!(changed, token);
            assert!(!holds(&changed, algorithm, key));
            let (unsigned, _) = token.rsplit_once('.').unwrap();
            assert!(!holds(&format!("{unsigned}."), algorithm, key));
        }
        assert!(!holds(ES256, Algorithm::ES256, RSA));
        assert!(!holds(RS256, Algorithm::RS256, P256));
    }

    #[test]
    fn a_short_rsa_key_and_a_secret_are_refused() {
        let short = r#"{"kty":"RSA","n":"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAk","e":"AQAB"}"#;
        assert!(!holds(RS256, Algorithm::RS256, short));
        let secret = r#"{"kty":"oct","k":"c2VjcmV0"}"#;
        assert!(!holds(ES256, Algorithm::ES256, secret));
    }
}
