use sluice_shared::api::SentFile;

use super::{Visible, VisibleTo};
use crate::{
    error::{ApiError, Refusal},
    stores::SubmissionRecord,
};

/// How long the address of a download is good: as long as it takes to follow it. The template says the same.
const VALID: time::Duration = time::Duration::MINUTE;

impl VisibleTo<'_> {
    /// Where to fetch the file of a submission, as it arrived: by the version that was judged, and by no other.
    pub(crate) async fn sent_file(
        &self,
        record: &Visible<SubmissionRecord>,
    ) -> Result<SentFile, ApiError> {
        self.arrived(record)?;
        let version = record.object_version.as_deref();
        let version = version.ok_or(Refusal::NotKept("file"))?;
        let (key, name) = (record.object_key(), &record.file_name);
        let uploads = &self.backend.uploads;
        let url = uploads
            .presign_download(&key, version, name, VALID.unsigned_abs())
            .await?;
        Ok(SentFile {
            url,
            expires_at: self.now().plus(VALID),
            file_name: name.clone(),
            length: record.length,
            sha256: record.sha256,
        })
    }

    /// The signature that was sent beside the file of a submission.
    pub(crate) async fn signature(
        &self,
        record: &Visible<SubmissionRecord>,
    ) -> Result<Vec<u8>, ApiError> {
        self.arrived(record)?;
        let signature = self.backend.submissions.signature(record).await?;
        signature.ok_or_else(|| Refusal::NotKept("signature").into())
    }

    fn arrived(&self, record: &SubmissionRecord) -> Result<(), Refusal> {
        let state = record.state_at(self.now());
        match state.received_at() {
            Some(_) => Ok(()),
            None => Err(Refusal::NotArrived(state.name())),
        }
    }
}
