//! Each function's role allows what the function does, and nothing else.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use sluice_functions::Function;

use super::sam_template::{Template, each, resource_name};

/// What a role allows, each action with what it is on.
fn allowed(template: &Template, role: &str) -> BTreeSet<(String, String)> {
    let role = template.properties(role);
    assert!(
        role["ManagedPolicyArns"].is_null(),
        "no policy that others may change"
    );
    let mut found = BTreeSet::new();
    for policy in role["Policies"].as_array().unwrap() {
        for statement in policy["PolicyDocument"]["Statement"].as_array().unwrap() {
            assert_eq!(statement["Effect"], "Allow", "{statement}");
            for name in statement.as_object().unwrap().keys() {
                let known = ["Effect", "Action", "Resource", "Condition"];
                assert!(known.contains(&name.as_str()), "{name} in {statement}");
            }
            for action in each(&statement["Action"]) {
                let action = action.as_str().unwrap();
                assert!(!action.contains('*'), "{action} is more than anybody needs");
                for resource in each(&statement["Resource"]) {
                    let pair = (action.to_owned(), resource_name(resource));
                    assert!(
                        found.insert(pair),
                        "{action} is allowed twice on {resource}"
                    );
                }
            }
        }
    }
    found
}

/// What an action is allowed under: function, action, condition.
fn conditions(template: &Template) -> Vec<(&'static str, String, Value)> {
    let mut found = Vec::new();
    for function in Function::ALL {
        let role = template.properties(&function.role_id());
        for policy in role["Policies"].as_array().unwrap() {
            for statement in policy["PolicyDocument"]["Statement"].as_array().unwrap() {
                let condition = &statement["Condition"];
                for action in each(&statement["Action"]).filter(|_| !condition.is_null()) {
                    let action = action.as_str().unwrap().to_owned();
                    found.push((function.name(), action, condition.clone()));
                }
            }
        }
    }
    found
}

#[test]
fn keys_are_used_through_s3_uploads_read_by_fresh_addresses_and_counters_alone_updated() {
    let by_s3 = json!({ "StringEquals": { "kms:ViaService": { "Fn::Sub": "s3.${AWS::Region}.${AWS::URLSuffix}" } } });
    let fresh_address = json!({
        "StringEquals": { "s3:authType": "REST-QUERY-STRING" },
        "NumericLessThanEquals": { "s3:signatureAge": "60000" },
    });
    let algorithm = json!({ "StringEquals": { "kms:SigningAlgorithm": "ECDSA_SHA_256" } });
    let counters = json!({ "ForAllValues:StringLike": { "dynamodb:LeadingKeys": ["*#BUDGET", "*#BUDGET#*"] } });
    let expected = [
        ("api", "dynamodb:UpdateItem", counters),
        ("api", "s3:GetObjectVersion", fresh_address.clone()),
        ("api", "kms:Decrypt", by_s3.clone()),
        ("api", "kms:GenerateDataKey", by_s3.clone()),
        ("review", "s3:GetObjectVersion", fresh_address),
        ("review", "kms:Decrypt", by_s3.clone()),
        ("intake", "kms:Decrypt", by_s3),
        ("intake", "kms:Sign", algorithm),
    ];
    let expected = expected.map(|(function, action, on)| (function, action.to_owned(), on));
    assert_eq!(conditions(&Template::load()), expected);
}

#[test]
fn a_role_allows_what_its_function_needs_and_nothing_else() {
    let template = Template::load();
    for function in Function::ALL {
        let (id, role) = (function.logical_id(), function.role_id());
        let needed: BTreeSet<_> = function
            .needs()
            .map(|(action, on)| (action.to_owned(), on.to_string()))
            .collect();
        assert_eq!(
            allowed(&template, &role),
            needed,
            "{role}: left the template, right the code"
        );
        let function = template.properties(&id);
        assert_eq!(resource_name(&function["Role"]), format!("{role}.Arn"));
        // With a role of its own, SAM adds no policy; these would.
        for adds in [
            "Policies",
            "Connectors",
            "Tracing",
            "VpcConfig",
            "DeadLetterQueue",
        ] {
            assert!(function[adds].is_null(), "{id} has {adds}");
        }
    }
    for kind in ["AWS::Serverless::Function", "AWS::IAM::Role"] {
        assert_eq!(
            template.of_type(kind).count(),
            Function::ALL.len(),
            "{kind}"
        );
    }
}
