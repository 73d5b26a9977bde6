//! Files to send, and what the tables say of events and releases.

use std::fmt::Write as _;
use std::path::Path;

use sluice_shared::files::FileKind;
use sluice_shared::quarantine::{HeldEvent, HeldState};
use sluice_shared::risk::Releaser;
use sluice_shared::thresholds::Period;

use super::{World, supplier};

/// The header of a file.
fn header(kind: FileKind) -> String {
    kind.header() + "\r\n"
}

/// A file of the testkit by name: `adt/header-missing.csv`.
pub(crate) fn testkit_file(name: &str) -> String {
    let testkit = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/testkit");
    std::fs::read_to_string(Path::new(testkit).join(name)).unwrap()
}

impl World {
    /// A file of the IS User ID that says what is in force, but for `change`, which maps (service, warning, quarantine).
    pub(crate) async fn adt(
        &self,
        user_id: &str,
        change: impl Fn(&str, u64) -> Option<u64>,
    ) -> String {
        let current = self
            .get_json("supplier-aro-1", &format!("/thresholds/{user_id}"))
            .await;
        let mut file = header(FileKind::Adt);
        for row in current["thresholds"]["standing"].as_array().unwrap() {
            let srv = row["srv"].as_str().unwrap();
            let Some(quarantine) = change(srv, row["quarantine"].as_u64().unwrap()) else {
                continue;
            };
            let period = row["period"].as_str().unwrap();
            let _ = write!(
                file,
                "{user_id},{srv},{period},{},{quarantine},,\r\n",
                quarantine / 2
            );
        }
        for row in current["thresholds"]["exceptions"].as_array().unwrap() {
            let [srv, period, from, to] =
                ["srv", "period", "from", "to"].map(|name| row[name].as_str().unwrap().to_owned());
            let _ = write!(
                file,
                "{user_id},{srv},{period},{},{},{from},{to}\r\n",
                row["warning"], row["quarantine"]
            );
        }
        file
    }

    /// What an event of the large supplier holds.
    pub(crate) async fn held(&self, event: &str) -> HeldEvent {
        let (quarantine, event) = (&self.backend.quarantine, event.parse().unwrap());
        let held = quarantine.held(&supplier(), &event).await;
        held.unwrap().unwrap()
    }

    /// An exit file for the held communications of an event, at most `most` of them, all with this action.
    pub(crate) async fn exit(&self, event: &str, action: &str, most: usize) -> String {
        let mut file = header(FileKind::ExitQuarantine);
        let held = self.held(event).await;
        let held = held.pages.iter().flat_map(|page| page.page.iter());
        for communication in held.take(most) {
            let _ = write!(file, "{event},{},{action}\r\n", communication.request);
        }
        file
    }

    /// An exit file that releases communications of one service in an event: `most` of those still held.
    pub(crate) async fn release(&self, event: &str, srv: &str, most: usize) -> String {
        let mut file = header(FileKind::ExitQuarantine);
        let held = self.held(event).await;
        let open = held.pages.iter().flat_map(|page| {
            let rows = page.page.iter().enumerate();
            rows.filter(|(at, row)| {
                page.decisions.get(*at) == HeldState::Held && row.srv.as_str() == srv
            })
        });
        for (_, communication) in open.take(most) {
            let _ = write!(file, "{event},{},Release\r\n", communication.request);
        }
        file
    }

    /// How many of a service a User ID released in this day, by its account.
    pub(crate) async fn released(&self, user_id: &str, srv: &str) -> u64 {
        let releaser = Releaser::User(user_id.parse().unwrap());
        let account = self
            .backend
            .quarantine
            .released(&supplier(), &releaser)
            .await
            .unwrap();
        let day = account.released.within(Period::Day, self.now());
        day.released(srv.parse().unwrap())
    }

    /// Counts of an event: held, release, delete.
    pub(crate) async fn counts(&self, event: &str) -> (u64, u64, u64) {
        let event = self
            .get_json("supplier-aro-1", &format!("/quarantine-events/{event}"))
            .await;
        let count = |name: &str| event["counts"][name].as_u64().unwrap();
        (count("held"), count("release"), count("delete"))
    }
}
