//! The rows of an ADT file, one by one and beside each other.

use super::adt_statement::{Conflict, RowsSoFar};
use super::adt_values::{self as values, Instants};
use super::columns::AdtColumn;
use super::fields::Fields;
use super::instant_value::instant_or_empty;
use super::lost_zero::MaybeLostZero;
use super::row_check::RowCheck;
use super::service_value::{critical_or_allowed, known_service, service_or_all};
use super::{AdtRow, Sender, UserId, damage};
use crate::finding::{AdtDefect, Defect, Findings, Place, ServiceDefect};
use crate::identifiers::{Eui64, ExchangedFile, Srv, SrvOrAll};
use crate::instant::UtcTime;
use crate::profile::AdtRules;
use crate::services::ServiceTable;

/// Checks the rows of an ADT file.
#[derive(Debug)]
pub(super) struct AdtCheck {
    sender: Sender,
    now: UtcTime,
    rules: AdtRules,
    rows: Vec<AdtRow>,
    statement: RowsSoFar,
    /// Rows whose service is another one with a zero at its end.
    suspects: Vec<MaybeLostZero>,
    /// Without these columns nobody can say which services are missing.
    has_services: bool,
    told_too_many: bool,
}

/// A cell: where it is, and what it holds.
struct Cell<'a> {
    place: Place<'a>,
    bytes: &'a [u8],
}

impl AdtCheck {
    pub(super) fn new(rules: &AdtRules, sender: &Sender, now: UtcTime) -> Self {
        Self {
            sender: sender.clone(),
            now,
            rules: rules.clone(),
            rows: Vec::new(),
            statement: RowsSoFar::default(),
            suspects: Vec::new(),
            has_services: true,
            told_too_many: false,
        }
    }

    /// Reports what only the whole file shows, and hands out the rows, and those of them that may have lost a zero.
    pub(super) fn finish(mut self, findings: &mut Findings) -> (Vec<AdtRow>, Vec<MaybeLostZero>) {
        if self.rules.require_every_critical_service && self.has_services {
            self.report_missing_services(findings);
        }
        let (statement, sender) = (&self.statement, &self.sender);
        self.suspects.retain(|row| {
            if row.duplicate {
                let user_id = sender.user_id(row.user_id);
                user_id.is_some_and(|user_id| sendable(row.meant, user_id))
            } else {
                !statement.names(row.user_id, row.meant)
            }
        });
        (self.rows, self.suspects)
    }

    fn report_missing_services(&self, findings: &mut Findings) {
        for user_id in self
            .statement
            .user_ids()
            .filter_map(|id| self.sender.user_id(id))
        {
            for service in ServiceTable::standard().required_for(&user_id.roles) {
                if !self.statement.has_standing(user_id.id, service.srv) {
                    let place = Place::file().column(AdtColumn::Service.name());
                    let name = service.name.clone();
                    let missing = AdtDefect::MissingService {
                        user_id: user_id.id,
                        srv: service.srv,
                        name,
                    };
                    findings.add(place.value(service.srv.as_str()), missing);
                }
            }
        }
    }

    fn user_id(&mut self, cell: &Cell<'_>, findings: &mut Findings) -> Option<Eui64> {
        let id = match Eui64::parse_bytes(cell.bytes) {
            Ok(id) => id,
            Err(error) => {
                findings.add(cell.place, damage::of_eui64(cell.bytes, error));
                return None;
            }
        };
        if self.sender.user_id(id).is_none() {
            findings.add(cell.place, AdtDefect::ForeignUserId(id));
            return None;
        }
        self.statement.name(id);
        if self.statement.user_ids().count() > self.rules.max_user_ids && !self.told_too_many {
            self.told_too_many = true;
            findings.add(
                cell.place,
                AdtDefect::TooManyUserIds(self.rules.max_user_ids),
            );
        }
        Some(id)
    }

    /// The service of a row, and whether the row may count: a damaged service still shows which one was meant.
    fn service(
        &mut self,
        cell: &Cell<'_>,
        user: Option<Eui64>,
        findings: &mut Findings,
    ) -> Option<(SrvOrAll, bool)> {
        let service = match service_or_all(cell.bytes) {
            Ok(service) => service,
            Err((defect, meant)) => {
                findings.add(cell.place, defect);
                return meant.map(|srv| (SrvOrAll::One(srv), false));
            }
        };
        let Some(srv) = service.srv() else {
            return Some((service, true));
        };
        let user_id = user.and_then(|id| self.sender.user_id(id));
        match self.permission(srv, user_id) {
            Ok(()) => Some((service, true)),
            Err(defect) => {
                let meant = match defect {
                    Defect::Service(ServiceDefect::TrailingZeroLost { meant, .. }) => meant,
                    _ => srv,
                };
                findings.add(cell.place, defect);
                Some((SrvOrAll::One(meant), false))
            }
        }
    }

    /// Whether a User ID may have a threshold for a service.
    fn permission(&self, srv: Srv, user_id: Option<&UserId>) -> Result<(), Defect> {
        let service = known_service(srv)?;
        if let Some(user_id) = user_id.filter(|user_id| !service.sendable_by(&user_id.roles)) {
            let longer = damage::with_last_zero(srv);
            if let Some(meant) = longer.filter(|longer| sendable(*longer, user_id)) {
                let written = srv;
                return Err(ServiceDefect::TrailingZeroLost { written, meant }.into());
            }
            let name = service.name.clone();
            let roles = user_id.roles.clone();
            return Err(AdtDefect::RoleMayNotSend { srv, name, roles }.into());
        }
        Ok(critical_or_allowed(
            service,
            &self.rules.allowed_non_critical,
        )?)
    }

    /// Notes a row in the statement; reports one that is there already.
    fn note(
        &mut self,
        row: &AdtRow,
        service: Place<'_>,
        from: Place<'_>,
        findings: &mut Findings,
    ) -> bool {
        let longer = row
            .srv
            .srv()
            .and_then(|srv| Some((srv, damage::with_last_zero(srv)?)));
        let may_be_longer = longer.filter(|(_, meant)| {
            let user_id = self.sender.user_id(row.user_id);
            self.rules.allowed_non_critical.contains(meant)
                && user_id.is_some_and(|user_id| sendable(*meant, user_id))
        });
        let conflict = self.statement.add(row, self.now);
        let duplicate = matches!(conflict, Some(Conflict::Standing(_)));
        if let Some((written, meant)) = longer
            && (conflict.is_none() || duplicate && may_be_longer.is_none())
        {
            let (line, user_id) = (row.line, row.user_id);
            self.suspects.push(MaybeLostZero {
                line,
                user_id,
                written,
                meant,
                duplicate,
            });
        }
        match (conflict, may_be_longer) {
            (None, _) => return true,
            (Some(Conflict::Standing(_)), Some((written, meant))) => {
                findings.add(service, ServiceDefect::TrailingZeroLost { written, meant });
            }
            (Some(Conflict::Standing(first)), None) => {
                let (user_id, srv, period) = (row.user_id, row.srv, row.period);
                findings.add(
                    service,
                    AdtDefect::Duplicate {
                        user_id,
                        srv,
                        period,
                        first,
                    },
                );
            }
            (Some(Conflict::Exception(first)), _) => {
                findings.add(from, AdtDefect::OverlappingExceptions(first));
            }
        }
        false
    }
}

fn sendable(srv: Srv, user_id: &UserId) -> bool {
    ServiceTable::standard()
        .get(&srv)
        .is_some_and(|service| service.sendable_by(&user_id.roles))
}

/// What a cell says, or `None` after reporting what is wrong with it.
fn read_value<T, D: Into<Defect>>(
    cell: Option<&Cell<'_>>,
    parse: impl Fn(&[u8]) -> Result<T, D>,
    findings: &mut Findings,
) -> Option<T> {
    let cell = cell?;
    parse(cell.bytes)
        .map_err(|defect| findings.add(cell.place, defect))
        .ok()
}

impl RowCheck for AdtCheck {
    const FILE: ExchangedFile = ExchangedFile::Adt;
    const LONGEST_USUAL_ROW: usize = 0;

    fn looks_like_row(fields: &Fields<'_>) -> bool {
        let is =
            |column: AdtColumn, fits: fn(&[u8]) -> bool| fields.at(column.into()).is_some_and(fits);
        is(AdtColumn::UserId, |value| Eui64::parse_bytes(value).is_ok())
            || is(AdtColumn::Period, |value| values::period(value).is_ok())
            || is(AdtColumn::Service, |value| service_or_all(value).is_ok())
    }

    fn usual_row(&mut self, _: u64, _: &[u8], _: &mut Findings) -> Option<usize> {
        None
    }

    fn is_shifted(fields: &Fields<'_>) -> bool {
        let is_number = |column: AdtColumn| {
            let value = fields.get(column).unwrap_or_default();
            !value.is_empty() && value.iter().all(u8::is_ascii_digit)
        };
        is_number(AdtColumn::Period) || is_number(AdtColumn::From) || is_number(AdtColumn::To)
    }

    fn row(&mut self, line: u64, fields: &Fields<'_>, findings: &mut Findings) {
        let cell = |column: AdtColumn| {
            let bytes = fields.get(column)?;
            Some(Cell {
                place: Place::line(line).column(column.name()).bytes(bytes),
                bytes,
            })
        };
        let faults = findings.errors;
        let limit = self.rules.max_threshold;
        self.has_services &=
            cell(AdtColumn::UserId).is_some() && cell(AdtColumn::Service).is_some();
        let user_id = cell(AdtColumn::UserId).and_then(|cell| self.user_id(&cell, findings));
        let service =
            cell(AdtColumn::Service).and_then(|cell| self.service(&cell, user_id, findings));
        let period = read_value(cell(AdtColumn::Period).as_ref(), values::period, findings);
        let warning = read_value(
            cell(AdtColumn::Warning).as_ref(),
            |bytes| values::threshold(bytes, limit),
            findings,
        );
        let quarantine = read_value(
            cell(AdtColumn::Quarantine).as_ref(),
            |bytes| values::threshold(bytes, limit),
            findings,
        );
        if let (Some(warning), Some(quarantine), Some(cell)) =
            (warning, quarantine, cell(AdtColumn::Warning))
            && warning > quarantine
        {
            findings.add(
                cell.place,
                AdtDefect::WarningAboveQuarantine {
                    warning,
                    quarantine,
                },
            );
        }
        let from = read_value(cell(AdtColumn::From).as_ref(), instant_or_empty, findings);
        let to = read_value(cell(AdtColumn::To).as_ref(), instant_or_empty, findings);
        let instants = Instants {
            from: from.flatten(),
            to: to.flatten(),
        };
        if let Some((side, defect)) = instants.defect(self.now)
            && let Some(cell) = cell(if side == values::Side::From {
                AdtColumn::From
            } else {
                AdtColumn::To
            })
        {
            findings.add(cell.place, defect);
        }
        let standing = cell(AdtColumn::To).is_none_or(|cell| cell.bytes.is_empty());
        if let (Some(user_id), Some((SrvOrAll::One(srv), _))) = (user_id, service) {
            // Whoever wrote an end for "no end" meant a standing row.
            let meant_standing = standing || instants.never_end(self.now);
            self.statement.see(user_id, srv, meant_standing);
        }
        let (Some(user_id), Some((srv, true)), Some(period)) = (user_id, service, period) else {
            return;
        };
        // Without these columns nobody knows which rows are exceptions, and of when.
        if cell(AdtColumn::From).is_none() || cell(AdtColumn::To).is_none() {
            return;
        }
        // With an end that cannot be read nobody knows whether the row is an exception.
        if standing == instants.to.is_some() || instants.defect(self.now).is_some() {
            return;
        }
        let (warning, quarantine) = (warning.unwrap_or(0), quarantine.unwrap_or(0));
        let row = AdtRow {
            line,
            user_id,
            srv,
            period,
            warning,
            quarantine,
            from: instants.from,
            to: instants.to,
        };
        let place = |column| cell(column).map_or(Place::line(line), |cell| cell.place);
        let noted = self.note(
            &row,
            place(AdtColumn::Service),
            place(AdtColumn::From),
            findings,
        );
        if noted
            && findings.errors == faults
            && cell(AdtColumn::Warning).is_some()
            && cell(AdtColumn::Quarantine).is_some()
        {
            self.rows.push(row);
        }
    }
}
