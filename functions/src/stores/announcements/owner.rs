//! Whose an announced submission is, for DCC staff, who know its reference alone. No right that is given by organisation reaches it.
use sluice_shared::identifiers::{OrganisationId, SubmissionId};

use super::Announcements;
use crate::{
    schema,
    stores::{
        Partition, StoreError,
        item::{read_text, text},
    },
};

impl Announcements {
    /// Whose submission was announced under this reference; `None` for one that was not, a moment ago. Of two that say so, which only
    /// somebody else than `api` writes, neither is it.
    pub async fn organisation_of(
        &self,
        id: &SubmissionId,
    ) -> Result<Option<OrganisationId>, StoreError> {
        let index = schema::BY_REFERENCE;
        let answer = self
            .table
            .client
            .query()
            .table_name(&self.table.name)
            .index_name(index.name)
            .key_condition_expression("#reference = :id")
            .expression_attribute_names("#reference", index.partition)
            .expression_attribute_values(":id", text(id.to_string()))
            .limit(2)
            .send()
            .await
            .map_err(|error| StoreError::aws("look for an announcement", &error))?;
        let found = answer.items.unwrap_or_default();
        let [only] = found.as_slice() else {
            return Ok(None);
        };
        let owner = read_text(only, "pk").and_then(Partition::owner);
        Ok(owner.map(|(organisation, _)| organisation))
    }
}
