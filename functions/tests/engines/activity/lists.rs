//! Reading the record: who may, what narrows it, page by page, and as a file.

use http::{Request, StatusCode, header};
use serde_json::Value;
use sluice_functions::stores::RecordKey;
use sluice_shared::activity::{Act, ActivityOutcome, ActivityRecord, Recorder};
use sluice_shared::api::{PersonRef, ProblemCode};
use sluice_shared::instant::UtcTime;

use super::super::support::{World, send, supplier};
use super::listed;

/// One record each minute, of all functions in turn, every third refused, by two people.
async fn filled(world: &World, count: u8) {
    for number in 0..count {
        let minute = UtcTime::parse("2026-11-03T23:00:00Z").unwrap();
        let at = minute.plus(time::Duration::minutes(i64::from(number)));
        let code = ProblemCode::NotAllowed;
        let record = ActivityRecord {
            at,
            recorder: Recorder::ALL[usize::from(number) % 3],
            organisation: supplier(),
            person: Some(PersonRef {
                id: ["one", "two"][usize::from(number) % 2].parse().unwrap(),
                name: "=HYPERLINK(\"https://example.org\")".to_owned(),
            }),
            person_organisation: Some(supplier()),
            scopes: Vec::new(),
            roles: Vec::new(),
            act: Act::StartSubmission,
            about: Vec::new(),
            outcome: match number % 3 {
                0 => ActivityOutcome::Refused { code },
                _ => ActivityOutcome::Done,
            },
            address: None,
            correlation_id: None,
        };
        let key = RecordKey([number; 8]);
        world.backend.activity.put(&record, key).await.unwrap();
    }
}

fn minutes(items: &[Value]) -> Vec<String> {
    let times = items.iter().map(|item| item["at"].as_str().unwrap());
    times.map(|at| at[11..16].to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_one_list_newest_first_page_by_page() {
    let world = World::new().await;
    filled(&world, 100).await;
    let (mut seen, mut cursor) = (Vec::new(), String::new());
    loop {
        let path = format!("/activity?limit=7{cursor}");
        let page = world.get_json("supplier-admin", &path).await;
        let items = page["items"].as_array().unwrap();
        assert!(items.len() <= 7);
        seen.extend(minutes(items));
        match page["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(seen.len(), 100, "each once");
    let mut sorted = minutes(&listed(&world, "supplier-admin", "?limit=200").await);
    assert_eq!(seen, sorted);
    // From 23:00 to 00:39 of the next day.
    assert_eq!(
        (sorted[0].as_str(), sorted[99].as_str()),
        ("00:39", "23:00")
    );
    sorted.dedup();
    assert_eq!(sorted.len(), 100);
    let foreign = world.get("supplier-admin", "/activity?cursor=abc").await;
    assert_eq!(foreign.0, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test(flavor = "multi_thread")]
async fn days_people_acts_and_outcomes_narrow_it() {
    let world = World::new().await;
    filled(&world, 100).await;
    let count = async |query: &str| listed(&world, "supplier-admin", query).await.len();
    for (query, expected) in [
        ("?limit=200&to=2026-11-03", 60),
        ("?limit=200&from=2026-11-04&to=2026-11-04", 40),
        ("?limit=200&from=2026-11-05&to=2026-11-04", 0),
        ("?limit=200&person=one", 50),
        ("?limit=200&outcome=refused", 34),
        ("?limit=200&outcome=refused&person=one&to=2026-11-03", 10),
        ("?limit=200&act=start-submission", 100),
        ("?limit=200&act=stop-key", 0),
    ] {
        assert_eq!(count(query).await, expected, "{query}");
    }
    for query in [
        "?act=anything",
        "?outcome=maybe",
        "?from=yesterday",
        "?more=1",
    ] {
        let (status, _) = world
            .get("supplier-admin", &format!("/activity{query}"))
            .await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_sees_their_own_organisations_and_staff_see_any() {
    let world = World::new().await;
    filled(&world, 3).await;
    let named = "?organisation=large-supplier";
    for (person, query, expected) in [
        ("supplier-admin", "", StatusCode::OK),
        ("supplier-admin", named, StatusCode::OK),
        (
            "supplier-admin",
            "?organisation=network-operator",
            StatusCode::NOT_FOUND,
        ),
        ("supplier-admin", "?organisation=dcc", StatusCode::NOT_FOUND),
        ("supplier-aro-1", "", StatusCode::FORBIDDEN),
        ("dcc-operator", named, StatusCode::OK),
        ("dcc-admin-1", named, StatusCode::OK),
        ("dcc-admin-1", "", StatusCode::OK),
        ("reviewer-1", named, StatusCode::FORBIDDEN),
    ] {
        let (status, answer) = world.get(person, &format!("/activity{query}")).await;
        assert_eq!(status, expected, "{person} {query}: {answer}");
    }
    // Staff who read it are in it.
    let read = listed(&world, "supplier-admin", "?act=read-activity&outcome=done").await;
    let mut by: Vec<_> = read
        .iter()
        .map(|record| record["person"]["id"].as_str().unwrap())
        .collect();
    by.sort_unstable();
    assert_eq!(by, ["dcc-admin-1", "dcc-operator"]);
}

async fn file(world: &World, query: &str) -> (String, String) {
    let bearer = format!("Bearer {}", world.token("supplier-admin"));
    let request = Request::get(format!("/api/activity/file{query}"))
        .header(header::AUTHORIZATION, bearer)
        .body(axum::body::Body::empty())
        .unwrap();
    let (status, headers, body) = send(world.router(), request).await;
    assert_eq!(status, StatusCode::OK);
    let kind = headers[header::CONTENT_TYPE].to_str().unwrap().to_owned();
    assert!(
        headers[header::CONTENT_DISPOSITION]
            .to_str()
            .unwrap()
            .contains("activity.")
    );
    (kind, String::from_utf8(body).unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_taken_away_as_csv_without_formulas_and_as_json_lines() {
    let world = World::new().await;
    filled(&world, 30).await;
    let (kind, csv) = file(&world, "?format=csv&outcome=refused").await;
    assert_eq!(kind, "text/csv; charset=utf-8");
    let lines: Vec<_> = csv.lines().collect();
    assert_eq!(lines.len(), 11, "a heading, and what was refused");
    assert!(
        lines[0].contains("\"Time (UTC)\",\"Organisation\""),
        "{}",
        lines[0]
    );
    assert!(lines[1].contains("\"'=HYPERLINK(\"\"https"), "{}", lines[1]);
    let (kind, lines) = file(&world, "?format=json-lines&outcome=refused").await;
    assert_eq!(kind, "application/jsonl");
    let records: Vec<ActivityRecord> = lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(records.len(), 10);
    assert!(
        records
            .iter()
            .all(|record| record.outcome.code() == Some(ProblemCode::NotAllowed))
    );
}
