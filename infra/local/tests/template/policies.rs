//! Each function's role allows what the function does, and nothing else.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use sluice_functions::Function;
use sluice_functions::needs::Rights;

use super::sam_template::{Template, each, resource_name};

/// What `api` takes on for one organisation at a time.
const TENANT_ROLE: &str = "TenantRole";

/// What a role allows, each action with what it is on.
fn allowed(template: &Template, role: &str) -> BTreeSet<(String, String)> {
    assert!(
        template.properties(role)["ManagedPolicyArns"].is_null(),
        "no policy that others may change"
    );
    let mut found = BTreeSet::new();
    for statement in template.statements(role) {
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
    found
}

/// The roles of functions, and the one that `api` takes on.
fn roles() -> Vec<(String, Function, Rights)> {
    let of_functions = Function::ALL
        .iter()
        .map(|function| (function.role_id(), *function, Rights::OwnRole));
    let tenants = (TENANT_ROLE.to_owned(), Function::Api, Rights::TenantRole);
    of_functions.chain([tenants]).collect()
}

/// What an action is allowed under: role, action, condition.
fn conditions(template: &Template) -> Vec<(String, String, Value)> {
    let mut found = Vec::new();
    for (role, ..) in roles() {
        for statement in template.statements(&role) {
            let condition = &statement["Condition"];
            for action in each(&statement["Action"]).filter(|_| !condition.is_null()) {
                let action = action.as_str().unwrap().to_owned();
                found.push((role.clone(), action, condition.clone()));
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
    let people = json!({ "ForAllValues:StringLike": { "dynamodb:LeadingKeys": ["PERSON#*"] } });
    let recorded_by = |function| json!({ "ForAllValues:StringLike": { "dynamodb:LeadingKeys": [format!("*#BY#{function}")] } });
    let expected = [
        ("ApiRole", "dynamodb:GetItem", people),
        ("ApiRole", "s3:GetObjectVersion", fresh_address.clone()),
        ("ApiRole", "kms:Decrypt", by_s3.clone()),
        ("ApiRole", "kms:GenerateDataKey", by_s3.clone()),
        ("ReviewRole", "dynamodb:PutItem", recorded_by("review")),
        ("ReviewRole", "s3:GetObjectVersion", fresh_address),
        ("ReviewRole", "kms:Decrypt", by_s3.clone()),
        ("IntakeRole", "dynamodb:PutItem", recorded_by("intake")),
        ("IntakeRole", "kms:Decrypt", by_s3),
        ("IntakeRole", "kms:Sign", algorithm),
        (TENANT_ROLE, "dynamodb:UpdateItem", counters),
        (TENANT_ROLE, "dynamodb:PutItem", recorded_by("api")),
    ];
    let expected = expected.map(|(role, action, on)| (role.to_owned(), action.to_owned(), on));
    assert_eq!(conditions(&Template::load()), expected);
}

#[test]
fn a_role_allows_what_its_function_needs_and_nothing_else() {
    let template = Template::load();
    for (role, function, rights) in roles() {
        let needed: BTreeSet<_> = function
            .needs_by(rights)
            .map(|(action, on)| (action.to_owned(), on.to_string()))
            .collect();
        assert_eq!(
            allowed(&template, &role),
            needed,
            "{role}: left the template, right the code"
        );
    }
    for function in Function::ALL {
        let (id, role) = (function.logical_id(), function.role_id());
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
    let count = |kind| template.of_type(kind).count();
    assert_eq!(count("AWS::Serverless::Function"), Function::ALL.len());
    assert_eq!(count("AWS::IAM::Role"), roles().len());
    assert_eq!(count("AWS::IAM::RolePolicy"), 1, "what api takes on");
    assert_eq!(
        count("AWS::IAM::Policy") + count("AWS::IAM::ManagedPolicy"),
        0
    );
}

#[test]
fn the_tenants_role_is_taken_on_by_api_alone() {
    let template = Template::load();
    let trusted = &template.properties(TENANT_ROLE)["AssumeRolePolicyDocument"]["Statement"];
    let api = json!([{ "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": { "AWS": { "Fn::GetAtt": "ApiRole.Arn" } } }]);
    assert_eq!(*trusted, api);
}
