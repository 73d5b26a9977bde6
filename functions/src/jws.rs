//! Signatures of access tokens, by ring: it is in every function for TLS, and fast. The providers that `jsonwebtoken` brings verify with a
//! dozen algorithms of which two are wanted here, and make `api` larger by a tenth.
use base64ct::{Base64UrlUnpadded, Encoding};
use jsonwebtoken::{
    Algorithm,
    jwk::{AlgorithmParameters, EllipticCurve, Jwk},
};
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents, UnparsedPublicKey,
};

/// Why a signature does not hold; for the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum JwsError {
    /// Another algorithm than the two.
    #[error("signed with a key that is neither P-256 nor RSA")]
    Kind,
    /// Not in three parts, or not base64url.
    #[error("it has not the form of a signed token")]
    Form,
    /// Signed by somebody else, or changed since.
    #[error("the signature does not hold")]
    Signature,
}

/// The key decides the algorithm, whatever a token's header asks for: no downgrade, no confusion of keys. Cognito signs with
/// RSA, the embedded issuer with P-256.
pub(crate) fn algorithm_of(key: &Jwk) -> Result<Algorithm, JwsError> {
    match &key.algorithm {
        AlgorithmParameters::EllipticCurve(curve) if curve.curve == EllipticCurve::P256 => {
            Ok(Algorithm::ES256)
        }
        AlgorithmParameters::RSA(_) => Ok(Algorithm::RS256),
        _ => Err(JwsError::Kind),
    }
}

/// Verifies a token in the compact form (RFC 7515). RSA keys have at least 2,048 bits.
pub(crate) fn verify(token: &str, key: &Jwk) -> Result<(), JwsError> {
    let (message, signature) = token.rsplit_once('.').ok_or(JwsError::Form)?;
    let signature = bytes(signature)?;
    let held = match &key.algorithm {
        AlgorithmParameters::EllipticCurve(curve) if curve.curve == EllipticCurve::P256 => {
            // An uncompressed point.
            let point = [vec![4], bytes(&curve.x)?, bytes(&curve.y)?].concat();
            UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point)
                .verify(message.as_bytes(), &signature)
        }
        AlgorithmParameters::RSA(rsa) => RsaPublicKeyComponents {
            n: bytes(&rsa.n)?,
            e: bytes(&rsa.e)?,
        }
        .verify(&RSA_PKCS1_2048_8192_SHA256, message.as_bytes(), &signature),
        _ => return Err(JwsError::Kind),
    };
    held.map_err(|_| JwsError::Signature)
}

fn bytes(text: &str) -> Result<Vec<u8>, JwsError> {
    Base64UrlUnpadded::decode_vec(text).map_err(|_| JwsError::Form)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// RFC 7515, appendix A.3: ES256.
    const ES256: &str = "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";
    const P256: &str = r#"{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}"#;
    /// RFC 7515, appendix A.2: RS256.
    const RS256: &str = "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw";
    const RSA: &str = r#"{"kty":"RSA","n":"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ","e":"AQAB"}"#;

    fn key(json: &str) -> Jwk {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn the_examples_of_the_rfc_hold() {
        assert_eq!(verify(ES256, &key(P256)), Ok(()));
        assert_eq!(verify(RS256, &key(RSA)), Ok(()));
        assert_eq!(algorithm_of(&key(P256)), Ok(Algorithm::ES256));
        assert_eq!(algorithm_of(&key(RSA)), Ok(Algorithm::RS256));
    }

    #[test]
    fn a_changed_letter_or_another_key_does_not_hold() {
        for (token, json) in [(ES256, P256), (RS256, RSA)] {
            let changed = token.replacen("eyJp", "eyJq", 1);
            assert_eq!(verify(&changed, &key(json)), Err(JwsError::Signature));
        }
        assert_eq!(verify(ES256, &key(RSA)), Err(JwsError::Signature));
        assert_eq!(verify(RS256, &key(P256)), Err(JwsError::Signature));
        let (unsigned, _) = ES256.rsplit_once('.').unwrap();
        let empty = format!("{unsigned}.");
        assert_eq!(verify(&empty, &key(P256)), Err(JwsError::Signature));
        assert_eq!(verify("no token", &key(P256)), Err(JwsError::Form));
    }

    #[test]
    fn a_short_rsa_key_and_other_kinds_of_keys_are_refused() {
        let short = r#"{"kty":"RSA","n":"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAk","e":"AQAB"}"#;
        assert_eq!(verify(RS256, &key(short)), Err(JwsError::Signature));
        let secret = key(r#"{"kty":"oct","k":"c2VjcmV0"}"#);
        assert_eq!(algorithm_of(&secret), Err(JwsError::Kind));
        assert_eq!(verify(ES256, &secret), Err(JwsError::Kind));
    }
}
