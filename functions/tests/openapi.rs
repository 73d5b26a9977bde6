//! The OpenAPI document and the table of routes say the same: a route that one lacks would be denied, or undescribed.
#![allow(clippy::unwrap_used)]
use std::collections::BTreeSet;

use sluice_functions::api;
use sluice_shared::directory::{Method, Permission, ROUTES};

fn document() -> serde_json::Value {
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

#[test]
fn every_route_of_the_table_is_described_and_no_other() {
    let table: BTreeSet<_> = ROUTES
        .iter()
        .map(|route| {
            let method = match route.method {
                Method::Get => "get",
                Method::Post => "post",
            };
            (method.to_owned(), format!("/api{}", route.path))
        })
        .collect();
    assert_eq!(described(), table);
}

#[test]
fn routes_that_need_a_person_say_so() {
    let document = document();
    for route in ROUTES {
        let method = if route.method == Method::Get {
            "get"
        } else {
            "post"
        };
        let security = &document["paths"][format!("/api{}", route.path)][method]["security"];
        let open = route.permission == Permission::Anyone;
        assert_eq!(security.is_null(), open, "{method} {}", route.path);
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
