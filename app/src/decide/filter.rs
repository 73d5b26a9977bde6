//! Which rows are shown, in which order. Both live in the page's address.

use sluice_shared::identifiers::Srv;
use sluice_shared::instant::UtcTime;
use sluice_shared::quarantine::HeldState;

use super::{Choice, Choices, Communication, HeldTable};

/// Which choices are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StateFilter {
    /// All rows, also those decided earlier.
    #[default]
    All,
    /// Still to be decided.
    Held,
    Release,
    Delete,
    /// In a submission that is not settled.
    Sent,
    /// Decided by an earlier file.
    Settled,
}

impl StateFilter {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 6] = [
        Self::All,
        Self::Held,
        Self::Release,
        Self::Delete,
        Self::Sent,
        Self::Settled,
    ];

    /// The form in addresses; empty for all.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::All => "",
            Self::Held => "held",
            Self::Release => "release",
            Self::Delete => "delete",
            Self::Sent => "sent",
            Self::Settled => "settled",
        }
    }

    pub const fn in_words(self) -> &'static str {
        match self {
            Self::All => "All",
            Self::Held => "Held, nothing chosen",
            Self::Release => "Chosen: release",
            Self::Delete => "Chosen: delete",
            Self::Sent => "Sent, in progress",
            Self::Settled => "Decided earlier",
        }
    }

    /// Reads the form in addresses; anything unknown shows all.
    pub fn parse(text: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|state| state.as_str() == text)
            .unwrap_or_default()
    }

    fn shows(self, state: HeldState, is_sent: bool, choice: Choice) -> bool {
        match self {
            Self::All => true,
            Self::Held => state == HeldState::Held && !is_sent && choice == Choice::Hold,
            Self::Sent => is_sent,
            Self::Release => choice == Choice::Release,
            Self::Delete => choice == Choice::Delete,
            Self::Settled => state != HeldState::Held,
        }
    }
}

/// What rows must be like to be shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    pub srv: Option<Srv>,
    /// Only devices whose identifier contains these hex digits (upper case, no hyphens).
    pub device: String,
    /// Only those held since this instant or later.
    pub from: Option<UtcTime>,
    /// Only those held before this instant.
    pub to: Option<UtcTime>,
    pub state: StateFilter,
}

impl Filter {
    /// Hex digits of what somebody typed for a device: hyphens, spaces and case do not matter.
    /// Of a whole Request ID, those of its device.
    pub fn device_digits(text: &str) -> String {
        let device = text.split(':').nth(1).unwrap_or(text);
        device
            .chars()
            .filter(char::is_ascii_hexdigit)
            .map(|digit| digit.to_ascii_uppercase())
            .collect()
    }

    /// Whether every row is shown.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The places of the rows shown, in the order of the table.
    pub fn rows(&self, table: &HeldTable, choices: &Choices) -> Vec<u32> {
        (0..table.len())
            .filter(|row| {
                let is_sent = table.sent().get(*row).is_some();
                self.state
                    .shows(table.state(*row), is_sent, choices.get(*row))
                    && self.fits(&table.get(*row))
            })
            .filter_map(|row| u32::try_from(row).ok())
            .collect()
    }

    fn fits(&self, row: &Communication) -> bool {
        self.srv.is_none_or(|srv| srv == row.srv)
            && self.from.is_none_or(|from| row.quarantined_at >= from)
            && self.to.is_none_or(|to| row.quarantined_at < to)
            && (self.device.is_empty()
                || format!("{:016X}", row.request.target.value()).contains(&self.device))
    }
}

/// A column that rows can be sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SortBy {
    /// The service's own order.
    #[default]
    Place,
    /// The device, then the counter.
    Device,
    Srv,
    /// Since when it is held.
    Time,
    Choice,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sort {
    pub by: SortBy,
    /// The highest first.
    pub descending: bool,
}

impl Sort {
    const NAMES: [(SortBy, &'static str); 4] = [
        (SortBy::Device, "device"),
        (SortBy::Srv, "srv"),
        (SortBy::Time, "time"),
        (SortBy::Choice, "choice"),
    ];

    /// Reads the form in addresses: `time`, or `-time` for the highest first. Anything unknown is the service's order.
    pub fn parse(text: &str) -> Self {
        let (name, descending) = text
            .strip_prefix('-')
            .map_or((text, false), |name| (name, true));
        let by = Self::NAMES.into_iter().find(|(_, known)| *known == name);
        by.map_or_else(Self::default, |(by, _)| Self { by, descending })
    }

    /// The form in addresses.
    pub fn to_text(self) -> String {
        let name = Self::NAMES
            .into_iter()
            .find(|(by, _)| *by == self.by)
            .map_or("", |(_, name)| name);
        format!("{}{name}", if self.descending { "-" } else { "" })
    }

    /// What a press on a column's heading leads to: up, down, the service's order.
    #[must_use]
    pub fn pressed(self, by: SortBy) -> Self {
        match self {
            Self {
                by: now,
                descending: false,
            } if now == by => Self {
                by,
                descending: true,
            },
            Self {
                by: now,
                descending: true,
            } if now == by => Self::default(),
            _ => Self {
                by,
                descending: false,
            },
        }
    }

    /// Sorts rows; those that are equal keep the service's order.
    pub fn sort(self, rows: &mut [u32], table: &HeldTable, choices: &Choices) {
        let of = |row: &u32| table.get(*row as usize);
        // Turned round before and after, so that equal rows keep the service's order downwards too.
        if self.descending {
            rows.reverse();
        }
        match self.by {
            SortBy::Place => {}
            SortBy::Device => rows.sort_by_cached_key(|row| {
                let request = of(row).request;
                (request.target, request.counter)
            }),
            SortBy::Srv => rows.sort_by_cached_key(|row| of(row).srv),
            SortBy::Time => rows.sort_by_cached_key(|row| of(row).quarantined_at),
            SortBy::Choice => {
                let state = |row: usize| (table.state(row), table.sent().get(row));
                rows.sort_by_key(|row| (state(*row as usize), choices.get(*row as usize)));
            }
        }
        if self.descending {
            rows.reverse();
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use sluice_shared::identifiers::RequestId;
    use sluice_shared::quarantine::HeldCommunication;

    use super::*;

    fn table() -> HeldTable {
        let mut table = HeldTable::default();
        for (device, srv, minute) in [
            ("00-DB-12-34-56-78-90-A0", "7.10", 3),
            ("00-DB-12-34-56-78-90-B1", "7.2", 5),
        ] {
            let request =
                RequestId::parse(&format!("90-B3-D5-1F-30-01-00-00:{device}:1000")).unwrap();
            let quarantined_at = UtcTime::parse(&format!("2026-11-03T14:0{minute}:00Z")).unwrap();
            let held = HeldCommunication {
                request,
                srv: Srv::parse(srv).unwrap(),
                quarantined_at,
            };
            table.push(&held, HeldState::Held);
        }
        table
    }

    #[test]
    fn a_device_is_found_however_it_is_typed() {
        let filter = Filter {
            device: Filter::device_digits("78-90-b1"),
            ..Filter::default()
        };
        assert_eq!(filter.rows(&table(), &Choices::none(2)), [1]);
        assert_eq!(
            Filter::device_digits("90-B3-D5-1F-30-01-00-00:00-DB-12-34-56-78-90-B1:1000"),
            "00DB1234567890B1"
        );
    }

    #[test]
    fn a_time_is_from_inclusive_to_exclusive() {
        let at = |minute| UtcTime::parse(&format!("2026-11-03T14:0{minute}:00Z")).ok();
        let rows = |from, to| {
            Filter {
                from,
                to,
                ..Filter::default()
            }
            .rows(&table(), &Choices::none(2))
        };
        assert_eq!(rows(at(3), at(5)), [0]);
        assert_eq!(rows(at(5), None), [1]);
    }

    #[test]
    fn services_sort_by_their_parts() {
        let (table, choices) = (table(), Choices::none(2));
        let mut rows = vec![0, 1];
        Sort::parse("srv").sort(&mut rows, &table, &choices);
        assert_eq!(rows, [1, 0]);
        Sort::parse("-srv").sort(&mut rows, &table, &choices);
        assert_eq!(rows, [0, 1]);
    }

    #[test]
    fn a_choice_moves_a_row_from_one_state_to_another() {
        let table = table();
        let mut choices = Choices::none(2);
        choices.choose([0], Choice::Delete);
        let rows = |text| {
            Filter {
                state: StateFilter::parse(text),
                ..Filter::default()
            }
            .rows(&table, &choices)
        };
        assert_eq!(
            (rows("held"), rows("delete"), rows("release")),
            (vec![1], vec![0], vec![])
        );
    }
}
