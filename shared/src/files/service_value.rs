//! A Service Reference Variant as a value, and whether it is one that thresholds are set for.

use super::damage;
use crate::finding::{Defect, ServiceDefect};
use crate::identifiers::{Srv, SrvError, SrvOrAll};
use crate::services::{Service, ServiceTable};

/// What is wrong with a value, and the service that it was meant to be where that can be told.
pub(super) type NoService = (Defect, Option<Srv>);

/// A service.
pub(super) fn service(value: &[u8]) -> Result<Srv, NoService> {
    parse_as(value, Srv::parse, false)
}

/// A service, or `ALL`.
pub(super) fn service_or_all(value: &[u8]) -> Result<SrvOrAll, NoService> {
    parse_as(value, SrvOrAll::parse, true)
}

fn parse_as<T>(
    value: &[u8],
    parse: fn(&str) -> Result<T, SrvError>,
    or_all: bool,
) -> Result<T, NoService> {
    let text = std::str::from_utf8(value).unwrap_or_default();
    parse(text).map_err(|_| match damage::of_value(value) {
        Some(defect) => (defect.into(), Srv::parse(stripped(text)).ok()),
        None => match damage::service_from_date(text) {
            Some(date) => (ServiceDefect::BecameDate(date.meant).into(), date.meant),
            None => (ServiceDefect::Form { or_all }.into(), None),
        },
    })
}

/// What a value is without the signs that came along with it.
fn stripped(text: &str) -> &str {
    text.trim_matches(|character: char| !character.is_ascii_digit())
}

/// The service of the table; where there is none, the one that has lost its last zero.
pub(super) fn known_service(srv: Srv) -> Result<&'static Service, ServiceDefect> {
    ServiceTable::standard()
        .get(&srv)
        .ok_or_else(|| match damage::with_last_zero(srv) {
            Some(meant) => ServiceDefect::TrailingZeroLost {
                written: srv,
                meant,
            },
            None => ServiceDefect::Unknown(srv),
        })
}

/// Thresholds are set for critical services, and for those that the profile allows beside them.
pub(super) fn critical_or_allowed(service: &Service, allowed: &[Srv]) -> Result<(), ServiceDefect> {
    if service.critical || allowed.contains(&service.srv) {
        Ok(())
    } else {
        Err(ServiceDefect::NonCritical(
            service.srv,
            service.name.clone(),
        ))
    }
}
