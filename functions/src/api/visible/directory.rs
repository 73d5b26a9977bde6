use sluice_shared::{
    api::PersonRef,
    directory::Organisation,
    identifiers::{OrganisationId, PersonId},
};

use super::{Visible, VisibleTo};
use crate::error::ApiError;

impl VisibleTo<'_> {
    /// The caller's own organisation.
    pub(crate) async fn own_organisation(&self) -> Result<Organisation, ApiError> {
        let id = self.asker.organisation();
        let organisation = self.backend.directory.organisation(id).await?;
        organisation
            .ok_or_else(|| ApiError::Internal(format!("the directory has no organisation {id}")))
    }

    /// The organisations that the caller sees: for DCC staff all.
    pub(crate) async fn organisations(&self) -> Result<Vec<Visible<Organisation>>, ApiError> {
        let organisations = if self.asker.is_dcc() {
            self.backend.directory.organisations().await?
        } else {
            let id = self.asker.organisation();
            let own = self.backend.directory.organisation(id).await?;
            own.into_iter().collect()
        };
        Ok(organisations.into_iter().map(Visible).collect())
    }

    /// The name of an organisation that the caller sees; its id if it has none, or none that the caller may know.
    pub(crate) async fn organisation_name(&self, id: &OrganisationId) -> Result<String, ApiError> {
        if !self.asker.sees(id) {
            return Ok(id.to_string());
        }
        let organisation = self.backend.directory.organisation(id).await?;
        Ok(organisation.map_or_else(|| id.to_string(), |organisation| organisation.name))
    }

    /// How somebody is named who stands in a record that the caller sees: whoever is registered no longer, by their id. A reviewer
    /// is of another organisation than the sender, and is named to it all the same.
    pub(crate) async fn person_named(&self, id: &PersonId) -> Result<PersonRef, ApiError> {
        let named = self.backend.people.person_named(id).await?;
        Ok(named.unwrap_or_else(|| PersonRef {
            id: id.clone(),
            name: id.to_string(),
        }))
    }
}
