//! What API Gateway lets through without a token is what the code answers to anybody, and nothing else.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use sluice_functions::Function;
use sluice_shared::directory::{Entrance, MachineScope, Method, Permission, ROUTES};

use super::sam_template::Template;

#[test]
fn only_what_anybody_may_ask_for_needs_no_token() {
    let template = Template::load();
    let (open, guarded): (Vec<_>, Vec<_>) = template
        .of_type("AWS::ApiGatewayV2::Route")
        .map(|(_, route)| &route["Properties"])
        .partition(|route| route["AuthorizationType"] == "NONE");
    let open: BTreeSet<_> = open
        .iter()
        .map(|route| route["RouteKey"].as_str().unwrap().to_owned())
        .collect();
    let anybody: BTreeSet<_> = ROUTES
        .iter()
        .filter(|route| route.permission == Permission::Anyone)
        .map(|route| match route.method {
            Method::Get => format!("GET /api{}", route.path),
            Method::Post => format!("POST /api{}", route.path),
        })
        .collect();
    assert_eq!(open, anybody, "left the template, right the code");

    for route in &guarded {
        assert_eq!(route["AuthorizationType"], "JWT");
        assert_eq!(route["AuthorizerId"], json!({ "Ref": "HttpApiTokens" }));
    }
    let guarded: BTreeMap<_, _> = guarded
        .iter()
        .map(|route| {
            (
                route["RouteKey"].as_str().unwrap(),
                &route["Target"]["Fn::Sub"],
            )
        })
        .collect();
    let (api, review) = (
        json!("integrations/${HttpApiIntegration}"),
        json!("integrations/${ReviewIntegration}"),
    );
    let expected = BTreeMap::from([
        ("ANY /api/dcc/{proxy+}", &review),
        ("ANY /api/{proxy+}", &api),
    ]);
    assert_eq!(guarded, expected);
}

/// What goes to `review` is what stands at the entrance of staff, and what goes to `api` is all the rest.
#[test]
fn the_entrance_of_staff_is_another_functions() {
    assert_eq!(Entrance::Staff.prefix(), "/dcc");
    assert_eq!(Entrance::Users.prefix(), "");
    for route in ROUTES {
        assert!(!route.path.starts_with("/dcc"), "{}", route.path);
    }
    let template = Template::load();
    for (integration, function) in [
        ("HttpApiIntegration", Function::Api),
        ("ReviewIntegration", Function::Review),
    ] {
        let alias = format!("{}.Alias", function.logical_id());
        let uri = &template.properties(integration)["IntegrationUri"];
        assert_eq!(*uri, json!({ "Ref": alias }), "{integration}");
    }
}

#[test]
fn the_gate_knows_the_issuer_and_the_audience_that_the_functions_know() {
    let template = Template::load();
    let gate = &template.properties("HttpApiTokens")["JwtConfiguration"];
    let functions = &template.as_json()["Globals"]["Function"]["Environment"]["Variables"];
    assert_eq!(gate["Issuer"], functions["SLUICE_OIDC_ISSUER"]);
    let people = json!([functions["SLUICE_OIDC_AUDIENCE"]]);
    let and_systems =
        json!({ "Fn::Split": [",", { "Fn::Sub": "${UserPoolClient},${SystemClientIds}" }] });
    assert_eq!(
        gate["Audience"],
        json!({ "Fn::If": ["HasSystems", and_systems, people] })
    );
}

/// A scope that the pool does not know nobody is let use, and one that the code does not know means nothing.
#[test]
fn the_pool_knows_the_scopes_of_systems_that_the_code_knows_and_gives_people_none() {
    let template = Template::load();
    let server = template.properties("SystemScopes");
    assert_eq!(server["Identifier"], MachineScope::RESOURCE);
    let scopes = server["Scopes"].as_array().unwrap().iter();
    let scopes: Vec<_> = scopes
        .map(|scope| {
            (
                scope["ScopeName"].as_str().unwrap(),
                scope["ScopeDescription"].as_str().unwrap(),
            )
        })
        .collect();
    let expected = MachineScope::ALL.map(|scope| (scope.as_str(), scope.in_words()));
    assert_eq!(scopes, expected);
    let clients = template.of_type("AWS::Cognito::UserPoolClient");
    for (name, client) in clients {
        let of_people = &client["Properties"];
        assert_eq!(of_people["AllowedOAuthScopes"], json!(["openid"]), "{name}");
        assert_eq!(of_people["AllowedOAuthFlows"], json!(["code"]), "{name}");
    }
}

/// Cognito ends a sign-in only for whoever comes back to an address that it was told of.
#[test]
fn a_sign_out_comes_back_to_the_page() {
    let template = Template::load();
    let client = template.properties("UserPoolClient");
    let address = |path: &str| json!([{ "Fn::Sub": format!("https://${{PageDomain}}{path}") }]);
    assert_eq!(client["CallbackURLs"], address("/signed-in"));
    assert_eq!(client["LogoutURLs"], address("/"));
}

/// Whoever went round CloudFront would have neither its limits nor its TLS.
#[test]
fn page_and_api_are_at_domains_of_ones_own_by_tls_1_2_alone() {
    let template = Template::load();
    let api = template.properties("HttpApi");
    assert_eq!(api["DisableExecuteApiEndpoint"], true);
    let domain = template.properties("HttpApiDomain");
    let [configured] = domain["DomainNameConfigurations"]
        .as_array()
        .unwrap()
        .as_slice()
    else {
        panic!("one configuration in {domain}")
    };
    assert_eq!(configured["SecurityPolicy"], "TLS_1_2");
    let page = &template.properties("PageDistribution")["DistributionConfig"];
    assert_eq!(
        page["ViewerCertificate"]["MinimumProtocolVersion"],
        "TLSv1.2_2021"
    );
    assert!(page["ViewerCertificate"]["CloudFrontDefaultCertificate"].is_null());
    let api = page["Origins"].as_array().unwrap();
    let api = api.iter().find(|origin| origin["Id"] == "api").unwrap();
    assert_eq!(api["DomainName"], json!({ "Ref": "ApiDomain" }));
    assert_eq!(
        api["CustomOriginConfig"]["OriginSSLProtocols"],
        json!(["TLSv1.2"])
    );

    let rules = &template.as_json()["Rules"]["DomainsOfOnesOwn"];
    assert_eq!(
        rules["RuleCondition"],
        json!({ "Fn::Equals": [{ "Ref": "Emulated" }, "false"] })
    );
    let asserted: Vec<&Value> = rules["Assertions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|assertion| &assertion["Assert"]["Fn::Not"][0]["Fn::Equals"])
        .collect();
    let filled = |name: &str| json!([{ "Ref": name }, ""]);
    assert_eq!(
        asserted,
        [
            &filled("PageDomain"),
            &filled("PageCertificateArn"),
            &filled("ApiDomain"),
            &filled("ApiCertificateArn")
        ]
    );
}

/// A password alone opens nothing: a passkey that was verified counts as two factors, a password needs a code.
#[test]
fn everybody_signs_in_by_two_factors() {
    let template = Template::load();
    let pool = template.properties("UserPool");
    assert_eq!(pool["MfaConfiguration"], "ON");
    assert_eq!(pool["WebAuthnUserVerification"], "required");
    assert_eq!(
        pool["WebAuthnFactorConfiguration"],
        "MULTI_FACTOR_WITH_USER_VERIFICATION"
    );
}
