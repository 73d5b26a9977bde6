//! The services of the smart metering system: which exist, which are critical, and which roles may send them.
//!
//! The table is data (`data/service_reference_variants.csv`), since it has had official corrections.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::identifiers::{Srv, UserRole};

static STANDARD: LazyLock<ServiceTable> = LazyLock::new(|| {
    ServiceTable::parse(include_str!("../data/service_reference_variants.csv"))
        .expect("a test reads the same text")
});

/// One service, by its Service Reference Variant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
    /// Its Service Reference Variant.
    pub srv: Srv,
    /// Its name in the service catalogue.
    pub name: String,
    /// Whether it can affect supply: every User ID that may send it needs thresholds for it.
    pub critical: bool,
    /// The roles that may send it; none when no User may.
    pub roles: Vec<UserRole>,
}

impl Service {
    /// Whether one of these roles may send it.
    pub fn sendable_by(&self, roles: &[UserRole]) -> bool {
        self.roles.iter().any(|role| roles.contains(role))
    }
}

/// All services, sorted by Service Reference Variant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceTable(BTreeMap<Srv, Service>);

/// A line of the table that cannot be read, by its number from 1.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line} of the service table: {what}")]
pub struct ServiceTableError {
    line: usize,
    what: String,
}

impl ServiceTable {
    /// The table that is compiled in.
    pub fn standard() -> &'static Self {
        &STANDARD
    }

    /// Reads `srv,name,critical,eligible_roles` lines under a header; no field has a comma or quotes.
    pub fn parse(text: &str) -> Result<Self, ServiceTableError> {
        let mut services = BTreeMap::new();
        for (line, text) in text.lines().enumerate().skip(1) {
            let fail = |what: String| ServiceTableError {
                line: line + 1,
                what,
            };
            let service = service(text).map_err(fail)?;
            if let Some(twice) = services.insert(service.srv, service) {
                return Err(fail(format!("{} stands there twice", twice.srv)));
            }
        }
        Ok(Self(services))
    }

    /// The service with this Service Reference Variant.
    pub fn get(&self, srv: &Srv) -> Option<&Service> {
        self.0.get(srv)
    }

    /// All services in order.
    pub fn iter(&self) -> impl Iterator<Item = &Service> {
        self.0.values()
    }

    /// The services for which a User ID with these roles needs thresholds: the critical ones that it may send, in order.
    pub fn required_for(&self, roles: &[UserRole]) -> Vec<&Service> {
        self.iter()
            .filter(|service| service.critical && service.sendable_by(roles))
            .collect()
    }
}

fn service(line: &str) -> Result<Service, String> {
    let [srv, name, critical, roles] = line.split(',').collect::<Vec<_>>()[..] else {
        return Err("does not have four fields".to_owned());
    };
    Ok(Service {
        srv: Srv::parse(srv).map_err(|error| format!("{srv:?} {error}"))?,
        name: name.to_owned(),
        critical: match critical {
            "yes" => true,
            "no" => false,
            other => return Err(format!("{other:?} is not yes or no")),
        },
        roles: roles
            .split_whitespace()
            .map(|role| UserRole::parse(role).map_err(|error| format!("{role:?} {error}")))
            .collect::<Result<_, _>>()?,
    })
}
