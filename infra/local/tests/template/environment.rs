//! The environment that the template gives is the one that the functions read.

use std::cell::RefCell;
use std::collections::BTreeSet;

use serde_json::Value;
use sluice_functions::{ReceiptKeySource, Settings};

use super::sam_template::Template;

fn names(variables: &Value) -> BTreeSet<String> {
    let names = variables.as_object().into_iter().flatten();
    names.map(|(name, _)| name.clone()).collect()
}

/// What the template sets for a function.
fn set_for(template: &Template, function: &str) -> BTreeSet<String> {
    let globals = &template.as_json()["Globals"]["Function"];
    let own = template.properties(function);
    let [all, own] = [globals, own].map(|part| names(&part["Environment"]["Variables"]));
    all.union(&own).cloned().collect()
}

/// The settings of a function that has these variables, and all that it asked for.
fn settings(set: &BTreeSet<String>) -> (Settings, BTreeSet<String>) {
    let asked = RefCell::new(BTreeSet::new());
    let settings = Settings::from_lookup(|name| {
        asked.borrow_mut().insert(name.to_owned());
        set.contains(name).then(|| "something".to_owned())
    });
    (settings.unwrap(), asked.into_inner())
}

#[test]
fn each_function_has_what_it_reads_and_reads_what_it_has() {
    let template = Template::load();
    for function in ["ApiFunction", "IntakeFunction"] {
        let set = set_for(&template, function);
        let (settings, asked) = settings(&set);
        let unread: Vec<_> = set.difference(&asked).collect();
        assert!(unread.is_empty(), "{function} never reads {unread:?}");
        let signs = settings.receipts.map(|receipts| receipts.key);
        match function {
            "ApiFunction" => assert!(signs.is_none(), "api signs no receipts"),
            _ => assert!(
                matches!(signs, Some(ReceiptKeySource::Kms(_))),
                "intake signs by KMS"
            ),
        }
    }
}

#[test]
fn without_any_one_of_them_a_function_does_not_start() {
    let template = Template::load();
    // The list of revocations may be empty, and so may be the receipt key, for a function that has none; mostly nobody is
    // trusted without a list.
    let optional = [
        "SLUICE_CRLS",
        "SLUICE_RECEIPT_KMS_KEY",
        "SLUICE_TRUST_WITHOUT_LIST",
    ];
    let set = set_for(&template, "IntakeFunction");
    for left_out in set.iter().filter(|name| !optional.contains(&name.as_str())) {
        let result = Settings::from_lookup(|name| {
            (set.contains(name) && name != left_out).then(|| "something".to_owned())
        });
        let error = result.unwrap_err().to_string();
        assert!(error.contains(left_out.as_str()), "{left_out}: {error}");
    }
}
