//! An event that grew is decided like one that did not: its pages are each in order of Request ID, and not one after the other.

use proptest::prelude::*;
use sluice_shared::files::Action::{Delete, Release};
use sluice_shared::quarantine::{Counts, HeldEvent, HeldState, check_exit};

use crate::make::{IS, decide, event, exit_rows, request, submission};
use crate::make_reports::{check, report, reported, take_effect};

/// The event that [`event`] makes, reported in so many parts, each of which has rows from its beginning to its end.
fn grown(count: u64, parts: u64) -> HeldEvent {
    let mut held = Vec::new();
    for part in (0..parts).rev() {
        let numbers = (0..count).filter(|number| number % parts == part);
        let rows = report(numbers.map(|number| reported("1203", number)));
        take_effect(check(&rows, &held), &mut held);
    }
    held.remove(0)
}

#[test]
fn every_row_of_it_is_found_and_no_other() {
    let held = grown(20_000, 3);
    assert_eq!(held.pages.len(), 3);
    let rows: Vec<_> = (0..20_010)
        .rev()
        .map(|number| ("1203", request(IS, number), Release))
        .collect();
    let check = check_exit(&exit_rows(&rows), [held].as_slice(), None, 1_000);
    assert_eq!(check.findings.count_of("not-held"), 10);
    assert_eq!((check.findings.total(), check.counts.release), (10, 20_000));
    let numbers: Vec<_> = check.events[0].pages.iter().map(|page| page.page).collect();
    assert_eq!(numbers, [0, 1, 2]);
}

proptest! {
    // Each case makes several reports.
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn it_is_decided_like_one_that_did_not_grow(
        parts in 1..6_u64,
        rows in prop::collection::btree_map(0..320_u64, any::<bool>(), 0..200),
        decided in prop::collection::btree_set(0..300_u64, 0..20),
    ) {
        let file: Vec<_> = rows
            .iter()
            .map(|(number, release)| ("1203", request(IS, *number), if *release { Release } else { Delete }))
            .collect();
        let file = exit_rows(&file);
        let [of_plain, of_grown] = [event("1203", 300), grown(300, parts)].map(|mut held| {
            for number in &decided {
                decide(&mut held, *number, HeldState::Delete, submission(9));
            }
            check_exit(&file, [held].as_slice(), None, 1_000)
        });
        prop_assert_eq!(&of_grown.findings, &of_plain.findings);
        prop_assert_eq!(of_grown.counts, of_plain.counts);
        prop_assert_eq!(&of_grown.events.first().map(|event| &event.by_srv), &of_plain.events.first().map(|event| &event.by_srv));
        let on_pages = of_grown.events.iter().flat_map(|event| &event.pages);
        let on_pages = on_pages.fold(Counts::default(), |sum, page| sum.plus(page.decisions.counts()));
        prop_assert_eq!((on_pages.release, on_pages.delete), (of_plain.counts.release, of_plain.counts.delete));
    }
}
