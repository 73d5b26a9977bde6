//! Who may do what: the table of routes, and who may review.

use sluice_shared::directory::{
    Entrance, Method, Permission, Person, PersonRole, ROUTES, RegisteredCertificates, ReviewBar,
    may_review, route_at, routes,
};
use sluice_shared::identifiers::{OrganisationId, PersonId};

fn organisation(id: &str) -> OrganisationId {
    OrganisationId::parse(id).unwrap()
}

fn person(id: &str, home: &str, roles: &[PersonRole]) -> Person {
    Person {
        id: PersonId::parse(id).unwrap(),
        name: id.to_owned(),
        organisation: organisation(home),
        roles: roles.to_vec(),
        signer_subject: Some(format!("CN={id}")),
        certificates: RegisteredCertificates::default(),
    }
}

#[test]
fn every_route_stands_once_in_the_table() {
    for (index, route) in ROUTES.iter().enumerate() {
        let twice = ROUTES[..index]
            .iter()
            .any(|other| other.method == route.method && other.path == route.path);
        assert!(!twice, "{:?} {}", route.method, route.path);
    }
    let at_staffs = |method, path| route_at(Entrance::Staff, method, path);
    assert_eq!(
        at_staffs(Method::Post, "/reviews/{id}/decision"),
        Some(routes::DECIDE_REVIEW)
    );
    assert_eq!(at_staffs(Method::Post, "/reviews"), None);
}

#[test]
fn an_entrance_has_what_somebody_may_ask_who_belongs_there() {
    for route in ROUTES {
        for entrance in Entrance::ALL {
            let home = |role: &PersonRole| {
                if role.is_dcc() {
                    "dcc"
                } else {
                    "large-supplier"
                }
            };
            let their_roles = PersonRole::ALL.into_iter().filter(|role| {
                Entrance::for_person(&person("a", home(role), &[*role])) == entrance
            });
            let anybody_there = their_roles
                .into_iter()
                .any(|role| route.permission.is_given_to(&[role]));
            let is_open = route.permission == Permission::Anyone;
            assert_eq!(
                entrance.has(route),
                if is_open {
                    entrance == Entrance::Users
                } else {
                    anybody_there
                },
                "{entrance:?} {}",
                route.path
            );
        }
    }
    for (path, of_users, of_staff) in [
        ("/submissions", true, true),
        ("/known/adt", true, false),
        ("/reviews", false, true),
    ] {
        let at = |entrance| route_at(entrance, Method::Get, path).is_some();
        assert_eq!(
            [at(Entrance::Users), at(Entrance::Staff)],
            [of_users, of_staff],
            "{path}"
        );
    }
}

#[test]
fn roles_of_dcc_staff_count_for_people_of_the_dcc_alone_and_roles_of_users_for_users() {
    let roles = [PersonRole::Submitter, PersonRole::Reviewer];
    let at_the_dcc = person("a", "dcc", &roles);
    assert_eq!(Entrance::for_person(&at_the_dcc), Entrance::Staff);
    assert!(at_the_dcc.may(Permission::DecideReviews));
    assert!(!at_the_dcc.may(Permission::SendFiles));
    assert_eq!(at_the_dcc.signing_subject(), None);
    let at_a_user = person("a", "large-supplier", &roles);
    assert_eq!(Entrance::for_person(&at_a_user), Entrance::Users);
    assert!(at_a_user.may(Permission::SendFiles));
    assert!(!at_a_user.may(Permission::DecideReviews));
    assert!(!at_a_user.sees(&organisation("network-operator")));
    assert_eq!(at_a_user.deciding_subject(), None);
    let nobody = person("a", "large-supplier", &[]);
    assert_eq!(Entrance::for_person(&nobody), Entrance::Users);
}

#[test]
fn only_what_tells_nothing_is_open_to_anyone() {
    let open: Vec<_> = ROUTES
        .iter()
        .filter(|route| route.permission == Permission::Anyone)
        .map(|route| route.path)
        .collect();
    assert_eq!(open, ["/health", "/openapi.json", "/docs"]);
}

#[test]
fn every_route_that_changes_something_names_roles() {
    for route in ROUTES.iter().filter(|route| route.method == Method::Post) {
        assert!(route.permission.roles().is_some(), "{}", route.path);
    }
}

#[test]
fn each_role_may_do_its_own() {
    use Permission as P;
    use PersonRole as R;
    let sends = |role| P::SendFiles.is_given_to(&[role]);
    let reviews = |role| P::DecideReviews.is_given_to(&[role]);
    for role in R::ALL {
        assert_eq!(
            sends(role),
            matches!(role, R::Submitter | R::Aro),
            "{role:?}"
        );
        assert_eq!(reviews(role), role == R::Reviewer, "{role:?}");
        assert!(P::ReadThresholds.is_given_to(&[role]), "{role:?}");
        assert!(
            !(sends(role) && role.is_dcc()),
            "DCC staff send no files: {role:?}"
        );
    }
    assert!(!P::ReadSubmissions.is_given_to(&[]));
}

#[test]
fn what_was_sent_is_for_its_senders_and_for_who_judges_it() {
    for role in PersonRole::ALL {
        let may = Permission::DownloadFiles.is_given_to(&[role]);
        let judges = matches!(role, PersonRole::Reviewer | PersonRole::Auditor);
        assert_eq!(may, judges || !role.is_dcc(), "{role:?}");
    }
}

#[test]
fn people_see_their_own_organisation_and_dcc_staff_see_all() {
    let submitter = person(
        "supplier-submitter",
        "large-supplier",
        &[PersonRole::Submitter],
    );
    assert!(submitter.sees(&organisation("large-supplier")));
    assert!(!submitter.sees(&organisation("network-operator")));
    let operator = person("dcc-operator", "dcc", &[PersonRole::Operator]);
    assert!(operator.sees(&organisation("network-operator")));
}

#[test]
fn nobody_reviews_what_is_their_own() {
    let reviewer = person("reviewer-1", "dcc", &[PersonRole::Reviewer]);
    let supplier = organisation("large-supplier");
    let [other, me] = ["supplier-submitter", "reviewer-1"].map(|id| PersonId::parse(id).unwrap());
    let may =
        |organisation, senders: &[_], signer| may_review(&reviewer, organisation, senders, signer);
    assert_eq!(may(&supplier, &[&other], Some(&other)), Ok(()));
    assert_eq!(may(&supplier, &[&me], None), Err(ReviewBar::OwnUpload));
    assert_eq!(
        may(&supplier, &[&other, &me], None),
        Err(ReviewBar::OwnUpload),
        "who started it, or asked for an address, may have sent it"
    );
    assert_eq!(
        may(&supplier, &[&other], Some(&me)),
        Err(ReviewBar::OwnSignature)
    );
    assert_eq!(
        may(&organisation("dcc"), &[&other], None),
        Err(ReviewBar::OwnOrganisation)
    );
    let at_a_user = person("reviewer-1", "network-operator", &[PersonRole::Reviewer]);
    assert_eq!(
        may_review(&at_a_user, &supplier, &[&other], None),
        Err(ReviewBar::NotAReviewer),
        "who is of a User reviews nothing, whatever role is registered"
    );
    let operator = person("dcc-operator", "dcc", &[PersonRole::Operator]);
    assert_eq!(
        may_review(&operator, &supplier, &[&other], None),
        Err(ReviewBar::NotAReviewer)
    );
}

#[test]
fn only_an_aro_signs_and_only_under_the_registered_subject() {
    let aro = person(
        "supplier-aro-1",
        "large-supplier",
        &[PersonRole::Aro, PersonRole::Submitter],
    );
    assert_eq!(aro.signing_subject(), Some("CN=supplier-aro-1"));
    let submitter = person("supplier-aro-1", "large-supplier", &[PersonRole::Submitter]);
    assert_eq!(submitter.signing_subject(), None);
}
