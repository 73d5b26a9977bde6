#![allow(clippy::unwrap_used)]
//! What issuers of several makes say of themselves, and answer to a code, in the shapes of their public documentation.

use super::code::{Issuer, TokenAnswer};
use sluice_shared::json::read_json;

#[test]
fn the_discovery_document_of_each_make_names_the_three_places() {
    for (make, json, authorise, token, end) in [
        (
            "Cognito",
            r#"{"authorization_endpoint":"https://p.auth.eu-west-2.amazoncognito.com/oauth2/authorize",
                "end_session_endpoint":"https://p.auth.eu-west-2.amazoncognito.com/logout",
                "id_token_signing_alg_values_supported":["RS256"],"issuer":"https://cognito-idp.eu-west-2.amazonaws.com/eu-west-2_EXAMPLE",
                "jwks_uri":"https://cognito-idp.eu-west-2.amazonaws.com/eu-west-2_EXAMPLE/.well-known/jwks.json",
                "token_endpoint":"https://p.auth.eu-west-2.amazoncognito.com/oauth2/token","response_types_supported":["code","token"]}"#,
            "https://p.auth.eu-west-2.amazoncognito.com/oauth2/authorize",
            "https://p.auth.eu-west-2.amazoncognito.com/oauth2/token",
            Some("https://p.auth.eu-west-2.amazoncognito.com/logout"),
        ),
        (
            "Keycloak",
            r#"{"issuer":"https://k.example/realms/r","authorization_endpoint":"https://k.example/realms/r/protocol/openid-connect/auth",
                "token_endpoint":"https://k.example/realms/r/protocol/openid-connect/token",
                "end_session_endpoint":"https://k.example/realms/r/protocol/openid-connect/logout","frontchannel_logout_supported":true,
                "acr_values_supported":["0","1"],"mtls_endpoint_aliases":{"token_endpoint":"https://m.example/token"}}"#,
            "https://k.example/realms/r/protocol/openid-connect/auth",
            "https://k.example/realms/r/protocol/openid-connect/token",
            Some("https://k.example/realms/r/protocol/openid-connect/logout"),
        ),
        (
            // Without the tenant's switch for it, no place to end a sign-in.
            "Auth0",
            r#"{"issuer":"https://t.eu.auth0.com/","authorization_endpoint":"https://t.eu.auth0.com/authorize",
                "token_endpoint":"https://t.eu.auth0.com/oauth/token","request_parameter_supported":false}"#,
            "https://t.eu.auth0.com/authorize",
            "https://t.eu.auth0.com/oauth/token",
            None,
        ),
        (
            "Entra",
            r#"{"token_endpoint":"https://login.example/t/oauth2/v2.0/token","issuer":"https://login.example/t/v2.0","kerberos_endpoint":null,
                "authorization_endpoint":"https://login.example/t/oauth2/v2.0/authorize","http_logout_supported":true,
                "end_session_endpoint":"https://login.example/t/oauth2/v2.0/logout","tenant_region_scope":"EU"}"#,
            "https://login.example/t/oauth2/v2.0/authorize",
            "https://login.example/t/oauth2/v2.0/token",
            Some("https://login.example/t/oauth2/v2.0/logout"),
        ),
        (
            "one that has no place to end a sign-in, and says so",
            r#"{"issuer":"https://a.example","authorization_endpoint":"https://a.example/a","token_endpoint":"https://a.example/t","end_session_endpoint":null}"#,
            "https://a.example/a",
            "https://a.example/t",
            None,
        ),
    ] {
        let issuer: Issuer = read_json(json).unwrap();
        assert_eq!(issuer.authorization_endpoint, authorise, "{make}");
        assert_eq!(issuer.token_endpoint, token, "{make}");
        assert_eq!(issuer.end_session_endpoint.as_deref(), end, "{make}");
    }
}

#[test]
fn the_answer_to_a_code_is_read_however_much_or_little_comes_with_it() {
    for (make, json, seconds) in [
        (
            "Cognito",
            r#"{"id_token":"i","access_token":"a","refresh_token":"r","expires_in":900,"token_type":"Bearer"}"#,
            900,
        ),
        (
            "Keycloak",
            r#"{"access_token":"a","expires_in":300,"refresh_expires_in":1800,"refresh_token":"r","token_type":"Bearer","id_token":"i",
                "not-before-policy":0,"session_state":"s","scope":"openid"}"#,
            300,
        ),
        (
            "Auth0, which gives no refresh token unasked",
            r#"{"access_token":"a","id_token":"i","scope":"openid","expires_in":86400,"token_type":"Bearer"}"#,
            86_400,
        ),
        (
            "Entra",
            r#"{"token_type":"Bearer","scope":"api://a/access","expires_in":4102,"ext_expires_in":4102,"access_token":"a","id_token":"i"}"#,
            4_102,
        ),
        (
            "Entra's first version, which writes numbers as text",
            r#"{"token_type":"Bearer","expires_in":"3599","ext_expires_in":"3599","expires_on":"1764504000","not_before":"1764500101",
                "resource":"r","access_token":"a"}"#,
            3_599,
        ),
        (
            "the least that the standard allows",
            r#"{"access_token":"a","token_type":"bearer"}"#,
            3_600,
        ),
    ] {
        let answer: TokenAnswer = read_json(json).unwrap();
        assert_eq!(answer.access_token, "a", "{make}");
        assert_eq!(answer.expires_in, seconds, "{make}");
    }
}

#[test]
fn how_long_a_token_lives_is_read_in_any_form_and_else_it_is_an_hour() {
    for (told, seconds) in [
        ("3599", 3_599),
        ("3599.0", 3_599),
        ("3.6e2", 360),
        ("\"3599.9\"", 3_599),
        ("\" 60 \"", 60),
        ("5000000000", u32::MAX),
        ("1e300", u32::MAX),
        ("\"5000000000\"", u32::MAX),
        ("0", 3_600),
        ("0.5", 3_600),
        ("-60", 3_600),
        ("-60.5", 3_600),
        ("\"soon\"", 3_600),
        ("\"\"", 3_600),
        ("null", 3_600),
        ("true", 3_600),
        ("[60, {}]", 3_600),
        (r#"{"seconds":[60]}"#, 3_600),
    ] {
        let json = format!(r#"{{"expires_in":{told},"access_token":"a"}}"#);
        let answer: TokenAnswer = read_json(&json).unwrap();
        assert_eq!(answer.expires_in, seconds, "{told}");
    }
}

#[test]
fn what_is_no_token_is_none() {
    for json in [
        r#"{"error":"invalid_grant","error_description":"Code not valid"}"#,
        r#"{"error":"invalid_grant","error_codes":[70008],"trace_id":"t"}"#,
        r#"{"access_token":null,"token_type":"Bearer"}"#,
        "<html></html>",
        "",
    ] {
        assert!(read_json::<TokenAnswer>(json).is_err(), "{json}");
    }
}
