//! The makes: what each sends, from its public documentation.

use std::sync::Arc;

use serde_json::{Value, json};

use super::{Key, PAGE, Place, WHEN, now, with};

/// How one make does it: its key set, its header, the claims of its access tokens, and what else it signs.
pub(super) struct Make {
    pub(super) name: &'static str,
    pub(super) key: Arc<Key>,
    pub(super) keys: Value,
    pub(super) place: Place,
    pub(super) header: Value,
    pub(super) access: Value,
    /// Who that is.
    pub(super) person: &'static str,
    pub(super) says_when: bool,
    /// What else comes of a sign-in: what it is, and how it differs.
    pub(super) others: Vec<(&'static str, Value)>,
    /// What a system gets by client credentials that may send files, and read submissions at another service.
    pub(super) of_system: Value,
    /// By which client id.
    pub(super) client: &'static str,
    /// What is neither a system's nor a person's: what it is, and how it differs from a system's.
    pub(super) of_neither: Vec<(&'static str, Value)>,
}

fn cognito() -> Make {
    let (key, jwk) = Key::rsa();
    let (_, other) = Key::rsa();
    let own = json!({ "alg": "RS256", "kid": "1234example=", "use": "sig" });
    let of_id_tokens = json!({ "alg": "RS256", "kid": "5678example=", "use": "sig" });
    Make {
        name: "Cognito",
        key: Arc::new(key),
        keys: json!({ "keys": [with(&other, of_id_tokens), with(&jwk, own)] }),
        place: Place::Usual,
        header: json!({ "kid": "1234example=", "alg": "RS256" }),
        access: json!({
            "sub": "a1b2c3d4-5678-90ab-cdef-example11111", "client_id": PAGE, "token_use": "access", "scope": "openid", "version": 2,
            "auth_time": WHEN, "origin_jti": "o", "event_id": "e", "jti": "j", "username": "u",
        }),
        person: "a1b2c3d4-5678-90ab-cdef-example11111",
        says_when: true,
        others: vec![
            (
                "ID token",
                json!({ "aud": PAGE, "client_id": null, "token_use": "id", "at_hash": "h" }),
            ),
            ("of another client", json!({ "client_id": "another" })),
        ],
        of_system: json!({
            "sub": "1example23456789", "client_id": "1example23456789", "token_use": "access", "scope": "sluice/files.send other/submissions.read",
            "auth_time": WHEN - 1_000, "version": 2, "jti": "j",
        }),
        client: "1example23456789",
        of_neither: vec![
            ("with a user's name", json!({ "username": "u" })),
            (
                "of another resource server",
                json!({ "scope": "other/files.send" }),
            ),
            (
                "without a resource server",
                json!({ "scope": "files.send" }),
            ),
            (
                "a user's, by a system's client",
                json!({ "sub": "a1b2c3d4-5678-90ab-cdef-example11111", "username": "u" }),
            ),
        ],
    }
}

fn keycloak() -> Make {
    let (key, jwk) = Key::rsa();
    let (_, encrypts) = Key::rsa();
    let own = json!({ "kid": "FJ86", "alg": "RS256", "use": "sig", "x5c": ["MIIC"], "x5t": "t", "x5t#S256": "s" });
    let for_others = json!({ "kid": "GK97", "alg": "RSA-OAEP", "use": "enc", "x5c": ["MIIC"] });
    Make {
        name: "Keycloak",
        key: Arc::new(key),
        keys: json!({ "keys": [with(&encrypts, for_others), with(&jwk, own)] }),
        place: Place::Told("/protocol/openid-connect/certs"),
        header: json!({ "alg": "RS256", "typ": "JWT", "kid": "FJ86" }),
        access: json!({
            "sub": "f:550e8400-e29b-41d4-a716-446655440000:ann", "aud": [PAGE, "account"], "azp": PAGE, "typ": "Bearer", "acr": "1", "sid": "s",
            "auth_time": WHEN, "realm_access": { "roles": ["offline_access"] }, "scope": "openid profile", "email_verified": true,
        }),
        person: "f:550e8400-e29b-41d4-a716-446655440000:ann",
        says_when: true,
        others: vec![
            ("ID token", json!({ "aud": PAGE, "typ": "ID" })),
            ("refresh token", json!({ "aud": PAGE, "typ": "Refresh" })),
            ("without a mapper", json!({ "aud": "account" })),
        ],
        of_system: json!({
            "sub": "6d2f1c7e-service-account", "aud": [PAGE, "account"], "azp": "supplier-gateway", "client_id": "supplier-gateway", "typ": "Bearer",
            "preferred_username": "service-account-supplier-gateway", "clientHost": "192.0.2.1", "clientAddress": "192.0.2.1",
            "realm_access": { "roles": ["offline_access"] }, "scope": "files.send profile email",
        }),
        client: "supplier-gateway",
        of_neither: vec![
            ("without a mapper", json!({ "aud": "account" })),
            (
                "of another client's account",
                json!({ "preferred_username": "service-account-another" }),
            ),
            ("of two clients", json!({ "client_id": "another" })),
            (
                "a user's who is called like an account, at the page",
                json!({ "azp": PAGE, "client_id": null }),
            ),
            ("a refresh token", json!({ "typ": "Refresh" })),
        ],
    }
}

fn auth0() -> Make {
    let (key, jwk) = Key::rsa();
    let (_, next) = Key::rsa();
    let own = json!({ "kid": "NEE1", "use": "sig", "alg": "RS256", "x5t": "t", "x5c": ["MIIC"] });
    Make {
        name: "Auth0",
        key: Arc::new(key),
        keys: json!({ "keys": [with(&jwk, own), with(&next, json!({ "kid": "next", "use": "sig" }))] }),
        place: Place::Usual,
        header: json!({ "alg": "RS256", "typ": "at+jwt", "kid": "NEE1" }),
        access: json!({
            "sub": "auth0|507f1f77bcf86cd799439011", "aud": [PAGE, "https://tenant.example/userinfo"], "client_id": "its-own", "azp": "its-own",
            "scope": "openid", "jti": "j", "permissions": [],
        }),
        person: "auth0|507f1f77bcf86cd799439011",
        says_when: false,
        others: vec![("of another API", json!({ "aud": "https://other.example/" }))],
        of_system: json!({
            "sub": "kT3vU5nWq@clients", "aud": PAGE, "azp": "kT3vU5nWq", "gty": "client-credentials", "scope": "files.send other",
        }),
        client: "kT3vU5nWq",
        of_neither: vec![
            ("of another API", json!({ "aud": "https://other.example/" })),
            ("of another client", json!({ "azp": "another" })),
            ("without a client", json!({ "azp": null })),
            (
                "a user's who says so",
                json!({ "sub": "auth0|507f1f77bcf86cd799439011" }),
            ),
        ],
    }
}

fn entra() -> Make {
    let (key, jwk) = Key::rsa();
    // Entra's keys name no algorithm.
    let own = json!({ "kid": "-KI3", "use": "sig", "x5t": "-KI3", "x5c": ["MIIC"], "issuer": "https://login.example/{tenantid}/v2.0" });
    Make {
        name: "Entra",
        key: Arc::new(key),
        keys: json!({ "keys": [with(&jwk, own)] }),
        place: Place::Told("/discovery/v2.0/keys"),
        header: json!({ "typ": "JWT", "alg": "RS256", "x5t": "-KI3", "kid": "-KI3" }),
        access: json!({
            "sub": "Jf_2bEXAMPLE-kQ0", "aud": PAGE, "azp": PAGE, "azpacr": "0", "oid": "00000000-0000", "scp": "access", "tid": "t", "ver": "2.0",
            "uti": "u", "rh": "r", "nbf": now().unix_seconds() - 300, "auth_time": WHEN,
        }),
        person: "Jf_2bEXAMPLE-kQ0",
        says_when: true,
        others: vec![("of another application", json!({ "aud": "00000003-0000" }))],
        of_system: json!({
            "sub": "11111111-object", "oid": "11111111-object", "aud": PAGE, "azp": "6731de76-14a6", "azpacr": "1", "idtyp": "app",
            "roles": ["files.send", "other"], "tid": "t", "ver": "2.0",
        }),
        client: "6731de76-14a6",
        of_neither: vec![
            ("of another application", json!({ "aud": "00000003-0000" })),
            ("for a person, too", json!({ "scp": "files.send" })),
            ("without a client", json!({ "azp": null })),
            ("that it does not call one", json!({ "idtyp": null })),
            ("of two clients", json!({ "appid": "another" })),
        ],
    }
}

/// A server of RFC 9068, which signs with P-256, and names the client alone.
pub(super) fn of_the_standard() -> Make {
    let (key, jwk) = Key::p256();
    let own = json!({ "kid": "ec", "use": "sig", "alg": "ES256" });
    Make {
        name: "RFC 9068",
        key: Arc::new(key),
        keys: json!({ "keys": [{ "kty": "OKP", "crv": "Ed25519", "kid": "ec", "x": "AAAA" }, with(&jwk, own)] }),
        place: Place::Told("/jwks"),
        header: json!({ "typ": "application/at+jwt", "alg": "ES256", "kid": "ec" }),
        access: json!({ "sub": "248289761001", "client_id": PAGE, "auth_time": WHEN, "acr": "urn:example:mfa", "amr": ["hwk", "pin"] }),
        person: "248289761001",
        says_when: true,
        others: vec![
            (
                "bound to a key",
                json!({ "cnf": { "jkt": "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I" } }),
            ),
            ("ID token", json!({ "aud": PAGE, "at_hash": "h" })),
            ("without anybody it is for", json!({ "client_id": null })),
        ],
        of_system: json!({ "sub": "s6BhdRkqt3", "client_id": "s6BhdRkqt3", "aud": [PAGE], "scope": "sluice/files.send files.send" }),
        client: "s6BhdRkqt3",
        of_neither: vec![
            (
                "bound to a key",
                json!({ "cnf": { "jkt": "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I" } }),
            ),
            (
                "of the page's own client",
                json!({ "sub": PAGE, "client_id": PAGE }),
            ),
            ("of another audience", json!({ "aud": "other" })),
        ],
    }
}

/// All of them.
pub(super) fn all() -> Vec<Make> {
    vec![cognito(), keycloak(), auth0(), entra(), of_the_standard()]
}
