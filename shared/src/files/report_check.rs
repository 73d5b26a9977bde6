//! The rows of a Report File, one by one and beside each other.

use time::Duration;

use super::columns::ReportColumn;
use super::communication_row::CommunicationRow as _;
use super::communication_values::{event_ref, event_ref_warning, request_id, request_id_warning};
use super::communications_once::CommunicationsOnce;
use super::counted_services::CountedServices;
use super::fields::Fields;
use super::instant_value::instant;
use super::report_events::FirstRows;
use super::report_usual::UsualReportRows;
use super::row_check::RowCheck;
use super::{ReportRow, ReportRows, damage};
use crate::finding::{Defect, Findings, Place, ReportDefect};
use crate::identifiers::{Eui64, ExchangedFile, QuarantineEventRef, RequestId};
use crate::instant::UtcTime;
use crate::profile::Profile;
use crate::quarantine::Breach;

/// Checks the rows of a Report File.
#[derive(Debug)]
pub(super) struct ReportRowCheck {
    received_at: UtcTime,
    /// How far clocks may differ: as far as a signing time may lie ahead.
    ahead_minutes: u32,
    services: CountedServices,
    rows: CommunicationsOnce<ReportRow>,
    first_rows: FirstRows,
    usual: UsualReportRows,
    last_event: Option<QuarantineEventRef>,
}

/// What is wrong with the values of a row.
type Found = Vec<(ReportColumn, Defect)>;

impl ReportRowCheck {
    pub(super) fn new(profile: &Profile, received_at: UtcTime) -> Self {
        Self {
            received_at,
            ahead_minutes: profile.signing.max_ahead_minutes,
            services: CountedServices::new(&profile.adt.allowed_non_critical),
            rows: CommunicationsOnce::new(ReportColumn::Request.name()),
            first_rows: FirstRows::default(),
            usual: UsualReportRows::default(),
            last_event: None,
        }
    }

    /// Makes room for so many rows.
    pub(super) fn reserve(&mut self, rows: u64) {
        self.rows.reserve(rows);
    }

    /// The rows. Only what was settled is among them.
    pub(super) fn finish(self) -> ReportRows {
        self.rows.finish()
    }

    /// The latest time from which a communication can be held.
    fn latest(&self) -> UtcTime {
        let ahead = Duration::minutes(i64::from(self.ahead_minutes));
        self.received_at.plus(ahead)
    }

    fn quarantined_at(&self, value: &[u8]) -> Result<UtcTime, Defect> {
        let at = instant(value)?;
        if at > self.latest() {
            return Err(ReportDefect::HeldAhead {
                received_at: self.received_at,
                minutes: self.ahead_minutes,
            }
            .into());
        }
        Ok(at)
    }

    /// The row that the values say, as far as they can be read; what is wrong with them goes into `found`.
    fn parse(&mut self, line: u64, fields: &Fields<'_>, found: &mut Found) -> Option<ReportRow> {
        let event = value(fields, ReportColumn::Event, found, |value| {
            event_ref(value, self.last_event, Self::FILE)
        });
        if let Some(warning) = event.and_then(|event| event_ref_warning(event, Self::FILE)) {
            found.push((ReportColumn::Event, warning.into()));
        }
        self.last_event = event.or(self.last_event);
        let request = value(fields, ReportColumn::Request, found, |value| {
            request_id(value, Self::FILE)
        });
        if let Some(warning) = request.and_then(|request| request_id_warning(request, Self::FILE)) {
            found.push((ReportColumn::Request, warning.into()));
        }
        let user_id = value(fields, ReportColumn::UserId, found, |value| {
            Eui64::parse_bytes(value).map_err(|error| damage::of_eui64(value, error).into())
        });
        let differs = user_id
            .zip(request.map(|request| request.originator))
            .filter(|(user_id, originator)| user_id != originator);
        if let Some((user_id, originator)) = differs {
            let defect = ReportDefect::NotOriginator {
                user_id,
                originator,
            };
            found.push((ReportColumn::UserId, defect.into()));
        }
        let services = &mut self.services;
        let srv = value(fields, ReportColumn::Service, found, |value| {
            services.parse(value)
        });
        let breach = value(fields, ReportColumn::Breach, found, breach);
        let quarantined_at = value(fields, ReportColumn::QuarantinedAt, found, |value| {
            self.quarantined_at(value)
        });
        user_id.filter(|_| differs.is_none())?;
        Some(ReportRow {
            line,
            event: event?,
            request: request?,
            srv: srv?,
            breach: breach?,
            quarantined_at: quarantined_at?,
        })
    }
}

impl RowCheck for ReportRowCheck {
    const FILE: ExchangedFile = ExchangedFile::Report;
    const LONGEST_USUAL_ROW: usize = UsualReportRows::LONGEST;

    fn looks_like_row(fields: &Fields<'_>) -> bool {
        let is = |column: ReportColumn, fits: fn(&[u8]) -> bool| {
            fields.at(column.into()).is_some_and(fits)
        };
        // An exit file has a Request ID in the same place, and no User ID behind it.
        let names_communication = is(ReportColumn::Request, |value| {
            RequestId::parse_bytes(value).is_ok()
        }) && is(ReportColumn::UserId, |value| {
            Eui64::parse_bytes(value).is_ok()
        });
        names_communication || is(ReportColumn::Breach, |value| breach(value).is_ok())
    }

    fn row(&mut self, line: u64, fields: &Fields<'_>, findings: &mut Findings) {
        let mut found = Found::new();
        let mut row = self.parse(line, fields, &mut found);
        let key = row.map(|row| self.rows.key(row.event, row.request));
        if let Some((parsed, key)) = row.zip(key) {
            let differences = self.first_rows.differences(&key, &parsed);
            row = row.filter(|_| differences.is_empty());
            found.extend(
                differences
                    .into_iter()
                    .map(|(column, defect)| (column, defect.into())),
            );
        }
        let is_odd = !found.is_empty();
        if is_odd {
            self.rows.settle(findings);
        }
        for (column, defect) in found {
            let place = Place::line(line).column(column.name());
            let value = fields.get(column).unwrap_or_default();
            findings.add(place.bytes(value), defect);
        }
        if let Some((row, key)) = row.zip(key) {
            if !is_odd {
                self.usual.follow(&key, &row);
            }
            let text = fields.get(ReportColumn::Request);
            self.rows.wait(key, row.details(), text, findings);
        }
    }

    fn usual_row(&mut self, line: u64, data: &[u8], findings: &mut Findings) -> Option<usize> {
        let row = self
            .usual
            .usual_row(line, data, &self.services, self.latest())?;
        self.rows.wait(row.key, row.details, None, findings);
        Some(row.length)
    }

    fn settle(&mut self, findings: &mut Findings) {
        self.rows.settle(findings);
    }
}

/// A value, or `None` after noting what is wrong with it; also where the file has no such column.
fn value<T>(
    fields: &Fields<'_>,
    column: ReportColumn,
    found: &mut Found,
    parse: impl FnOnce(&[u8]) -> Result<T, Defect>,
) -> Option<T> {
    parse(fields.get(column)?)
        .map_err(|defect| found.push((column, defect)))
        .ok()
}

fn breach(value: &[u8]) -> Result<Breach, Defect> {
    let text = std::str::from_utf8(value).unwrap_or_default();
    Breach::parse(text).map_err(|_| match damage::of_value(value) {
        Some(defect) => defect.into(),
        None => ReportDefect::UnknownBreach(breach_meant(text)).into(),
    })
}

/// The breach whose name a value is but for capitals and signs, or for what all of the names have in common.
fn breach_meant(text: &str) -> Option<&'static str> {
    let letters = |text: &str| {
        let letters = text.chars().filter(char::is_ascii_alphabetic);
        let letters: String = letters.map(|letter| letter.to_ascii_lowercase()).collect();
        let name = letters.strip_prefix("ad").unwrap_or(&letters);
        name.strip_suffix("breach").unwrap_or(name).to_owned()
    };
    let meant = letters(text);
    Breach::ALL
        .into_iter()
        .map(Breach::as_str)
        .find(|name| letters(name) == meant)
}
