use sluice_shared::{
    api::KnownExitEvents,
    identifiers::{FileDigest, QuarantineEventRef},
    verdict::{KnownForAdt, KnownSender},
};

use super::VisibleTo;
use crate::{error::ApiError, known};

impl VisibleTo<'_> {
    /// What the verdict on an ADT File of the caller's own organisation rests on.
    pub(crate) async fn known_for_adt(&self, file: &FileDigest) -> Result<KnownForAdt, ApiError> {
        let sender = self.known_sender(file).await?;
        Ok(known::for_adt(self.backend, sender).await?)
    }

    /// What the verdict on an exit file of the caller's own organisation rests on, beside the pages of these events. An
    /// event of another organisation does not exist.
    pub(crate) async fn known_for_exit(
        &self,
        file: &FileDigest,
        references: &[QuarantineEventRef],
    ) -> Result<KnownExitEvents, ApiError> {
        let sender = self.known_sender(file).await?;
        let mut events = Vec::with_capacity(references.len());
        for reference in references {
            let organisation = self.asker.organisation();
            let event = self.backend.quarantine.event(organisation, reference);
            events.extend(event.await?);
        }
        let accounts = known::accounts(self.backend, sender, events.iter()).await?;
        Ok(KnownExitEvents { accounts, events })
    }

    async fn known_sender(&self, file: &FileDigest) -> Result<KnownSender, ApiError> {
        let organisation = self.asker.organisation();
        let sender = known::sender(self.backend, organisation).await?;
        let sender = sender.ok_or_else(|| {
            ApiError::Internal(format!("the directory has no organisation {organisation}"))
        })?;
        Ok(known::sender_of_file(self.backend, &sender, file).await?)
    }
}
