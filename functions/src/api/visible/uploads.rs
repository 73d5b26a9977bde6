use sluice_shared::api::Upload;

use super::{Visible, VisibleTo};
use crate::{
    error::{ApiError, Refusal},
    stores::{SignedForm, SubmissionRecord},
};

impl VisibleTo<'_> {
    /// How long an upload's address is good.
    pub(crate) fn upload_valid(&self) -> time::Duration {
        let minutes = self.settings().profile.upload.valid_minutes;
        time::Duration::minutes(i64::from(minutes))
    }

    /// A presigned upload, for a submission of the caller's own organisation alone.
    pub(crate) async fn presign(
        &self,
        record: &Visible<SubmissionRecord>,
    ) -> Result<Upload, ApiError> {
        if record.organisation != *self.asker.organisation() {
            return Err(Refusal::NotFound("submission").into());
        }
        let valid = self.upload_valid();
        let key = record.object_key();
        let content_type = match record.form {
            SignedForm::Detached { .. } => "text/csv",
            SignedForm::Enveloping => "application/pkcs7-mime",
        };
        let expires_at = self.now().plus(valid);
        let presigned = self
            .backend
            .uploads
            .presign(
                &key,
                record.length,
                &record.sha256,
                content_type,
                self.asker.id(),
                valid.unsigned_abs(),
            )
            .await?;
        Ok(Upload {
            url: presigned.url,
            headers: presigned.headers,
            expires_at,
        })
    }
}
