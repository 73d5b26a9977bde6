//! The OpenAPI document and the table of routes say the same: a route that one lacks would be denied, or undescribed.
#![allow(clippy::unwrap_used)]
use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::string::string_regex;
use proptest::test_runner::{Config, TestRunner};
use serde_json::Value;
use sluice_functions::api;
use sluice_shared::api::{Cursor, ProblemCode};
use sluice_shared::directory::{Entrance, MachineScope, Method, Permission, ROUTES, Route};
use sluice_shared::identifiers::{
    ChangeReason, ChangeRequestId, ClientId, ContactAddress, DisplayName, Eui64, Eui64Range,
    Eui64RangeError, FileDigest, FileKind, FileName, OrganisationId, PersonId, QuarantineEventRef,
    ReviewMessage, ReviewReason, ServiceRequestRef, Srv, SrvOrAll, SubmissionId,
};

fn document() -> Value {
    serde_json::to_value(api::openapi()).unwrap()
}

fn described() -> BTreeSet<(String, String)> {
    let document = document();
    let paths = document["paths"].as_object().unwrap();
    paths
        .iter()
        .flat_map(|(path, item)| {
            let methods = item.as_object().unwrap().keys().cloned();
            methods.map(move |method| (method, path.clone()))
        })
        .collect()
}

/// The routes of all entrances: method, address, and what the table says.
fn table() -> impl Iterator<Item = (String, String, &'static Route)> {
    Entrance::ALL.into_iter().flat_map(|entrance| {
        let there = ROUTES.iter().filter(move |route| entrance.has(route));
        there.map(move |route| {
            let method = match route.method {
                Method::Get => "get",
                Method::Post => "post",
            };
            let address = format!("/api{}{}", entrance.prefix(), route.path);
            (method.to_owned(), address, route)
        })
    })
}

#[test]
fn every_route_of_the_table_is_described_at_its_entrances_and_no_other() {
    let table: BTreeSet<_> = table().map(|(method, path, _)| (method, path)).collect();
    assert_eq!(described(), table);
}

#[test]
fn routes_that_need_a_person_say_so() {
    let document = document();
    for (method, path, route) in table() {
        let security = &document["paths"][&path][&method]["security"];
        let open = route.permission == Permission::Anyone;
        assert_eq!(security.is_null(), open, "{method} {path}");
    }
}

#[test]
fn a_route_that_systems_may_ask_says_by_which_scope_and_another_says_nothing_of_them() {
    let document = document();
    let flow = &document["components"]["securitySchemes"]["system"]["flows"]["clientCredentials"];
    let scopes: BTreeSet<_> = flow["scopes"]
        .as_object()
        .unwrap()
        .keys()
        .cloned()
        .collect();
    let expected = MachineScope::ALL.map(|scope| scope.to_string());
    assert_eq!(scopes, BTreeSet::from(expected));
    for (method, path, route) in table() {
        let ways = document["paths"][&path][&method]["security"].as_array();
        let mut ways = ways.into_iter().flatten();
        let way = ways.find_map(|way| way.get("system"));
        let expected = match (route.permission, route.permission.scope()) {
            (_, Some(scope)) => Some(serde_json::json!([scope])),
            (Permission::SignedIn, None) => Some(serde_json::json!([])),
            _ => None,
        };
        assert_eq!(way, expected.as_ref(), "{method} {path}");
    }
}

#[test]
fn every_type_that_is_referred_to_is_described() {
    let document = document();
    let text = document.to_string();
    let schemas = document["components"]["schemas"].as_object().unwrap();
    let referred: BTreeSet<_> = text
        .split("\"#/components/schemas/")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap().to_owned())
        .collect();
    assert!(
        referred.len() > 20,
        "only {} types are referred to",
        referred.len()
    );
    for name in referred {
        assert!(schemas.contains_key(&name), "{name} is not described");
    }
}

/// All schemas that a schema is made of: those to which it refers, and those inside.
fn schemas_within<'a>(document: &'a Value, schema: &'a Value, found: &mut Vec<&'a Value>) {
    let referred = schema["$ref"].as_str();
    if let Some(name) = referred.and_then(|name| name.strip_prefix("#/components/schemas/")) {
        return schemas_within(document, &document["components"]["schemas"][name], found);
    }
    found.push(schema);
    let inside = schema.as_object().into_iter().flat_map(|all| all.values());
    for value in inside {
        match value {
            Value::Object(_) => schemas_within(document, value, found),
            Value::Array(items) => {
                for item in items {
                    schemas_within(document, item, found);
                }
            }
            _ => (),
        }
    }
}

#[test]
fn a_request_says_of_every_form_in_it_that_it_has_no_other_fields() {
    let document = document();
    let mut forms = 0;
    for (method, path) in described() {
        let body = &document["paths"][&path][&method]["requestBody"]["content"];
        let mut found = Vec::new();
        schemas_within(&document, &body["application/json"]["schema"], &mut found);
        for schema in found {
            // A form has its name in a field that can have no other value.
            let properties = schema["properties"].as_object();
            let mut values = properties.into_iter().flat_map(|all| all.values());
            if values.any(|value| value["enum"].as_array().is_some_and(|all| all.len() == 1)) {
                forms += 1;
                let closed = &schema["additionalProperties"];
                assert_eq!(*closed, false, "{method} {path}: {schema}");
            }
        }
    }
    assert!(forms > 10, "only {forms} forms in requests");
}

#[test]
fn every_field_has_the_name_that_is_sent() {
    let document = document();
    let mut found = Vec::new();
    for schema in document["components"]["schemas"]
        .as_object()
        .unwrap()
        .values()
    {
        schemas_within(&document, schema, &mut found);
    }
    for schema in found {
        for name in schema["properties"]
            .as_object()
            .into_iter()
            .flat_map(|all| all.keys())
        {
            assert!(
                !name.contains('_'),
                "{name} is described, and no field has such a name"
            );
        }
    }
}

/// The answers of every operation: method and path, status, media types.
fn answers() -> Vec<(String, u16, Vec<String>)> {
    let document = document();
    let mut answers = Vec::new();
    for (method, path) in described() {
        let responses = &document["paths"][&path][&method]["responses"];
        for (status, response) in responses.as_object().unwrap() {
            let content = response["content"].as_object();
            let media = content.into_iter().flat_map(|content| content.keys());
            answers.push((
                format!("{method} {path}"),
                status.parse().unwrap(),
                media.cloned().collect(),
            ));
        }
    }
    answers
}

#[test]
fn every_problem_is_described_as_one_and_by_its_own_status() {
    for (operation, status, media) in answers() {
        let is_problem = media == ["application/problem+json"];
        assert_eq!(is_problem, status >= 400, "{operation}: {status} {media:?}");
    }
}

#[test]
fn every_problem_is_an_answer_of_some_route() {
    let document = document()["paths"].to_string();
    for code in ProblemCode::ALL {
        // The document has no operation of another method, the gateway before the functions counts requests, and whoever is at the address
        // that the document names is not past the edge.
        let is_elsewhere = matches!(
            code,
            ProblemCode::MethodNotAllowed | ProblemCode::TooManyRequests | ProblemCode::PastTheEdge
        );
        let is_described = document.contains(&format!("`{code}`"));
        assert_eq!(is_described, !is_elsewhere, "{code}");
    }
}

/// What the pattern of a text matches is read.
fn all_are_read<E: std::fmt::Debug>(name: &str, parse: impl Fn(&str) -> Result<(), E>) {
    let document = document();
    let pattern = document["components"]["schemas"][name]["pattern"].as_str();
    // Names of folders are not to be matched: that is said by looking ahead, which this generator does not do.
    let pattern = pattern.unwrap().replace("(?!\\.{1,2}$)", "");
    let texts = string_regex(pattern.trim_start_matches('^').trim_end_matches('$')).unwrap();
    let mut runner = TestRunner::new(Config {
        failure_persistence: None,
        ..Config::default()
    });
    runner
        .run(&texts, |text| {
            prop_assume!(!matches!(text.as_str(), "." | ".."));
            let read = parse(&text);
            prop_assert!(read.is_ok(), "{name} {text:?}: {read:?}");
            Ok(())
        })
        .unwrap();
}

#[test]
fn what_the_pattern_of_a_text_matches_is_read() {
    all_are_read("ChangeReason", |text| ChangeReason::parse(text).map(drop));
    all_are_read("ChangeRequestId", |text| {
        ChangeRequestId::parse(text).map(drop)
    });
    all_are_read("ContactAddress", |text| {
        ContactAddress::parse(text).map(drop)
    });
    all_are_read("DisplayName", |text| DisplayName::parse(text).map(drop));
    all_are_read("Eui64Range", |text| match Eui64Range::parse(text) {
        // No pattern says which of two numbers is greater.
        Err(Eui64RangeError::Backwards) => Ok(()),
        read => read.map(drop),
    });
    all_are_read("FileDigest", |text| FileDigest::parse(text).map(drop));
    all_are_read("FileName", |text| FileName::parse(text).map(drop));
    all_are_read("SubmissionId", |text| SubmissionId::parse(text).map(drop));
    all_are_read("ServiceRequestRef", |text| {
        ServiceRequestRef::parse(text).map(drop)
    });
    all_are_read("ReviewReason", |text| ReviewReason::parse(text).map(drop));
    all_are_read("ReviewMessage", |text| ReviewMessage::parse(text).map(drop));
    all_are_read("OrganisationId", |text| {
        OrganisationId::parse(text).map(drop)
    });
    all_are_read("ClientId", |text| ClientId::parse(text).map(drop));
    all_are_read("MachineScope", |text| MachineScope::parse(text).map(drop));
    all_are_read("PersonId", |text| PersonId::parse(text).map(drop));
    all_are_read("Eui64", |text| Eui64::parse(text).map(drop));
    all_are_read("Srv", |text| Srv::parse(text).map(drop));
    all_are_read("SrvOrAll", |text| SrvOrAll::parse(text).map(drop));
    all_are_read("QuarantineEventRef", |text| {
        QuarantineEventRef::parse(text).map(drop)
    });
    all_are_read("FileKind", |text| FileKind::parse(text).map(drop));
    all_are_read("Cursor", |text| Cursor::parse(text).map(drop));
}

#[test]
fn every_operation_has_a_name_of_its_own() {
    let document = document();
    let routes = described();
    let names: BTreeSet<_> = routes
        .iter()
        .map(|(method, path)| document["paths"][path][method]["operationId"].to_string())
        .collect();
    assert_eq!(names.len(), routes.len(), "{names:?}");
}
