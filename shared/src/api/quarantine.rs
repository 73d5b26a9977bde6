use serde::{Deserialize, Serialize};
use time::Duration;

use super::event_fields::EventFields;
use crate::identifiers::{Eui64, QuarantineEventRef, RequestId, Srv};
use crate::instant::UtcTime;
use crate::profile::QuarantineRules;
use crate::quarantine::{
    Deadline, Deadlines, DecidedPage, HeldCommunication, HeldPage, HeldPageError, HeldState,
    PageDecisions, QuarantineEvent,
};

/// A quarantine event: item of `GET /quarantine-events`, answer of `GET /quarantine-events/{ref}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", from = "EventFields")]
pub struct QuarantineEventView {
    /// The event and its counts.
    #[serde(flatten)]
    pub event: QuarantineEvent,
    /// The name of the organisation.
    pub organisation_name: String,
    /// When a decision is due.
    pub due_at: UtcTime,
    /// From when DCC staff may delete what is still held.
    pub listed_at: UtcTime,
    /// How urgent it is, as of the answer; `in-time` once nothing is held.
    pub deadline: Deadline,
}

impl QuarantineEventView {
    /// The event as it is at `now`.
    pub fn new(
        event: QuarantineEvent,
        organisation_name: String,
        rules: &QuarantineRules,
        now: UtcTime,
    ) -> Self {
        let deadlines = Deadlines::from_quarantine(event.quarantined_at, rules);
        let deadline = if event.counts.held == 0 {
            Deadline::InTime
        } else {
            deadlines.at(now)
        };
        Self {
            event,
            organisation_name,
            due_at: deadlines.due_at,
            listed_at: deadlines.listed_at,
            deadline,
        }
    }

    /// Whether everything is decided.
    pub const fn is_closed(&self) -> bool {
        self.event.counts.held == 0
    }
}

/// One page of an event's communications: answer of `GET /quarantine-events/{ref}/communications?page=0`.
///
/// A page holds up to 8,192, so what rows share stands once: the originator, the services, the first time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct HeldPageView {
    /// The event.
    pub event: QuarantineEventRef,
    /// Which page this is, from 0.
    pub page: u32,
    /// How many there are.
    pub pages: u32,
    /// The originator of every Request ID on the page.
    pub originator: Eui64,
    /// The services that `communications` refers to by position.
    pub srvs: Vec<Srv>,
    /// The time that `communications` counts from.
    pub since: UtcTime,
    /// In order of Request ID.
    pub communications: Vec<HeldRow>,
}

/// One communication on a page, in JSON an array:
/// `[target, counter (text), position in srvs, milliseconds after since, state]`, state 0 held, 1 release, 2 delete.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "WireRow", into = "WireRow")]
pub struct HeldRow {
    /// The target of its Request ID.
    pub target: Eui64,
    /// The counter of its Request ID; text in JSON, since other readers lose digits of large numbers.
    pub counter: u64,
    /// Position in the page's `srvs`.
    pub srv: u16,
    /// Milliseconds after the page's `since`.
    pub after: u64,
    /// Where it stands.
    pub state: HeldState,
}

/// One communication of a page, whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeldCommunicationView {
    /// The communication.
    pub communication: HeldCommunication,
    /// Where it stands.
    pub state: HeldState,
}

impl HeldPageView {
    /// One page of an event of so many.
    pub fn new(event: QuarantineEventRef, pages: u32, decided: &DecidedPage) -> Self {
        let page = &decided.page;
        let row = |(position, held): (usize, HeldCommunication)| {
            let srv = page.srvs().binary_search(&held.srv).unwrap_or_default();
            let after = held.quarantined_at.unix_millis() - page.since().unix_millis();
            HeldRow {
                target: held.request.target,
                counter: held.request.counter,
                srv: u16::try_from(srv).unwrap_or(u16::MAX),
                after: after.unsigned_abs(),
                state: decided.decisions.get(position),
            }
        };
        Self {
            event,
            page: decided.number,
            pages,
            originator: page.originator(),
            srvs: page.srvs().to_vec(),
            since: page.since(),
            communications: page.iter().enumerate().map(row).collect(),
        }
    }

    /// The page as the check of an Exit Quarantine File takes it, without who decided what.
    ///
    /// # Errors
    /// When the answer is not one that a page of held communications can give.
    pub fn to_decided_page(&self) -> Result<DecidedPage, HeldPageError> {
        let (held, states): (Vec<_>, Vec<_>) = self
            .communications()
            .map(|view| (view.communication, view.state))
            .unzip();
        let mut decided = DecidedPage::held(self.page, HeldPage::new(self.originator, &held)?);
        for (position, state) in states.into_iter().enumerate() {
            decided.decisions.set(position, state);
        }
        Ok(decided)
    }

    /// The communications, whole. A row that refers to a service that the page does not list is left out.
    pub fn communications(&self) -> impl Iterator<Item = HeldCommunicationView> + '_ {
        self.communications.iter().filter_map(|row| {
            let after = Duration::milliseconds(i64::try_from(row.after).ok()?);
            let communication = HeldCommunication {
                request: RequestId {
                    originator: self.originator,
                    target: row.target,
                    counter: row.counter,
                },
                srv: *self.srvs.get(usize::from(row.srv))?,
                quarantined_at: self.since.plus(after),
            };
            Some(HeldCommunicationView {
                communication,
                state: row.state,
            })
        })
    }
}

/// What a submission that waits for a reviewer decides on one page of an event's communications: answer of
/// `GET /submissions/{id}/decisions?event=…&page=0`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct WaitingDecisions {
    /// The event.
    pub event: QuarantineEventRef,
    /// Which page of its communications, from 0.
    pub page: u32,
    /// For each communication of the page, in its order: 0 not decided by it, 1 release, 2 delete.
    #[serde(with = "states")]
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<u8>))]
    pub decisions: Vec<HeldState>,
}

impl WaitingDecisions {
    /// Those on a page.
    pub fn new(event: QuarantineEventRef, page: u32, decisions: &PageDecisions) -> Self {
        Self {
            event,
            page,
            decisions: (0..decisions.rows())
                .map(|position| decisions.get(position))
                .collect(),
        }
    }
}

#[derive(Serialize, Deserialize)]
struct WireRow(
    Eui64,
    #[serde(with = "counter_text")] u64,
    u16,
    u64,
    WireState,
);

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
struct WireState(HeldState);

impl From<WireRow> for HeldRow {
    fn from(WireRow(target, counter, srv, after, WireState(state)): WireRow) -> Self {
        Self {
            target,
            counter,
            srv,
            after,
            state,
        }
    }
}

impl From<HeldRow> for WireRow {
    fn from(row: HeldRow) -> Self {
        Self(
            row.target,
            row.counter,
            row.srv,
            row.after,
            WireState(row.state),
        )
    }
}

impl TryFrom<u8> for WireState {
    type Error = &'static str;

    fn try_from(number: u8) -> Result<Self, Self::Error> {
        match number {
            0 => Ok(Self(HeldState::Held)),
            1 => Ok(Self(HeldState::Release)),
            2 => Ok(Self(HeldState::Delete)),
            _ => Err("a state is 0 (held), 1 (release) or 2 (delete)"),
        }
    }
}

impl From<WireState> for u8 {
    fn from(state: WireState) -> Self {
        match state.0 {
            HeldState::Held => 0,
            HeldState::Release => 1,
            HeldState::Delete => 2,
        }
    }
}

mod states {
    use super::{HeldState, WireState};
    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(
        states: &[HeldState],
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(states.iter().copied().map(WireState))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Vec<HeldState>, D::Error> {
        let states = Vec::<WireState>::deserialize(deserializer)?;
        Ok(states.into_iter().map(|WireState(state)| state).collect())
    }
}

mod counter_text {
    use serde::{Deserialize, Deserializer, Serializer};

    #[expect(
        clippy::trivially_copy_pass_by_ref,
        reason = "serde asks for a reference"
    )]
    pub(super) fn serialize<S: Serializer>(
        counter: &u64,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.collect_str(counter)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(|_| {
            serde::de::Error::custom("a counter is a whole number below 2^64, as text")
        })
    }
}

#[cfg(feature = "openapi")]
mod schema {
    use utoipa::openapi::schema::{ArrayBuilder, ArrayItems, Object, OneOfBuilder, Type};
    use utoipa::openapi::{RefOr, Schema};

    impl utoipa::PartialSchema for super::HeldRow {
        fn schema() -> RefOr<Schema> {
            let cell = OneOfBuilder::new()
                .item(Object::with_type(Type::String))
                .item(Object::with_type(Type::Integer));
            ArrayBuilder::new()
                .items(ArrayItems::RefOrSchema(Box::new(RefOr::T(cell.into()))))
                .min_items(Some(5))
                .max_items(Some(5))
                .description(Some(
                    "[target EUI-64, counter as text, position in srvs, milliseconds after since, \
                     state: 0 held, 1 release, 2 delete]",
                ))
                .examples([serde_json::json!([
                    "00-DB-12-34-56-78-90-A0",
                    "1000",
                    0,
                    1500,
                    0
                ])])
                .into()
        }
    }

    impl utoipa::ToSchema for super::HeldRow {
        fn name() -> std::borrow::Cow<'static, str> {
            std::borrow::Cow::Borrowed("HeldRow")
        }
    }
}
