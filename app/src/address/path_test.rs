use super::{HelpTopic, NoPage, PagePath, Parameter, Section};
use proptest::prelude::*;
use sluice_shared::identifiers::{Eui64, QuarantineEventRef, SubmissionId};

fn submission() -> impl Strategy<Value = SubmissionId> {
    any::<[u8; 10]>().prop_map(SubmissionId::from_random)
}

fn event() -> impl Strategy<Value = QuarantineEventRef> {
    "[0-9]{1,20}".prop_map(|text| QuarantineEventRef::parse(&text).expect("digits"))
}

fn user_id() -> impl Strategy<Value = Eui64> {
    any::<u64>().prop_map(Eui64::new)
}

/// Every page. A new one does not compile before it stands here too.
fn any_page() -> impl Strategy<Value = PagePath> {
    use PagePath as P;
    let plain = [
        P::Overview,
        P::SignedIn,
        P::Send,
        P::Submissions,
        P::Quarantine,
        P::Thresholds,
        P::SigningKey,
        P::People,
        P::Directory,
        P::Activity,
        P::ReviewQueue,
        P::ReviewHistory,
        P::ReviewTogether,
        P::SignOut,
        P::Help,
    ];
    let _ = |page: P| match page {
        P::Overview
        | P::SignedIn
        | P::Send
        | P::Outcome(_)
        | P::Submissions
        | P::Submission(_)
        | P::Receipt(_)
        | P::Quarantine
        | P::QuarantineEvent(_)
        | P::QuarantineDecisions(_)
        | P::Thresholds
        | P::UserThresholds(_)
        | P::WriteThresholds(_)
        | P::SigningKey
        | P::People
        | P::Directory
        | P::Activity
        | P::ReviewQueue
        | P::ReviewHistory
        | P::ReviewTogether
        | P::SignOut
        | P::Review(_)
        | P::Help
        | P::HelpTopic(_) => {}
    };
    prop_oneof![
        prop::sample::select(plain.to_vec()),
        submission().prop_map(P::Outcome),
        submission().prop_map(P::Submission),
        submission().prop_map(P::Receipt),
        submission().prop_map(P::Review),
        event().prop_map(P::QuarantineEvent),
        event().prop_map(P::QuarantineDecisions),
        user_id().prop_map(P::UserThresholds),
        user_id().prop_map(P::WriteThresholds),
        prop::sample::select(HelpTopic::ALL.to_vec()).prop_map(P::HelpTopic),
    ]
}

proptest! {
    #[test]
    fn a_path_that_was_written_is_read_as_the_same_page(page in any_page()) {
        prop_assert_eq!(PagePath::parse(&page.href()), Ok(page));
    }

    #[test]
    fn slashes_too_many_do_no_harm(page in any_page()) {
        prop_assert_eq!(PagePath::parse(&format!("/{}/", page.href())), Ok(page));
    }

    #[test]
    fn every_text_is_read_without_a_fall(path in "\\PC{0,40}|/(help|quarantine|send|thresholds)/\\PC{0,20}") {
        if let Ok(page) = PagePath::parse(&path) {
            prop_assert_eq!(PagePath::parse(&page.href()), Ok(page));
        }
    }

    #[test]
    fn whatever_lies_below_a_page_is_in_its_section(page in any_page(), more in "[a-z/]{0,9}") {
        prop_assert_eq!(Section::of_path(&page.href()), Some(page.section()));
        let longer = page.href() + "more";
        prop_assert!(page.href().matches('/').count() > 1 || Section::of_path(&longer).is_none());
        if page != PagePath::Overview {
            let below = format!("{}/{more}", page.href());
            prop_assert_eq!(Section::of_path(&below), Some(page.section()));
        }
    }
}

#[test]
fn what_leads_nowhere_says_why() {
    let why = |path| PagePath::parse(path).expect_err(path);
    assert_eq!(why("/elsewhere"), NoPage::Unknown);
    assert_eq!(why("/api/me"), NoPage::Unknown);
    assert_eq!(why("/signed-in/more"), NoPage::Unknown);
    assert_eq!(why("/assets/styles.css"), NoPage::Unknown);
    assert_eq!(why("/submissions/4F7K"), NoPage::Unknown);
    assert_eq!(
        why("/submissions/4F7K-2M9Q-XW3T-8HBD/more"),
        NoPage::Unknown
    );
    assert_eq!(why("/thresholds/90-B3/write"), NoPage::Unknown);
    assert_eq!(why("/quarantine/12a"), NoPage::NotAnEvent);
    assert_eq!(why("/quarantine/12a/review"), NoPage::NotAnEvent);
    assert_eq!(why("/quarantine/12/other"), NoPage::Unknown);
    assert_eq!(why("/help/nothing"), NoPage::Unknown);
    assert_eq!(why("/help/files/more"), NoPage::Unknown);
}

#[test]
fn identifiers_are_read_as_people_type_them() {
    let read = |path| PagePath::parse(path).map(PagePath::href);
    let submission = "/submissions/4F7K-2M9Q-XW3T-8HBD".to_owned();
    assert_eq!(read("/submissions/4f7k2m9qxw3t8hbd"), Ok(submission));
    let user = "/thresholds/90-B3-D5-1F-30-01-00-00".to_owned();
    assert_eq!(read("/thresholds/90b3d51f30010000"), Ok(user));
}

#[test]
fn a_link_carries_one_value_in_its_query() {
    let link = PagePath::Send.with(Parameter::Draft, "0a1b");
    assert_eq!(link.href(), "/send?draft=0a1b");
    let link = PagePath::Send.with(Parameter::Replaces, "4F7K-2M9Q-XW3T-8HBD");
    assert_eq!(link.href(), "/send?replaces=4F7K-2M9Q-XW3T-8HBD");
}
