//! The calls of the API: what the table says, filled in.

use std::collections::BTreeSet;

use sluice_shared::activity::FileFormat;
use sluice_shared::api::calls::{self, Get, Post};
use sluice_shared::api::{
    AnswerQuestion, AskForChange, AskQuestion, Base64Bytes, Cursor, SignatureForm, SignedRequest,
    StartSubmission, StopOwnKey,
};
use sluice_shared::directory::{DirectoryChange, Method, Permission, ROUTES, Route};
use sluice_shared::files::FileKind;
use sluice_shared::identifiers::{
    ChangeReason, ChangeRequestId, Eui64, FileDigest, FileName, OrganisationId, PersonId,
    QuarantineEventRef, ReviewMessage, SubmissionId,
};
use sluice_shared::review::AssignReview;

/// A call without its types, and the method that it is sent with.
struct Call {
    method: Method,
    route: Route,
    path: String,
}

fn get<A>(call: Get<A>) -> Call {
    Call {
        method: Method::Get,
        route: call.route,
        path: call.path,
    }
}

fn post<B, A>(call: Post<B, A>) -> Call {
    Call {
        method: Method::Post,
        route: call.route,
        path: call.path,
    }
}

fn submission() -> SubmissionId {
    SubmissionId::parse("4F7K-2M9Q-XW3T-8HBD").unwrap()
}

fn start() -> StartSubmission {
    StartSubmission {
        kind: FileKind::Adt,
        file_name: FileName::parse("a.csv").unwrap(),
        length: 1,
        sha256: FileDigest::new([0; 32]),
        signature: SignatureForm::Enveloping {},
        service_request: None,
        replaces: None,
        check_only: false,
    }
}

/// Every call there is.
fn all() -> Vec<Call> {
    let id = submission();
    let user = Eui64::new(0);
    let event = QuarantineEventRef::parse("1203").unwrap();
    let digest = FileDigest::new([0; 32]);
    let cursor = Cursor::parse("abc").unwrap();
    let decision = SignedRequest {
        signed: Base64Bytes(vec![1]),
    };
    let organisation = OrganisationId::parse("large-supplier").unwrap();
    let request = ChangeRequestId::parse("7D2P-5N8R-0YV6-3KCE").unwrap();
    let change = AskForChange {
        change: DirectoryChange::Remove {
            person: PersonId::parse("somebody").unwrap(),
            leaves_no_administrator: false,
        },
        reason: ChangeReason::parse("Has left.").unwrap(),
    };
    let signed = SignedRequest {
        signed: Base64Bytes(vec![1]),
    };
    let stop = StopOwnKey {
        key: digest,
        reason: ChangeReason::parse("It is lost.").unwrap(),
    };
    let text = ReviewMessage::parse("Which campaign is it for?").unwrap();
    vec![
        get(calls::people(&organisation)),
        post(calls::ask_for_change(&organisation, &change)),
        post(calls::ask_for_signed_change(&organisation, &signed)),
        post(calls::register_certificate(&signed)),
        post(calls::stop_own_key(&stop)),
        get(calls::changes_to_approve()),
        post(calls::answer_change(&organisation, request, &signed)),
        get(calls::activity(100).activity_narrowed(&[("person", Some("a&b".to_owned()))])),
        get(calls::activity_file(FileFormat::Csv)),
        get(calls::me()),
        get(calls::profile()),
        get(calls::submissions(25)),
        post(calls::start_submission(&start(), "key".to_owned())),
        get(calls::submission(id)),
        post(calls::upload(id)),
        get(calls::findings(id, Some(&cursor))),
        get(calls::changes(id)),
        get(calls::waiting_decisions(id, event, 0)),
        get(calls::receipt(id)),
        get(calls::signed_decision(id)),
        get(calls::sent_file(id)),
        get(calls::sent_signature(id)),
        get(calls::thresholds()),
        get(calls::user_thresholds(user)),
        get(calls::threshold_history(user, Some(&cursor))),
        get(calls::quarantine_events(Some(&cursor))),
        get(calls::quarantine_event(event)),
        get(calls::communications(event, 3)),
        get(calls::known_for_adt(digest)),
        get(calls::known_for_exit(digest, [event])),
        get(calls::reviews(200)),
        get(calls::review(id)),
        post(calls::decide_review(id, &decision)),
        get(calls::decided_reviews(200)),
        post(calls::assign_review(id, &AssignReview::Take {})),
        post(calls::ask_question(
            id,
            &AskQuestion {
                number: 0,
                text: text.clone(),
            },
        )),
        post(calls::answer_question(
            id,
            &AnswerQuestion { number: 0, text },
        )),
    ]
}

/// Whether a path is one of the route's: the same steps, with something in place of each parameter.
fn fits(path: &str, route: &str) -> bool {
    let path = path.split_once('?').map_or(path, |(path, _)| path);
    let (given, wanted): (Vec<_>, Vec<_>) = (path.split('/').collect(), route.split('/').collect());
    given.len() == wanted.len()
        && given.iter().zip(wanted).all(|(given, wanted)| {
            if wanted.starts_with('{') {
                !given.is_empty() && !given.contains(['{', '}'])
            } else {
                *given == wanted
            }
        })
}

#[test]
fn every_call_is_a_route_of_the_table_with_its_parameters_filled_in() {
    for call in all() {
        assert!(ROUTES.contains(&call.route), "{:?}", call.route);
        assert_eq!(call.method, call.route.method, "{}", call.path);
        assert!(
            fits(&call.path, call.route.path),
            "{} is not {}",
            call.path,
            call.route.path
        );
    }
}

#[test]
fn every_route_that_needs_a_person_has_one_call() {
    let called: Vec<_> = all()
        .into_iter()
        .map(|call| (call.method == Method::Post, call.route.path))
        .collect();
    let once: BTreeSet<_> = called.iter().copied().collect();
    assert_eq!(once.len(), called.len());
    let needed = ROUTES
        .iter()
        .filter(|route| route.permission != Permission::Anyone)
        .map(|route| (route.method == Method::Post, route.path))
        .collect();
    assert_eq!(once, needed);
}

#[test]
fn parameters_and_queries_stand_where_they_belong() {
    let path = calls::submission(submission()).path;
    assert_eq!(path, "/submissions/4F7K-2M9Q-XW3T-8HBD");
    let event = |text| QuarantineEventRef::parse(text).unwrap();
    let path = calls::communications(event("1203"), 3).path;
    assert_eq!(path, "/quarantine-events/1203/communications?page=3");
    let path = calls::known_for_exit(FileDigest::new([0xab; 32]), [event("7"), event("8")]).path;
    let sha256 = "ab".repeat(32);
    assert_eq!(
        path,
        format!("/known/exit-quarantine?sha256={sha256}&events=7,8")
    );
    assert_eq!(calls::quarantine_events(None).path, "/quarantine-events");
}

#[test]
fn what_was_typed_into_an_address_cannot_add_to_the_query() {
    let path = calls::submissions(25)
        .narrowed(Some("a&limit=1000#é"), Some("../me"))
        .path;
    assert_eq!(
        path,
        "/submissions?limit=25&state=a%26limit%3D1000%23%C3%A9&cursor=..%2Fme"
    );
}
