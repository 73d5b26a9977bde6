//! Short ways to make reports of what [`crate::make::event`] holds, and to take them into what is held.

use std::collections::HashMap;

use sluice_shared::files::{ReportRow, ReportRows};
use sluice_shared::identifiers::{Eui64, OrganisationId};
use sluice_shared::quarantine::{
    Breach, EventOutcome, HeldCommunication, HeldEvent, ReportCheck, check_report,
};
use time::Duration;

use crate::make::{GS, IS, eui, event_ref, hour, request};

/// The row of the communication that [`crate::make::event`] has under this number.
pub(crate) fn reported(event: &str, number: u64) -> ReportRow {
    ReportRow {
        line: number + 2,
        event: event_ref(event),
        request: request(IS, number),
        srv: ["7.2", "7.1"][usize::from(!number.is_multiple_of(2))]
            .parse()
            .unwrap(),
        breach: Breach::UserThreshold,
        quarantined_at: hour(0).plus(Duration::milliseconds(i64::try_from(number).unwrap())),
    }
}

/// A file of these rows, its lines counted from 2.
pub(crate) fn report(rows: impl IntoIterator<Item = ReportRow>) -> ReportRows {
    (2..)
        .zip(rows)
        .map(|(line, row)| ReportRow { line, ..row })
        .collect()
}

/// Whose the User IDs are: both one organisation's.
pub(crate) fn owners() -> HashMap<Eui64, OrganisationId> {
    let organisation: OrganisationId = "large-supplier".parse().unwrap();
    HashMap::from([(eui(IS), organisation.clone()), (eui(GS), organisation)])
}

pub(crate) fn check(rows: &ReportRows, held: &[HeldEvent]) -> ReportCheck {
    check_report(rows, held, &owners(), 1_000).unwrap()
}

/// What is held once the report has taken effect.
pub(crate) fn take_effect(check: ReportCheck, held: &mut Vec<HeldEvent>) {
    for event in check.events {
        match event.outcome {
            EventOutcome::Opened(growth) => held.push(HeldEvent {
                event: growth.event,
                pages: growth.pages,
            }),
            EventOutcome::Grown(growth) => {
                let known = held
                    .iter_mut()
                    .find(|known| known.event.reference == event.event);
                let known = known.unwrap();
                known.event = growth.event;
                known.pages.extend(growth.pages);
            }
            EventOutcome::Unchanged => {}
        }
    }
}

/// All that an event holds, in order of Request ID, wherever it lies.
pub(crate) fn all_held(event: &HeldEvent) -> Vec<HeldCommunication> {
    let pages = event.pages.iter();
    let mut held: Vec<_> = pages.flat_map(|page| page.page.iter()).collect();
    held.sort_by_key(|held| held.request);
    held
}
