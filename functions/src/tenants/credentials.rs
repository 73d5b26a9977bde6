use aws_credential_types::{
    Credentials,
    provider::{ProvideCredentials, error::CredentialsError, future},
};
use sluice_shared::identifiers::OrganisationId;

use super::policy::session_policy;
use crate::call_failure::CallFailure;

/// How long a session lasts, in seconds: the shortest that STS gives.
const LASTS: i32 = 900;

/// Credentials of sessions for one organisation. The client that has them asks for new ones shortly before they end.
#[derive(Debug)]
pub(super) struct TenantCredentials {
    sts: aws_sdk_sts::Client,
    role: String,
    organisation: OrganisationId,
}

impl TenantCredentials {
    pub(super) fn new(
        sts: &aws_sdk_sts::Client,
        role: &str,
        organisation: &OrganisationId,
    ) -> Self {
        Self {
            sts: sts.clone(),
            role: role.to_owned(),
            organisation: organisation.clone(),
        }
    }

    async fn assume(&self) -> Result<Credentials, CredentialsError> {
        let policy =
            session_policy(&self.organisation).map_err(CredentialsError::invalid_configuration)?;
        let answer = self
            .sts
            .assume_role()
            .role_arn(&self.role)
            // In CloudTrail, whose session it was.
            .role_session_name(self.organisation.as_str())
            .policy(policy)
            .duration_seconds(LASTS)
            .send()
            .await
            // Its code and request id alone: the request has the policy in it, and the answer the credentials.
            .map_err(|error| {
                CredentialsError::provider_error(CallFailure::from_sdk(&error).to_string())
            })?;
        let given = answer
            .credentials
            .ok_or_else(|| CredentialsError::provider_error("STS gave no credentials"))?;
        let ends = std::time::SystemTime::try_from(given.expiration)
            .map_err(CredentialsError::provider_error)?;
        Ok(Credentials::new(
            given.access_key_id,
            given.secret_access_key,
            Some(given.session_token),
            Some(ends),
            "tenant",
        ))
    }
}

impl ProvideCredentials for TenantCredentials {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(self.assume())
    }
}
