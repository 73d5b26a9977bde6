use sluice_shared::{
    api,
    directory::Organisation,
    files::UserId,
    identifiers::Eui64,
    thresholds::{HistoryEntry, UserThresholds},
};

use super::{Visible, VisibleTo};
use crate::{
    error::{ApiError, Refusal},
    stores::{HistoryPlace, StoreError},
};

/// A User ID and whose it is.
#[derive(Debug, Clone)]
pub(crate) struct VisibleUser {
    organisation: Organisation,
    user_id: UserId,
}

impl VisibleUser {
    pub(crate) fn organisation(&self) -> &Organisation {
        &self.organisation
    }

    pub(crate) fn user_id(&self) -> &UserId {
        &self.user_id
    }
}

impl VisibleTo<'_> {
    /// A User ID.
    pub(crate) async fn user(&self, id: Eui64) -> Result<VisibleUser, ApiError> {
        let user = self.known_user(id).await?;
        user.ok_or_else(|| Refusal::NotFound("User ID").into())
    }

    /// A User ID; `None` where there is none that the caller may see.
    pub(super) async fn known_user(&self, id: Eui64) -> Result<Option<VisibleUser>, StoreError> {
        let directory = &self.backend.directory;
        let Some(owner) = self.owner(directory.owner_of(id)).await? else {
            return Ok(None);
        };
        let organisation = directory.organisation(&owner).await?;
        if organisation.is_some() {
            self.noted.organisation(&owner);
        }
        Ok(organisation.and_then(|organisation| {
            let user_id = organisation.user_id(id)?.clone();
            Some(VisibleUser {
                organisation,
                user_id,
            })
        }))
    }

    /// All User IDs of the organisations that the caller sees.
    pub(crate) async fn users(&self) -> Result<Vec<VisibleUser>, ApiError> {
        let mut users = Vec::new();
        for organisation in self.organisations().await? {
            let Visible(organisation) = organisation;
            users.extend(organisation.user_ids.iter().map(|user_id| VisibleUser {
                organisation: organisation.clone(),
                user_id: user_id.clone(),
            }));
        }
        Ok(users)
    }

    /// What is in force, or to be in force, for a User ID.
    pub(crate) async fn thresholds(
        &self,
        user: &VisibleUser,
    ) -> Result<Option<UserThresholds>, ApiError> {
        self.noted.organisation(&user.organisation.id);
        let current = self
            .backend
            .thresholds
            .current(&user.organisation.id, user.user_id.id)
            .await?;
        Ok(current.map(|current| current.thresholds))
    }

    /// Accepted statements of a User ID, newest first, and where they go on.
    pub(crate) async fn threshold_history(
        &self,
        user: &VisibleUser,
        limit: i32,
        cursor: Option<&api::Cursor>,
    ) -> Result<(Vec<HistoryEntry>, Option<HistoryPlace>), ApiError> {
        let place = cursor.map(|cursor| HistoryPlace::decode(cursor).ok_or(Refusal::ForeignCursor));
        let place = place.transpose()?;
        let thresholds = &self.backend.thresholds;
        let owner = &user.organisation.id;
        let history = thresholds.history(owner, user.user_id.id, limit, place.as_ref());
        Ok(history.await?)
    }
}
