//! A quarantine event of an organisation of the demonstration, as large as one likes, and the file that decides all of it.

use std::fmt::Write as _;

use sluice_functions::stores::{Quarantine, StoreError};
use sluice_shared::identifiers::{Eui64, OrganisationId, QuarantineEventRef, RequestId, Srv};
use sluice_shared::instant::UtcTime;
use sluice_shared::quarantine::{
    Breach, Counts, HeldCommunication, HeldPage, QuarantineEvent, SrvCounts,
};
use time::Duration;

/// An organisation, and a User ID of it.
pub type Owner = (&'static str, Eui64);

/// The supplier, and its User ID for gas.
pub const SUPPLIER: Owner = ("large-supplier", Eui64::new(0x90b3_d51f_3002_0000));
/// The network operator, and its User ID.
pub const NETWORK: Owner = ("network-operator", Eui64::new(0x90b3_d51f_3003_0000));
/// A service that the gas supplier uses every day.
const SERVICE: &str = "1.1.1";
/// Communications that arrived before this one are of other events.
const FIRST_COUNTER: u64 = 10_000_000_000;

/// What is held under one reference.
#[derive(Debug, Clone)]
pub struct HeldEvent {
    /// Its reference.
    pub reference: QuarantineEventRef,
    owner: Owner,
    rows: u64,
}

impl HeldEvent {
    /// An event of `rows` communications of the supplier.
    pub fn new(reference: u64, rows: u64) -> Self {
        Self::of_owner(SUPPLIER, reference, rows)
    }

    /// The same of somebody else.
    ///
    /// # Panics
    /// Never: every number is a reference.
    pub fn of_owner(owner: Owner, reference: u64, rows: u64) -> Self {
        Self {
            reference: QuarantineEventRef::parse(&reference.to_string()).expect("a number"),
            owner,
            rows,
        }
    }

    /// Opens it, as the DCC's monitor does.
    ///
    /// # Panics
    /// Never: counters are different, and the names have the form of names.
    pub async fn open(&self, quarantine: &Quarantine, now: UtcTime) -> Result<(), StoreError> {
        let (organisation, user_id) = self.owner;
        let since = now.plus(-Duration::hours(1));
        let srv = Srv::parse(SERVICE).expect("a reference out of the table of services");
        let held: Vec<_> = self
            .requests()
            .map(|request| HeldCommunication {
                request,
                srv,
                quarantined_at: since,
            })
            .collect();
        let pages = HeldPage::paginate(user_id, held).expect("every counter once");
        let counts = Counts {
            held: self.rows,
            release: 0,
            delete: 0,
        };
        let event = QuarantineEvent {
            reference: self.reference,
            user_id,
            organisation: OrganisationId::parse(organisation).expect("the form of an id"),
            breach: Breach::UserThreshold,
            quarantined_at: since,
            pages: u32::try_from(pages.len()).unwrap_or(u32::MAX),
            counts,
            by_srv: vec![SrvCounts { srv, counts }],
            deciding_for: None,
        };
        quarantine.open(&event, &pages).await
    }

    /// The Exit Quarantine file that deletes all of it: no rule of risk holds that up.
    pub fn file(&self) -> String {
        let mut file = "QuarantineEventRef,RequestID,Action\r\n".to_owned();
        for request in self.requests() {
            let _ = write!(file, "{},{request},Delete\r\n", self.reference);
        }
        file
    }

    /// Scattered over devices, as breaches are.
    fn requests(&self) -> impl Iterator<Item = RequestId> {
        let (_, originator) = self.owner;
        (0..self.rows).map(move |position| RequestId {
            originator,
            target: Eui64::new(
                0x00db_1234_5600_0000 | (position.wrapping_mul(0x9e37_79b1) & 0x00ff_ffff),
            ),
            counter: FIRST_COUNTER + position,
        })
    }
}
