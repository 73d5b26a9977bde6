//! What stands before the page: a web ACL from us-east-1 where there is one, and a log of what was asked.

use serde_json::{Value, json};

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
