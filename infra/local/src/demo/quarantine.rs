//! The demo's quarantine events: small, middling, large, and one of another organisation.

use std::collections::BTreeMap;

use sluice_functions::Backend;
use sluice_functions::stores::StoreError;
use sluice_shared::identifiers::{Eui64, QuarantineEventRef, RequestId};
use sluice_shared::instant::UtcTime;
use sluice_shared::quarantine::{
    Breach, Counts, HeldCommunication, HeldPage, QuarantineEvent, SrvCounts,
};
use time::Duration;

use super::dice::Dice;
use super::directory::{NETWORK, SUPPLIER_GAS, SUPPLIER_IMPORT, organisation_id};
use super::people::Organisation;
use super::thresholds::srv;

/// One breach.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scene {
    /// The event's reference.
    pub(super) reference: &'static str,
    organisation: Organisation,
    user_id: Eui64,
    /// How many communications are held.
    pub(super) held: u64,
    /// The services that they are of, in turn.
    srvs: &'static [&'static str],
    /// How long before the first start the first was held.
    hours_ago: i64,
}

/// More than a u64 holds, so that nobody takes a reference for a number.
pub(super) const LARGE: Scene = Scene {
    reference: "18446744073709551617",
    organisation: Organisation::LargeSupplier,
    user_id: SUPPLIER_GAS,
    held: 100_000,
    srvs: &["1.1.1", "7.2"],
    hours_ago: 2,
};
/// Three disconnections.
pub(super) const SMALL: Scene = Scene {
    reference: "1201",
    organisation: Organisation::LargeSupplier,
    user_id: SUPPLIER_IMPORT,
    held: 3,
    srvs: &["7.2"],
    hours_ago: 20,
};
/// A batch of disconnections and reconnections.
pub(super) const MIDDLING: Scene = Scene {
    reference: "1203",
    organisation: Organisation::LargeSupplier,
    user_id: SUPPLIER_IMPORT,
    held: 240,
    srvs: &["7.2", "7.1"],
    hours_ago: 13,
};
/// The network operator's.
const OTHER: Scene = Scene {
    reference: "1301",
    organisation: Organisation::NetworkOperator,
    user_id: NETWORK,
    held: 12,
    srvs: &["6.15.1"],
    hours_ago: 5,
};

/// Whether the event of 100,000 communications is among them: making it takes most of a start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LargeEvent {
    /// As people find it.
    Made,
    /// For a test that is not about it.
    LeftOut,
}

pub(super) async fn seed(
    backend: &Backend,
    began: UtcTime,
    large: LargeEvent,
) -> Result<(), StoreError> {
    let large = (large == LargeEvent::Made).then_some(LARGE);
    for scene in [SMALL, MIDDLING, OTHER].into_iter().chain(large) {
        let communications = scene.communications(began);
        let event = scene.event(&communications, began);
        let pages = HeldPage::paginate(scene.user_id, communications)
            .expect("one originator, every counter once");
        let event = QuarantineEvent {
            pages: u32::try_from(pages.len()).unwrap_or(u32::MAX),
            ..event
        };
        backend.quarantine.open(&event, &pages).await?;
    }
    Ok(())
}

impl Scene {
    /// What is held, in order of arrival.
    pub(super) fn communications(&self, began: UtcTime) -> Vec<HeldCommunication> {
        let mut dice = Dice::new(self.user_id.value() ^ self.held);
        let first = self.first(began);
        let mut after = 0;
        (0..self.held)
            .map(|position| {
                // All within about half an hour, however many there are.
                after += dice.below((3_600_000 / self.held).max(2));
                let target = Eui64::new(0x00db_1234_5600_0000 | dice.below(0x0100_0000));
                let service = usize::try_from(position).unwrap_or_default() % self.srvs.len();
                HeldCommunication {
                    request: RequestId {
                        originator: self.user_id,
                        target,
                        counter: 1_000 + position,
                    },
                    srv: srv(self.srvs[service]),
                    quarantined_at: first.plus(Duration::milliseconds(
                        i64::try_from(after).unwrap_or_default(),
                    )),
                }
            })
            .collect()
    }

    fn first(&self, began: UtcTime) -> UtcTime {
        began.plus(-Duration::hours(self.hours_ago))
    }

    /// The event, still without its number of pages.
    fn event(&self, communications: &[HeldCommunication], began: UtcTime) -> QuarantineEvent {
        let mut by_srv = BTreeMap::<_, u64>::new();
        for held in communications {
            *by_srv.entry(held.srv).or_default() += 1;
        }
        let counts = |held| Counts {
            held,
            release: 0,
            delete: 0,
        };
        let first = communications.iter().map(|held| held.quarantined_at).min();
        QuarantineEvent {
            reference: QuarantineEventRef::parse(self.reference).expect("digits, at most 20"),
            user_id: self.user_id,
            organisation: organisation_id(self.organisation),
            breach: Breach::UserThreshold,
            quarantined_at: first.unwrap_or_else(|| self.first(began)),
            pages: 0,
            counts: counts(self.held),
            by_srv: by_srv
                .into_iter()
                .map(|(srv, held)| SrvCounts {
                    srv,
                    counts: counts(held),
                })
                .collect(),
            deciding_for: None,
        }
    }
}
