//! What stands before the page: a web ACL from us-east-1 where there is one, and a log of what was asked.

use serde_json::{Value, json};
use sluice_functions::api::edge::{EDGE, VIEWER};
use sluice_functions::{Function, variable};

use super::sam_template::Template;

#[test]
fn the_distribution_takes_a_web_acl_and_logs_no_cookie() {
    let template = Template::load();
    let page = &template.properties("PageDistribution")["DistributionConfig"];
    let acl = json!({ "Fn::If": ["HasPageWebAcl", { "Ref": "PageWebAclArn" }, { "Ref": "AWS::NoValue" }] });
    assert_eq!(page["WebACLId"], acl);
    assert_eq!(
        page["Logging"]["Bucket"],
        json!({ "Fn::GetAtt": "EdgeLogBucket.DomainName" })
    );
    assert_eq!(page["Logging"]["IncludeCookies"], false);
    let edge = Template::of_the_edge();
    assert!(edge.as_json()["Outputs"]["PageWebAclArn"].is_object());
}

/// The functions know CloudFront by its key, and whoever is connected to it by what its function writes over the caller's own words.
#[test]
fn the_functions_learn_from_cloudfront_alone_who_is_connected() {
    let template = Template::load();
    let page = &template.properties("PageDistribution")["DistributionConfig"];
    let key = json!({ "Fn::Sub": "{{resolve:secretsmanager:${EdgeKey}:SecretString}}" });
    let origins = page["Origins"].as_array().unwrap();
    for origin in origins {
        let expected = match origin["Id"].as_str() {
            Some("api") => json!([{ "HeaderName": EDGE.as_str(), "HeaderValue": key }]),
            _ => Value::Null,
        };
        assert_eq!(origin["OriginCustomHeaders"], expected);
    }
    for function in [Function::Api, Function::Review] {
        let properties = template.properties(&function.logical_id());
        let variables = &properties["Environment"]["Variables"];
        assert_eq!(variables[variable::EDGE_KEY], key, "{function:?}");
    }
    let behaviours = page["CacheBehaviors"].as_array().unwrap();
    let [api] = behaviours.as_slice() else {
        panic!("one behaviour beside the page's")
    };
    assert_eq!(api["TargetOriginId"], "api");
    let function = json!({ "Fn::GetAtt": "PageViewers.FunctionARN" });
    assert_eq!(
        api["FunctionAssociations"],
        json!([{ "EventType": "viewer-request", "FunctionARN": function }])
    );
    let code = template.properties("PageViewers")["FunctionCode"].clone();
    let writes = format!("request.headers[\"{VIEWER}\"] = {{ value: event.viewer.ip }};");
    assert!(code.as_str().unwrap().contains(&writes), "{code}");
    // Those that the function adds are sent on, and so are a caller's own: but for `Host`, all.
    assert_eq!(
        api["OriginRequestPolicyId"],
        "b689b0a8-53d0-40ab-baf2-68738e2966ac"
    );
}

/// An announcement with its signature is longer than what the common rules take for a body.
#[test]
fn the_web_acl_limits_each_address_and_lets_announcements_pass() {
    let edge = Template::of_the_edge();
    let acl = edge.properties("PageWebAcl");
    assert_eq!(acl["Scope"], "CLOUDFRONT");
    let rules = acl["Rules"].as_array().unwrap();
    let of_rate: Vec<_> = rules
        .iter()
        .filter(|rule| rule["Statement"]["RateBasedStatement"].is_object())
        .collect();
    assert_eq!(of_rate.len(), 1);
    assert_eq!(of_rate[0]["Action"], json!({ "Block": {} }));
    let managed = |name: &str| {
        let groups = rules
            .iter()
            .map(|rule| &rule["Statement"]["ManagedRuleGroupStatement"]);
        let mut named = groups.filter(|group| group["Name"] == name);
        named.next().unwrap_or_else(|| panic!("no {name}"))
    };
    let counted = json!([{ "Name": "SizeRestrictions_BODY", "ActionToUse": { "Count": {} } }]);
    assert_eq!(
        managed("AWSManagedRulesCommonRuleSet")["RuleActionOverrides"],
        counted
    );
    for name in [
        "AWSManagedRulesKnownBadInputsRuleSet",
        "AWSManagedRulesAmazonIpReputationList",
    ] {
        assert_eq!(managed(name)["RuleActionOverrides"], Value::Null, "{name}");
    }
}

#[test]
fn what_is_refused_is_kept_without_tokens_and_queries() {
    let edge = Template::of_the_edge();
    let logging = edge.properties("PageWebAclLogging");
    let without = json!([{ "SingleHeader": { "Name": "authorization" } }, { "QueryString": {} }]);
    assert_eq!(logging["RedactedFields"], without);
    assert_eq!(logging["LoggingFilter"]["DefaultBehavior"], "DROP");
}
