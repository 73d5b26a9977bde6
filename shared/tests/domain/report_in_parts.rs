//! A report in parts, in any order, each of them however often, comes to the same events; and what is decided stays decided.

use proptest::prelude::*;
use sluice_shared::files::ReportRow;
use sluice_shared::identifiers::RequestId;
use sluice_shared::quarantine::{
    Breach, Counts, EventOutcome, HeldCommunication, HeldEvent, HeldState, QuarantineEvent,
};

use crate::make::{GS, request};
use crate::make_reports::{all_held, check, report, reported, take_effect};

/// A report of two events, of two User IDs.
fn whole_report() -> impl Strategy<Value = Vec<ReportRow>> {
    let numbers = || prop::collection::btree_set(0..200_u64, 1..40);
    (numbers(), numbers()).prop_map(|(of_one, of_other)| {
        let one = of_one.into_iter().map(|number| reported("1203", number));
        let other = of_other.into_iter().map(|number| ReportRow {
            request: request(GS, number),
            breach: Breach::AttributeLimits,
            ..reported("1204", number)
        });
        one.chain(other).collect()
    })
}

/// The same report in parts: each row is in one of them, and some are in others as well; the parts in any order.
fn in_parts() -> impl Strategy<Value = (Vec<ReportRow>, Vec<Vec<ReportRow>>)> {
    whole_report().prop_flat_map(|whole| {
        let of_parts = prop::collection::vec((0..5_usize, 0..10_usize), whole.len());
        (Just(whole), of_parts, any::<prop::sample::Index>()).prop_map(|(whole, of_parts, turn)| {
            let mut parts = vec![Vec::new(); 5];
            for (row, (part, again)) in whole.iter().zip(of_parts) {
                parts[part].push(*row);
                if again < 5 && again != part {
                    parts[again].insert(0, *row);
                }
            }
            parts.rotate_left(turn.index(5));
            (whole, parts)
        })
    })
}

/// What an event is but for how its communications lie on pages.
fn content(held: &[HeldEvent]) -> Vec<(QuarantineEvent, Vec<HeldCommunication>)> {
    let mut content: Vec<_> = held
        .iter()
        .map(|held| {
            assert_eq!(held.event.pages as usize, held.pages.len());
            assert_eq!(held.count_by_srv(), held.event.by_srv);
            let event = QuarantineEvent {
                pages: 0,
                ..held.event.clone()
            };
            (event, all_held(held))
        })
        .collect();
    content.sort_by_key(|(event, _)| event.reference);
    content
}

/// Decides what an exit file would: every third communication that is held, and counts it.
fn decide_some(held: &mut [HeldEvent]) -> Vec<(RequestId, HeldState)> {
    for event in held.iter_mut() {
        for page in &mut event.pages {
            for position in (0..page.page.len()).step_by(3) {
                page.decisions.set(position, HeldState::Delete);
            }
        }
        event.event.by_srv = event.count_by_srv();
        let by_srv = event.event.by_srv.iter().map(|srv| srv.counts);
        event.event.counts = by_srv.fold(Counts::default(), Counts::plus);
    }
    decided(held)
}

fn decided(held: &[HeldEvent]) -> Vec<(RequestId, HeldState)> {
    let pages = held.iter().flat_map(|event| &event.pages);
    let rows = pages.flat_map(|page| {
        (0..page.page.len()).map(|position| {
            let held = page.page.get(position).unwrap();
            (held.request, page.decisions.get(position))
        })
    });
    rows.filter(|(_, state)| *state != HeldState::Held)
        .collect()
}

proptest! {
    #[test]
    fn any_parts_in_any_order_come_to_the_same_events((whole, parts) in in_parts()) {
        let mut at_once = Vec::new();
        take_effect(check(&report(whole), &[]), &mut at_once);
        let mut by_parts = Vec::new();
        for part in parts {
            let checked = check(&report(part), &by_parts);
            prop_assert!(checked.findings.is_empty(), "{:?}", checked.findings);
            take_effect(checked, &mut by_parts);
        }
        prop_assert_eq!(content(&by_parts), content(&at_once));
    }

    #[test]
    fn twice_is_once((whole, parts) in in_parts()) {
        let mut held = Vec::new();
        take_effect(check(&report(whole.clone()), &[]), &mut held);
        let before = held.clone();
        for part in parts.into_iter().chain([whole]) {
            let again = check(&report(part), &held);
            prop_assert_eq!(again.counts.known, again.counts.total());
            for event in &again.events {
                prop_assert_eq!(&event.outcome, &EventOutcome::Unchanged);
            }
            take_effect(again, &mut held);
        }
        prop_assert_eq!(held, before);
    }

    #[test]
    fn what_is_decided_stays_decided_whatever_comes_later((whole, parts) in in_parts(), otherwise: bool) {
        let mut held = Vec::new();
        let (early, late) = parts.split_at(3);
        for part in early {
            take_effect(check(&report(part.clone()), &held), &mut held);
        }
        let before = decide_some(&mut held);
        let pages_before: Vec<_> = held.iter().map(|event| event.pages.clone()).collect();
        for part in late.iter().chain([&whole]) {
            // Also where it says something else of them.
            let part = part.iter().map(|row| {
                let is_decided = before.iter().any(|(request, _)| *request == row.request);
                let srv = if otherwise && is_decided { "1.1.1".parse().unwrap() } else { row.srv };
                ReportRow { srv, ..*row }
            });
            take_effect(check(&report(part), &held), &mut held);
        }
        prop_assert_eq!(decided(&held), before);
        for (event, pages) in held.iter().zip(pages_before) {
            prop_assert_eq!(&event.pages[..pages.len()], &pages[..], "pages that are there stay as they are");
        }
        let mut at_once = Vec::new();
        take_effect(check(&report(whole), &[]), &mut at_once);
        let communications = |held: &[HeldEvent]| -> Vec<_> {
            content(held).into_iter().map(|(_, communications)| communications).collect()
        };
        prop_assert_eq!(communications(&held), communications(&at_once));
    }
}
