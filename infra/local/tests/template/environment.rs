//! The environment that the template gives, and the one that README explains, are the one that the functions read.

use std::cell::RefCell;
use std::collections::BTreeSet;

use serde_json::Value;
use sluice_functions::{Clients, Function, Networks, ReceiptKeySource, Settings, variable};

use super::sam_template::Template;

fn names(variables: &Value) -> BTreeSet<String> {
    let names = variables.as_object().into_iter().flatten();
    names.map(|(name, _)| name.clone()).collect()
}

/// What the template sets for a function.
fn set_for(template: &Template, function: Function) -> BTreeSet<String> {
    let globals = &template.as_json()["Globals"]["Function"];
    let own = template.properties(&function.logical_id());
    let [all, own] = [globals, own].map(|part| names(&part["Environment"]["Variables"]));
    all.union(&own).cloned().collect()
}

/// Something that a variable can have.
fn usable(name: &str) -> String {
    let value = match name {
        variable::EDGE_KEY => "0123456789abcdefghijABCDEFGHIJ01",
        variable::STAFF_NETWORKS => "192.0.2.0/24",
        _ => "something",
    };
    value.to_owned()
}

/// The settings of a function that has these variables.
fn settings(set: &BTreeSet<String>) -> Settings {
    Settings::from_lookup(|name| set.contains(name).then(|| usable(name))).unwrap()
}

#[test]
fn each_function_has_what_it_reads_and_reads_what_it_has() {
    let template = Template::load();
    for &function in Function::ALL {
        let set = set_for(&template, function);
        let settings = settings(&set);
        let read = settings.to_environment();
        let unread: Vec<_> = set
            .iter()
            .filter(|name| !read.contains_key(name.as_str()))
            .collect();
        assert!(unread.is_empty(), "{function:?} never reads {unread:?}");
        let key = settings.receipts.map(|receipts| receipts.key);
        assert_eq!(key.is_some(), function.signs_receipts(), "{function:?}");
        assert!(
            !matches!(key, Some(ReceiptKeySource::Pem(_))),
            "{function:?} signs by KMS"
        );
    }
}

#[test]
fn without_any_one_of_them_a_function_does_not_start() {
    let template = Template::load();
    // The list of revocations may be empty, and so may be the receipt key, for a function that has none; mostly nobody is
    // trusted without a list.
    let optional = [
        variable::CRLS,
        variable::RECEIPT_KMS_KEY,
        variable::TRUST_WITHOUT_LIST,
        // Nobody but `api` has one, which asks for it by itself.
        variable::TENANT_ROLE,
        // `intake` answers nobody; `api` and `review` ask for the first by themselves, and the second may be empty.
        variable::EDGE_KEY,
        variable::STAFF_NETWORKS,
    ];
    for &function in Function::ALL {
        let set = set_for(&template, function);
        for left_out in set.iter().filter(|name| !optional.contains(&name.as_str())) {
            let result = Settings::from_lookup(|name| {
                (set.contains(name) && name != left_out).then(|| usable(name))
            });
            let error = result.unwrap_err().to_string();
            assert!(error.contains(left_out.as_str()), "{left_out}: {error}");
        }
    }
}

#[test]
fn api_alone_has_the_tenants_role_and_does_not_start_without_it() {
    let template = Template::load();
    for &function in Function::ALL {
        let settings = settings(&set_for(&template, function));
        let has_it = settings.has_tenant_role();
        assert_eq!(has_it.is_ok(), function == Function::Api, "{function:?}");
    }
}

#[test]
fn what_answers_people_knows_what_stands_before_it_and_does_not_start_without() {
    let template = Template::load();
    for &function in Function::ALL {
        let settings = settings(&set_for(&template, function));
        let answers = matches!(function, Function::Api | Function::Review);
        assert_eq!(settings.has_edge_key().is_ok(), answers, "{function:?}");
        let is_bound = settings.staff_networks != Networks::default();
        assert_eq!(is_bound, function == Function::Review, "{function:?}");
    }
}

/// What a function is told of AWS, beside its settings.
fn read_by_clients() -> BTreeSet<String> {
    let asked = RefCell::new(BTreeSet::new());
    Clients::from_lookup(|name| {
        asked.borrow_mut().insert(name.to_owned());
        (!name.starts_with("AWS_ENDPOINT")).then(|| "something".to_owned())
    })
    .unwrap();
    asked.into_inner()
}

/// The names in a text that stand between backticks; `_X` stands for the name before it with another end.
fn explained(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut last = String::new();
    for word in text.split('`').skip(1).step_by(2) {
        let whole = word.starts_with("SLUICE_") || word.starts_with("AWS_");
        if let Some((start, end)) = word
            .strip_prefix('_')
            .and_then(|end| Some((last.rsplit_once('_')?.0, end)))
        {
            found.insert(format!("{start}_{end}"));
        } else if whole {
            word.clone_into(&mut last);
            found.insert(last.clone());
        }
    }
    found
}

#[test]
fn readme_explains_every_variable_and_no_other() {
    let readme = concat!(env!("CARGO_MANIFEST_DIR"), "/../../README.md");
    let readme = std::fs::read_to_string(readme).unwrap();
    let (_, configuration) = readme.split_once("\n## Configuration\n").unwrap();
    let (configuration, _) = configuration.split_once("\n## ").unwrap();

    let template = Template::load();
    let settings = settings(&set_for(&template, Function::Intake)).to_environment();
    let mut read = read_by_clients();
    read.extend(settings.into_keys().map(str::to_owned));
    // It is read before anything else, so that the rest can be logged.
    read.insert("AWS_LAMBDA_LOG_LEVEL".to_owned());
    assert_eq!(
        explained(configuration),
        read,
        "left README, right the code"
    );
}
