//! Systems get tokens by their secret, for scopes that are there, and for nothing that is a person's.

use reqwest::RequestBuilder;
use serde_json::Value;
use sluice_local::stack::Stack;

use crate::identity_flow::{at, browser, claims};
use crate::support::{engines, folder};

const GATEWAY: (&str, &str) = ("supplier-gateway", "supplier-gateway-demo-secret");

fn asked(stack: &Stack, (id, secret): (&str, &str), scope: Option<&str>) -> RequestBuilder {
    let mut form = vec![("grant_type", "client_credentials")];
    form.extend(scope.map(|scope| ("scope", scope)));
    browser()
        .post(at(stack, "/token"))
        .basic_auth(id, Some(secret))
        .form(&form)
}

async fn answer(request: RequestBuilder) -> (u16, Value) {
    let response = request.send().await.unwrap();
    (response.status().as_u16(), response.json().await.unwrap())
}

#[tokio::test]
async fn a_system_gets_a_token_for_the_scopes_that_it_asks_for() {
    let folder = folder();
    let stack = engines(&folder).await;
    let (status, given) = answer(asked(&stack, GATEWAY, Some("sluice/files.send"))).await;
    assert_eq!(status, 200, "{given}");
    assert_eq!(given["token_type"], "Bearer");
    assert_eq!(given["refresh_token"], Value::Null);
    let said = claims(&given["access_token"]);
    assert_eq!(said["sub"], GATEWAY.0);
    assert_eq!(said["client_id"], GATEWAY.0);
    assert_eq!(said["scope"], "sluice/files.send");
    assert_eq!(said["aud"], Value::Null);
    assert_eq!(said["auth_time"], Value::Null);
    let (_, given) = answer(asked(&stack, GATEWAY, None)).await;
    assert_eq!(
        claims(&given["access_token"])["scope"],
        "sluice/submissions.read sluice/files.send sluice/quarantine.read"
    );
    // It is nobody whom the demonstration's authority knows.
    let token = given["access_token"].as_str().unwrap();
    let certificates = browser().post(at(&stack, "/pki/certificates"));
    let refused = certificates.bearer_auth(token).body("-").send().await;
    assert_eq!(refused.unwrap().status(), 401);
}

#[tokio::test]
async fn without_the_secret_or_for_other_scopes_there_is_no_token() {
    let folder = folder();
    let stack = engines(&folder).await;
    for client in [
        (GATEWAY.0, "another"),
        (GATEWAY.0, ""),
        ("supplier-aro-1", "supplier-aro-1-demo-secret"),
        ("sluice-page", ""),
    ] {
        let response = asked(&stack, client, None).send().await.unwrap();
        assert_eq!(response.status(), 401, "{client:?}");
        assert!(
            response.headers()["www-authenticate"]
                .to_str()
                .unwrap()
                .starts_with("Basic")
        );
        let problem: Value = response.json().await.unwrap();
        assert_eq!(problem["error"], "invalid_client");
    }
    for scope in [
        "openid",
        "files.send",
        "sluice/reviews.decide",
        "other/files.send",
    ] {
        let (status, problem) = answer(asked(&stack, GATEWAY, Some(scope))).await;
        assert_eq!(
            (status, &problem["error"]),
            (400, &"invalid_scope".into()),
            "{scope}"
        );
    }
    let discovery = at(&stack, "/.well-known/openid-configuration");
    let (_, told) = answer(browser().get(discovery)).await;
    let scopes = told["scopes_supported"].as_array().unwrap();
    assert!(scopes.contains(&"sluice/files.send".into()), "{told}");
}
