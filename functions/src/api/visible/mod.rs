//! What a caller may see: the one way from a route to a record.
//!
//! A route has the [`Api`], whose stores nobody outside this module can reach; what it asks for goes through [`VisibleTo`] the
//! caller, and comes back as [`Visible`], which only this module makes. What belongs to another organisation does not exist.
mod activity;
mod budgets;
mod directory;
mod known;
mod people;
mod quarantine;
mod reviewing;
mod reviews;
mod sent_files;
mod submission_lists;
mod submissions;
mod thresholds;
mod uploads;

use std::{ops::Deref, sync::Arc};

use sluice_shared::{
    api,
    directory::{Asker, Person},
    identifiers::OrganisationId,
    instant::UtcTime,
};

pub(super) use reviews::Reviewed;
pub(super) use thresholds::VisibleUser;

use super::{auth::Caller, noted::Noted};
use crate::{
    Backend, Settings,
    error::{ApiError, Refusal},
    stores::{Cursor, List, Listed, StoreError},
};

/// The state of the routes: the backend without its stores.
#[derive(Clone)]
pub(crate) struct Api(Arc<Backend>);

/// What somebody may see and do.
#[derive(Clone, Copy)]
pub(super) struct VisibleTo<'a> {
    backend: &'a Backend,
    asker: &'a Asker,
    noted: &'a Noted,
}

/// A record that its caller may see.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Visible<T>(T);

impl<T> Deref for Visible<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> Visible<T> {
    /// The record itself, to be shown.
    pub(super) fn into_inner(self) -> T {
        self.0
    }

    /// The record with a change to come, as visible as it was.
    pub(super) fn changed(&self, change: impl FnOnce(&mut T)) -> Self
    where
        T: Clone,
    {
        let mut changed = self.0.clone();
        change(&mut changed);
        Self(changed)
    }
}

impl Api {
    pub(super) fn new(backend: Arc<Backend>) -> Self {
        Self(backend)
    }

    /// What `caller` may see.
    pub(super) fn visible_to<'a>(&'a self, caller: &'a Caller) -> VisibleTo<'a> {
        VisibleTo {
            backend: caller.tenant().unwrap_or(&self.0),
            asker: caller.asker(),
            noted: caller.noted(),
        }
    }

    pub(super) fn settings(&self) -> &Settings {
        &self.0.settings
    }

    pub(super) fn now(&self) -> UtcTime {
        self.0.now()
    }
}

impl<'a> VisibleTo<'a> {
    pub(super) fn asker(&self) -> &'a Asker {
        self.asker
    }

    /// The person who asks; no system comes by a route that needs one.
    pub(super) fn person(&self) -> Result<&'a Person, Refusal> {
        self.asker.person().ok_or(Refusal::ForPeople)
    }

    pub(super) fn settings(&self) -> &'a Settings {
        &self.backend.settings
    }

    pub(super) fn now(&self) -> UtcTime {
        self.backend.now()
    }

    /// Whose something is that the caller names: of what they may see, it is their own organisation's. DCC staff see more, and `look` says whose
    /// it is; that of Users has no right to look.
    async fn owner(
        &self,
        look: impl Future<Output = Result<Option<OrganisationId>, StoreError>>,
    ) -> Result<Option<OrganisationId>, StoreError> {
        if self.asker.is_dcc() {
            look.await
        } else {
            Ok(Some(self.asker.organisation().clone()))
        }
    }

    /// `record` if the caller may see what is `organisation`'s; `what` names it in the answer otherwise.
    fn seen<T>(
        &self,
        record: Option<T>,
        organisation: impl Fn(&T) -> &OrganisationId,
        what: &'static str,
    ) -> Result<Visible<T>, ApiError> {
        let record = record.filter(|record| self.asker.sees(organisation(record)));
        let record = record.ok_or(Refusal::NotFound(what))?;
        self.noted.organisation(organisation(&record));
        Ok(Visible(record))
    }

    /// The list of what the caller may see: of `organisation`, or of one's own if none is named; for DCC staff of all then.
    fn list(&self, organisation: Option<&OrganisationId>, listed: Listed) -> Result<List, Refusal> {
        match organisation {
            Some(organisation) if self.asker.sees(organisation) => {
                self.noted.organisation(organisation);
                Ok(List::of_organisation(organisation, listed))
            }
            Some(_) => Err(Refusal::NotFound("organisation")),
            None if self.asker.is_dcc() => Ok(List::of_all(listed)),
            None => Ok(List::of_organisation(self.asker.organisation(), listed)),
        }
    }
}

/// A place in `list`, if the request names one.
fn place(cursor: Option<&api::Cursor>, list: &List) -> Result<Option<Cursor>, Refusal> {
    cursor
        .map(|cursor| Cursor::decode(cursor, list).ok_or(Refusal::ForeignCursor))
        .transpose()
}
