//! The services that a file names which thresholds are set for, each looked up once.

use super::service_value::{critical_or_allowed, known_service, service};
use crate::finding::Defect;
use crate::identifiers::Srv;

/// Services that may be named.
#[derive(Debug)]
pub(super) struct CountedServices {
    /// Those that may be although they are not critical.
    allowed: Vec<Srv>,
    /// Those that were named already: a file has few.
    named: Vec<Srv>,
}

impl CountedServices {
    pub(super) fn new(allowed: &[Srv]) -> Self {
        Self {
            allowed: allowed.to_vec(),
            named: Vec::new(),
        }
    }

    /// A service, or what is wrong with it.
    pub(super) fn parse(&mut self, value: &[u8]) -> Result<Srv, Defect> {
        if let Some(srv) = self.named(value) {
            return Ok(srv);
        }
        let srv = service(value).map_err(|(defect, _)| defect)?;
        critical_or_allowed(known_service(srv)?, &self.allowed)?;
        self.named.push(srv);
        Ok(srv)
    }

    /// The service with this text, if it was named before.
    pub(super) fn named(&self, value: &[u8]) -> Option<Srv> {
        let mut named = self.named.iter().copied();
        named.find(|srv| srv.as_str().as_bytes() == value)
    }
}
