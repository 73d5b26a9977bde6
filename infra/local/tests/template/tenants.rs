//! Each kind of item, asked for by each role: the template's policies together with the policy of a session, evaluated as IAM does. No
//! emulator holds calls to roles; the stacks of the tests hold those of sessions to their policies.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use sluice_functions::schema::{
    ACTIVITY, ANNOUNCEMENTS, DECISIONS, DIRECTORY, QUARANTINE, REQUESTS, REVIEWING, SUBMISSIONS,
    TABLES, THRESHOLDS, Table,
};
use sluice_functions::session_policy;
use sluice_local::access::policy::{Access, Policy};
use sluice_shared::activity::Recorder;
use sluice_shared::identifiers::OrganisationId;

use super::sam_template::{Template, each, resource_name};

/// What can be done to an item, or to all.
const ACTIONS: [&str; 9] = [
    "GetItem",
    "Query",
    "BatchGetItem",
    "ConditionCheckItem",
    "PutItem",
    "UpdateItem",
    "DeleteItem",
    "BatchWriteItem",
    "Scan",
];
const READS: [&str; 4] = ["GetItem", "Query", "BatchGetItem", "Scan"];

/// What organisations have, by the table that it is in: a partition's key goes on like this after the organisation.
const OWNED: [(Table, &str); 15] = [
    (ANNOUNCEMENTS, "SUBMISSION#4F7K-2M9Q-XW3T-8HBD"),
    (ANNOUNCEMENTS, "CORRECTS"),
    (ANNOUNCEMENTS, "FILE#adt#00"),
    (ANNOUNCEMENTS, "REQUEST#supplier-aro-1#key"),
    (ANNOUNCEMENTS, "BUDGET"),
    (ANNOUNCEMENTS, "BUDGET#supplier-aro-1"),
    (ANNOUNCEMENTS, "VISITS"),
    (SUBMISSIONS, "SUBMISSION#4F7K-2M9Q-XW3T-8HBD"),
    (SUBMISSIONS, "REFUSED#00"),
    (THRESHOLDS, "USER#90-B3-D5-1F-30-01-00-00"),
    (QUARANTINE, "EVENT#1201"),
    (QUARANTINE, "SUBMISSION#4F7K-2M9Q-XW3T-8HBD"),
    (QUARANTINE, "USER#90-B3-D5-1F-30-01-00-00"),
    (QUARANTINE, "ORGANISATION"),
    (DIRECTORY, "DIRECTORY"),
];
/// What belongs to no organisation.
const OF_NOBODY: [(Table, &str); 7] = [
    (SUBMISSIONS, "EVIDENCE#4F7K-2M9Q-XW3T-8HBD"),
    (SUBMISSIONS, "SUBMISSION#4F7K-2M9Q-XW3T-8HBD"),
    (QUARANTINE, "EVENT#1201"),
    (DIRECTORY, "PERSON#supplier-aro-1"),
    (DIRECTORY, "USER#90-B3-D5-1F-30-01-00-00"),
    (DIRECTORY, "WAITING#APPROVAL"),
    (DIRECTORY, "STOPPED#00"),
];

/// Whoever holds the credentials of a role, or of a session of it.
struct Holder(Vec<Policy>);

impl Holder {
    fn of_role(template: &Template, role: &str) -> Self {
        let tables = template
            .statements(role)
            .into_iter()
            .filter(|statement| {
                let mut actions = each(&statement["Action"]);
                actions.any(|action| action.as_str().unwrap().starts_with("dynamodb:"))
            })
            .map(|statement| {
                let mut named = statement.clone();
                named["Resource"] = each(&statement["Resource"]).map(resource_name).collect();
                named
            });
        let policy = json!({ "Statement": tables.collect::<Vec<Value>>() });
        Self(vec![Policy::parse(&policy.to_string()).unwrap()])
    }

    /// A session of the tenants' role for an organisation: what both policies allow.
    fn of_session(template: &Template, organisation: &str) -> Self {
        let mut holder = Self::of_role(template, "TenantRole");
        let organisation: OrganisationId = organisation.parse().unwrap();
        let session: Value = serde_json::from_str(&session_policy(&organisation).unwrap()).unwrap();
        let tables = json!({ "Statement": [session["Statement"][0]] });
        holder.0.push(Policy::parse(&tables.to_string()).unwrap());
        holder
    }

    fn may(&self, action: &str, resource: &str, keys: &[&str]) -> bool {
        let access = Access {
            action: format!("dynamodb:{action}"),
            resource: resource.to_owned(),
            leading_keys: keys.iter().map(|key| (*key).to_owned()).collect(),
        };
        self.0.iter().all(|policy| policy.allows(&access))
    }

    /// What it may do to a partition of a table.
    fn actions_on(&self, table: Table, key: &str) -> BTreeSet<&'static str> {
        let resource = format!("{}.Arn", table.logical_id());
        let may = |action: &&str| {
            let keys: &[&str] = if *action == "Scan" { &[] } else { &[key] };
            self.may(action, &resource, keys)
        };
        ACTIONS.into_iter().filter(may).collect()
    }

    fn queries(&self, table: Table, index: &str, key: &str) -> bool {
        let resource = format!("{}.Arn/index/{index}", table.logical_id());
        self.may("Query", &resource, &[key])
    }
}

fn reads(actions: &BTreeSet<&str>) -> bool {
    READS.iter().any(|action| actions.contains(action))
}

fn owned(organisation: &str, what: &str) -> String {
    format!("{organisation}#{what}")
}

#[test]
fn a_session_reaches_what_is_its_organisations_and_nothing_of_anothers() {
    let template = Template::load();
    let mut asked = 0;
    for (own, other) in [
        ("large-supplier", "network-operator"),
        ("network-operator", "large-supplier"),
        // One whose name begins like the other's.
        ("large", "large-supplier"),
        ("large-supplier", "large"),
    ] {
        let session = Holder::of_session(&template, own);
        for (table, what) in OWNED {
            let mine = session.actions_on(table, &owned(own, what));
            assert!(reads(&mine), "{own} reads its {} {what}", table.name);
            let writes = mine.contains("PutItem") || mine.contains("UpdateItem");
            assert_eq!(
                writes,
                table == ANNOUNCEMENTS,
                "{own}: {} {what}",
                table.name
            );
            let counts = what.starts_with("BUDGET");
            assert_eq!(mine.contains("UpdateItem"), counts, "{own}: {what}");
            let theirs = session.actions_on(table, &owned(other, what));
            assert!(theirs.is_empty(), "{own} may {theirs:?} {other}'s {what}");
            asked += 2 * ACTIONS.len();
        }
        for (table, key) in OF_NOBODY {
            let may = session.actions_on(table, key);
            assert!(may.is_empty(), "{own} may {may:?} {} {key}", table.name);
            asked += ACTIONS.len();
        }
        let requests = |whose: &str| session.actions_on(REQUESTS, &owned(whose, "REQUESTS"));
        assert_eq!(requests(own), BTreeSet::from(["PutItem"]), "{own}");
        assert_eq!(requests(other), BTreeSet::new(), "{own} asks at {other}");
        asked += 2 * ACTIONS.len();
        for signed in ["SUBMISSION#1", "REQUESTS"] {
            let decisions = session.actions_on(DECISIONS, &owned(own, signed));
            assert!(decisions.is_empty(), "{own} may {decisions:?} {signed}");
            asked += ACTIONS.len();
        }
        for table in TABLES {
            for index in table.indexes {
                let is_by_organisation = index.name == "by-organisation";
                assert_eq!(session.queries(table, index.name, own), is_by_organisation);
                for key in [other, "ALL", "WAITING"] {
                    assert!(!session.queries(table, index.name, key), "{own}: {key}");
                }
                asked += 4;
            }
        }
    }
    println!("{asked} combinations of session, item and action");
}

#[test]
fn the_public_functions_own_role_reads_where_a_person_belongs_and_no_more() {
    let template = Template::load();
    let api = Holder::of_role(&template, "ApiRole");
    let owned = OWNED.map(|(table, what)| (table, owned("large-supplier", what)));
    let of_nobody = OF_NOBODY.map(|(table, key)| (table, key.to_owned()));
    for (table, key) in owned.into_iter().chain(of_nobody) {
        let may = api.actions_on(table, &key);
        let expected = if key.starts_with("PERSON#") {
            BTreeSet::from(["GetItem"])
        } else {
            BTreeSet::new()
        };
        assert_eq!(may, expected, "{} {key}", table.name);
    }
    for table in TABLES {
        for index in table.indexes {
            for key in ["large-supplier", "ALL", "WAITING"] {
                assert!(!api.queries(table, index.name, key), "{}", index.name);
            }
        }
    }
}

#[test]
fn staff_read_of_every_organisation_and_write_what_they_signed_alone() {
    let template = Template::load();
    let [review, intake] =
        ["ReviewRole", "IntakeRole"].map(|role| Holder::of_role(&template, role));
    for organisation in ["large-supplier", "network-operator"] {
        for (table, what) in OWNED {
            let by_review = review.actions_on(table, &owned(organisation, what));
            assert!(reads(&by_review), "{} {what}", table.name);
            assert!(!by_review.contains("PutItem"), "{} {what}", table.name);
            assert!(!by_review.contains("UpdateItem"), "{} {what}", table.name);
            let by_intake = intake.actions_on(table, &owned(organisation, what));
            assert!(reads(&by_intake), "{} {what}", table.name);
            let writes = by_intake.contains("PutItem");
            let has_effect = [SUBMISSIONS, THRESHOLDS, QUARANTINE, DIRECTORY].contains(&table);
            assert_eq!(writes, has_effect, "{} {what}", table.name);
        }
    }
    let key = owned("large-supplier", "SUBMISSION#1");
    let requests = owned("large-supplier", "REQUESTS");
    for key in [&key, &requests] {
        assert!(review.actions_on(DECISIONS, key).contains("PutItem"));
        assert!(!intake.actions_on(DECISIONS, key).contains("PutItem"));
    }
    // There lies what administrators of Users' organisations ask, who sign nothing.
    let key = requests;
    assert_eq!(review.actions_on(REQUESTS, &key), BTreeSet::new());
    assert_eq!(
        intake.actions_on(REQUESTS, &key),
        BTreeSet::from(["GetItem"])
    );
    assert!(review.queries(SUBMISSIONS, "awaiting-review", "WAITING"));
    assert!(!intake.queries(SUBMISSIONS, "awaiting-review", "WAITING"));
}

#[test]
fn each_function_records_under_its_own_name_and_nobody_changes_a_record() {
    let template = Template::load();
    let organisations = ["large-supplier", "network-operator", "dcc"];
    let recorders = Recorder::ALL.map(Recorder::as_str);
    let mut asked = 0;
    for organisation in organisations {
        // What a role may do to what each function wrote of an organisation.
        let may = |holder: &Holder, recorder: &str| {
            holder.actions_on(ACTIVITY, &owned(organisation, &format!("BY#{recorder}")))
        };
        let holders = [
            ("api", Holder::of_session(&template, organisation)),
            ("review", Holder::of_role(&template, "ReviewRole")),
            ("intake", Holder::of_role(&template, "IntakeRole")),
        ];
        for (own, holder) in &holders {
            for recorder in recorders {
                let mut expected = BTreeSet::new();
                if *own != "intake" {
                    expected.insert("Query");
                }
                if *own == recorder {
                    expected.insert("PutItem");
                }
                assert_eq!(may(holder, recorder), expected, "{own}: {recorder}");
                asked += ACTIONS.len();
            }
        }
        for other in organisations
            .into_iter()
            .filter(|other| *other != organisation)
        {
            let session = Holder::of_session(&template, other);
            for recorder in recorders {
                assert_eq!(may(&session, recorder), BTreeSet::new(), "{other}");
                asked += ACTIONS.len();
            }
        }
        let role = Holder::of_role(&template, "ApiRole");
        assert_eq!(may(&role, "api"), BTreeSet::new(), "its own role");
    }
    println!("{asked} combinations of function, record and action");
}

#[test]
fn reviewers_ask_senders_answer_and_neither_writes_in_the_name_of_the_other() {
    let template = Template::load();
    let [review, intake, role] =
        ["ReviewRole", "IntakeRole", "ApiRole"].map(|role| Holder::of_role(&template, role));
    let reads = BTreeSet::from(["GetItem", "Query"]);
    let writes = BTreeSet::from(["GetItem", "Query", "PutItem"]);
    for own in ["large-supplier", "network-operator"] {
        let session = Holder::of_session(&template, own);
        for organisation in ["large-supplier", "network-operator"] {
            let may = |holder: &Holder, by: &str| {
                let key = format!("REVIEW#4F7K-2M9Q-XW3T-8HBD#BY#{by}");
                holder.actions_on(REVIEWING, &owned(organisation, &key))
            };
            let is_own = own == organisation;
            let of_session = |expected: &BTreeSet<&'static str>| {
                if is_own {
                    expected.clone()
                } else {
                    BTreeSet::new()
                }
            };
            assert_eq!(may(&session, "review"), of_session(&reads), "{own}");
            assert_eq!(may(&session, "api"), of_session(&writes), "{own}");
            assert_eq!(may(&review, "review"), writes);
            assert_eq!(may(&review, "api"), reads);
            for holder in [&intake, &role] {
                for by in ["review", "api"] {
                    assert_eq!(may(holder, by), BTreeSet::new(), "{by}");
                }
            }
        }
        // Who has what in hand is nobody's of Users.
        let assigned = "ASSIGNED#BY#review";
        assert_eq!(session.actions_on(REVIEWING, assigned), BTreeSet::new());
        assert_eq!(review.actions_on(REVIEWING, assigned), writes);
    }
}
