//! Decisions about a page: two bits each, once each, the same again changes nothing.

use proptest::prelude::*;
use sluice_shared::quarantine::{
    CannotDecide, Counts, Deciding, HeldState, PAGE_ROWS, PageDecisions,
};

fn share(rows: usize, states: &[(usize, HeldState)]) -> PageDecisions {
    let mut decisions = PageDecisions::held(rows);
    for (position, state) in states {
        decisions.set(*position, *state);
    }
    decisions
}

fn decide(page: &PageDecisions, share: &PageDecisions) -> PageDecisions {
    match page.decide(share, None).unwrap() {
        Deciding::Change(next) => next,
        Deciding::Done => panic!("nothing was recorded before"),
    }
}

#[test]
fn a_full_page_takes_two_kibibytes() {
    assert_eq!(PageDecisions::held(PAGE_ROWS).as_bytes().len(), 2_048);
}

#[test]
fn two_submissions_decide_different_rows_of_a_page() {
    let first = share(10, &[(0, HeldState::Release), (9, HeldState::Delete)]);
    let second = share(10, &[(1, HeldState::Release)]);
    let page = decide(&decide(&PageDecisions::held(10), &first), &second);
    assert_eq!(
        page.counts(),
        Counts {
            held: 7,
            release: 2,
            delete: 1
        }
    );
    assert_eq!(
        (page.get(0), page.get(1), page.get(9)),
        (HeldState::Release, HeldState::Release, HeldState::Delete)
    );
}

#[test]
fn a_row_is_decided_once() {
    let first = share(10, &[(3, HeldState::Release), (7, HeldState::Release)]);
    let page = decide(&PageDecisions::held(10), &first);
    for state in [HeldState::Release, HeldState::Delete] {
        let late = share(10, &[(2, state), (7, state)]);
        assert_eq!(
            page.decide(&late, None),
            Err(CannotDecide::Taken { position: 7 })
        );
    }
}

#[test]
fn the_same_submission_again_changes_nothing() {
    let first = share(10, &[(3, HeldState::Release)]);
    let page = decide(&PageDecisions::held(10), &first);
    assert_eq!(page.decide(&first, Some(&first)), Ok(Deciding::Done));
    let other = share(10, &[(4, HeldState::Release)]);
    assert_eq!(
        page.decide(&other, Some(&first)),
        Err(CannotDecide::Different)
    );
}

#[test]
fn decisions_for_another_page_are_refused() {
    assert_eq!(
        PageDecisions::held(10).decide(&PageDecisions::held(11), None),
        Err(CannotDecide::OtherPage)
    );
}

#[test]
fn damaged_bytes_are_refused() {
    assert!(PageDecisions::decode(5, &[0b0000_0001, 0b10]).is_ok());
    assert!(PageDecisions::decode(5, &[0]).is_err(), "too short");
    assert!(PageDecisions::decode(5, &[0, 0, 0]).is_err(), "too long");
    assert!(
        PageDecisions::decode(5, &[0b1100_0000, 0]).is_err(),
        "no such state"
    );
    assert!(
        PageDecisions::decode(5, &[0, 0b0100]).is_err(),
        "a row that the page has not"
    );
}

proptest! {
    #[test]
    fn decisions_come_back_and_add_up(states in prop::collection::vec(0..3_u8, 1..200)) {
        let mut decisions = PageDecisions::held(states.len());
        let mut counts = Counts::default();
        for (position, state) in states.iter().enumerate() {
            let state = [HeldState::Held, HeldState::Release, HeldState::Delete][usize::from(*state)];
            decisions.set(position, HeldState::Delete);
            decisions.set(position, state);
            counts.add(state);
            prop_assert_eq!(decisions.get(position), state);
        }
        prop_assert_eq!(decisions.counts(), counts);
        prop_assert_eq!(PageDecisions::decode(states.len(), decisions.as_bytes()).unwrap(), decisions);
    }
}
