use sluice_shared::{activity::ActivityFilter, api, identifiers::OrganisationId};

use super::VisibleTo;
use crate::{
    error::{ApiError, Refusal},
    stores::{ActivityPage, ActivityPlace},
};

impl VisibleTo<'_> {
    /// Who did what in an organisation that the caller sees, newest first; in the caller's own, if none is named.
    pub(crate) async fn activity(
        &self,
        organisation: Option<&OrganisationId>,
        filter: &ActivityFilter,
        most: usize,
        cursor: Option<&api::Cursor>,
    ) -> Result<ActivityPage, ApiError> {
        let organisation = organisation.unwrap_or(self.asker.organisation());
        if !self.asker.sees(organisation) {
            return Err(Refusal::NotFound("organisation").into());
        }
        self.noted.organisation(organisation);
        let place =
            cursor.map(|cursor| ActivityPlace::decode(cursor).ok_or(Refusal::ForeignCursor));
        let place = place.transpose()?;
        let activity = &self.backend.activity;
        Ok(activity.page(organisation, filter, most, place).await?)
    }
}
