//! CloudFront sends the headers that the page was tested with.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use sluice_local::page::headers::{FIXED, POLICY};

use super::sam_template::Template;

#[test]
fn the_pages_headers_are_the_same_text() {
    let template = Template::load();
    let config = &template.properties("PageHeaders")["ResponseHeadersPolicyConfig"];
    let security = &config["SecurityHeadersConfig"];
    let policy = &security["ContentSecurityPolicy"]["ContentSecurityPolicy"]["Fn::Sub"];
    assert_eq!(policy[0], POLICY);
    assert_eq!(POLICY, sluice_release::POLICY);
    let origins: Vec<_> = policy[1].as_object().unwrap().keys().collect();
    assert_eq!(origins, ["Identity", "Uploads"]);

    // Of the fixed ones, CloudFront has settings for two.
    assert!(security["ContentTypeOptions"].is_object());
    let mut sent = BTreeMap::from([
        ("x-content-type-options", "nosniff"),
        (
            "referrer-policy",
            security["ReferrerPolicy"]["ReferrerPolicy"]
                .as_str()
                .unwrap(),
        ),
    ]);
    for header in config["CustomHeadersConfig"]["Items"].as_array().unwrap() {
        let text = |name: &str| header[name].as_str().unwrap();
        sent.insert(text("Header"), text("Value"));
    }
    assert_eq!(sent, BTreeMap::from(FIXED));
}

#[test]
fn every_answer_of_the_distribution_has_them() {
    let template = Template::load();
    let config = &template.properties("PageDistribution")["DistributionConfig"];
    let others = config["CacheBehaviors"].as_array().unwrap();
    for behaviour in others.iter().chain([&config["DefaultCacheBehavior"]]) {
        assert_eq!(
            behaviour["ResponseHeadersPolicyId"],
            json!({ "Ref": "PageHeaders" })
        );
        assert_ne!(behaviour["ViewerProtocolPolicy"], "allow-all");
        assert_eq!(behaviour["Compress"], true);
    }
}

/// `app/src/config.rs` reads it; the other names in there are for demonstrations.
#[test]
fn the_file_beside_the_page_says_where_everything_is() {
    let template = Template::load();
    let output = &template.as_json()["Outputs"]["PageConfig"]["Value"]["Fn::Sub"];
    let config: Value = serde_json::from_str(output[0].as_str().unwrap()).unwrap();
    let functions = &template.as_json()["Globals"]["Function"]["Environment"]["Variables"];
    assert_eq!(
        config,
        json!({
            "api": "/api",
            "issuer": functions["SLUICE_OIDC_ISSUER"]["Fn::Sub"],
            "clientId": "${UserPoolClient}",
            "signOut": "https://${Prefix}.auth.${AWS::Region}.amazoncognito.com/logout",
        })
    );
    // The sign-in page's own domain, and one that the page may ask for tokens.
    let domain = template.properties("UserPoolDomain");
    assert_eq!(output[1], json!({ "Prefix": domain["Domain"] }));
    let headers = &template.properties("PageHeaders")["ResponseHeadersPolicyConfig"];
    let policy =
        &headers["SecurityHeadersConfig"]["ContentSecurityPolicy"]["ContentSecurityPolicy"];
    let identity = &policy["Fn::Sub"][1]["Identity"]["Fn::Sub"];
    let place = config["signOut"].as_str().unwrap();
    let place = place.strip_suffix("/logout").unwrap();
    assert!(identity[0].as_str().unwrap().contains(place), "{identity}");
    assert_eq!(identity[1], output[1]);
}
