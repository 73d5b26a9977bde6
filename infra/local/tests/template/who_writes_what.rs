//! Each kind of item is written by one function, whatever the code of the others would like to: by the rights of the roles alone.

use std::collections::{BTreeMap, BTreeSet};

use sluice_functions::Function;

use super::sam_template::{Template, each, resource_name};

/// What changes something.
const WRITES: [&str; 9] = [
    "dynamodb:PutItem",
    "dynamodb:UpdateItem",
    "dynamodb:DeleteItem",
    "dynamodb:BatchWriteItem",
    "s3:PutObject",
    "s3:DeleteObject",
    "s3:DeleteObjectVersion",
    "sqs:SendMessage",
    "kms:Sign",
];

/// Which functions' roles may change what.
fn writers(template: &Template) -> BTreeMap<String, BTreeSet<&'static str>> {
    let mut found: BTreeMap<String, BTreeSet<&'static str>> = BTreeMap::new();
    let mut roles: Vec<_> = Function::ALL
        .iter()
        .map(|function| (function.name(), function.role_id()))
        .collect();
    roles.push((Function::Api.name(), "TenantRole".to_owned()));
    for (name, role) in roles {
        for statement in template.statements(&role) {
            let writes = each(&statement["Action"]).any(|action| {
                let action = action.as_str().unwrap();
                WRITES.contains(&action) || action.contains('*')
            });
            for resource in each(&statement["Resource"]).filter(|_| writes) {
                let by = found.entry(resource_name(resource)).or_default();
                by.insert(name);
            }
        }
    }
    found
}

#[test]
fn what_takes_effect_is_written_by_intake_alone() {
    let expected = [
        ("AnnouncementsTable.Arn", "api"),
        ("DecisionsTable.Arn", "review"),
        ("RequestsTable.Arn", "api"),
        ("DirectoryTable.Arn", "intake"),
        ("SubmissionsTable.Arn", "intake"),
        ("ThresholdsTable.Arn", "intake"),
        ("QuarantineTable.Arn", "intake"),
        ("InboxBucket.Arn/*", "api"),
        ("ReceiptKey.Arn", "intake"),
        // It comes back to what it could not judge by a message of its own.
        ("IntakeQueue.Arn", "intake"),
        ("DecisionsQueue.Arn", "review"),
    ];
    let mut expected: BTreeMap<String, BTreeSet<&str>> = expected
        .into_iter()
        .map(|(what, by)| (what.to_owned(), BTreeSet::from([by])))
        .collect();
    // Both tell of what people ask of the directory, each in a table of its own. Neither is believed.
    let both = BTreeSet::from(["api", "review"]);
    expected.insert("RequestsQueue.Arn".to_owned(), both);
    // Each of its own acts; which partitions are whose is in tenants.rs.
    let all = BTreeSet::from(["api", "review", "intake"]);
    expected.insert("ActivityTable.Arn".to_owned(), all);
    // What reviewers ask and have in hand, and what is answered: each in partitions of its own (tenants.rs).
    let both = BTreeSet::from(["api", "review"]);
    expected.insert("ReviewingTable.Arn".to_owned(), both);
    assert_eq!(writers(&Template::load()), expected);
}

#[test]
fn only_intake_reads_uploads_with_its_own_rights() {
    let template = Template::load();
    for function in Function::ALL {
        for statement in template.statements(&function.role_id()) {
            let reads = each(&statement["Action"]).any(|action| action == "s3:GetObjectVersion");
            // By an address that is a minute old at most, and by no other way.
            let by_address = !statement["Condition"]["NumericLessThanEquals"].is_null();
            assert!(
                !reads || by_address || *function == Function::Intake,
                "{function:?}"
            );
        }
    }
}
