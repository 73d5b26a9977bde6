//! What an answer is about, as it is put together: whose data it showed, and which things. The way from a route to a record
//! ([`super::visible`]) notes it, and what is recorded of the request goes by it.
use std::{
    collections::BTreeSet,
    sync::{Mutex, PoisonError},
};

use sluice_shared::{activity::About, identifiers::OrganisationId};

/// Notes of one request.
#[derive(Debug, Default)]
pub(super) struct Noted(Mutex<Notes>);

/// What was noted.
#[derive(Debug, Clone, Default)]
pub(super) struct Notes {
    pub(super) organisations: BTreeSet<OrganisationId>,
    pub(super) about: BTreeSet<About>,
}

impl Noted {
    /// Something of this organisation's was shown or asked for.
    pub(super) fn organisation(&self, organisation: &OrganisationId) {
        self.with(|notes| notes.organisations.insert(organisation.clone()));
    }

    /// It was about this.
    pub(super) fn about(&self, about: About) {
        self.with(|notes| notes.about.insert(about));
    }

    /// All notes until now.
    pub(super) fn notes(&self) -> Notes {
        self.with(|notes| notes.clone())
    }

    fn with<T>(&self, what: impl FnOnce(&mut Notes) -> T) -> T {
        what(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
