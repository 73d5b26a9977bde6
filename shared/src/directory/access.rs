use serde::{Deserialize, Serialize};

use super::{Person, PersonRole, RegisteredCertificates};
use crate::identifiers::FileDigest;

/// What somebody may do here, as it is shown to whoever looks over it, and as it is confirmed: of anything else nothing is confirmed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Access {
    /// The roles that count.
    pub roles: Vec<PersonRole>,
    /// Whom the person's certificates name.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub signer_subject: Option<String>,
    /// SHA-256 of each certificate whose key is not stopped.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub certificates: Vec<FileDigest>,
}

impl Access {
    /// Of what is registered with a person, in one order.
    pub fn new(
        roles: impl IntoIterator<Item = PersonRole>,
        signer_subject: Option<&str>,
        certificates: &RegisteredCertificates,
    ) -> Self {
        let mut roles: Vec<_> = roles.into_iter().collect();
        roles.sort_unstable();
        roles.dedup();
        let in_use = certificates.iter().filter(|one| one.stopped.is_none());
        let mut certificates: Vec<_> = in_use.map(|one| one.identity.sha256).collect();
        certificates.sort_unstable();
        Self {
            roles,
            signer_subject: signer_subject.map(str::to_owned),
            certificates,
        }
    }

    /// A person's.
    pub fn of(person: &Person) -> Self {
        let subject = person.signer_subject.as_deref();
        Self::new(person.roles_that_count(), subject, &person.certificates)
    }
}
