use sluice_shared::{
    api,
    identifiers::QuarantineEventRef,
    quarantine::{DecidedPage, PageDecisions, QuarantineEvent},
    submission::StateName,
};

use super::{Visible, VisibleTo, place};
use crate::{
    error::{ApiError, Refusal},
    stores::{Cursor, Listed, SubmissionRecord},
};

impl VisibleTo<'_> {
    /// A quarantine event.
    pub(crate) async fn event(
        &self,
        reference: &QuarantineEventRef,
    ) -> Result<Visible<QuarantineEvent>, ApiError> {
        let quarantine = &self.backend.quarantine;
        let event = match self.owner(quarantine.organisation_of(reference)).await? {
            Some(organisation) => quarantine.event(&organisation, reference).await?,
            None => None,
        };
        self.seen(event, |event| &event.organisation, "quarantine event")
    }

    /// Quarantine events, newest first.
    pub(crate) async fn events(
        &self,
        limit: i32,
        cursor: Option<&api::Cursor>,
    ) -> Result<(Vec<Visible<QuarantineEvent>>, Option<Cursor>), ApiError> {
        let list = self.list(None, Listed::Events)?;
        let from = place(cursor, &list)?;
        let page = self.backend.quarantine.events(&list, limit, from).await?;
        let items = page.items.into_iter().map(Visible).collect();
        Ok((items, page.next))
    }

    /// What a submission that waits for a reviewer decides on one page of an event.
    pub(crate) async fn waiting_decisions(
        &self,
        record: &Visible<SubmissionRecord>,
        event: &Visible<QuarantineEvent>,
        number: u32,
    ) -> Result<PageDecisions, ApiError> {
        if record.state.name() != StateName::AwaitingReview {
            return Err(Refusal::NotFound("submission that waits for a reviewer").into());
        }
        let page = self
            .backend
            .quarantine
            .waiting(record, event, number)
            .await?;
        page.ok_or_else(|| Refusal::NotFound("page").into())
    }

    /// One page of what an event holds.
    pub(crate) async fn held_page(
        &self,
        event: &Visible<QuarantineEvent>,
        number: u32,
    ) -> Result<DecidedPage, ApiError> {
        let page = self.backend.quarantine.decided_page(event, number).await?;
        page.ok_or_else(|| Refusal::NotFound("page").into())
    }
}
