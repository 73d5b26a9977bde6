//! The keys of the inbox's objects.
use sluice_shared::identifiers::{OrganisationId, SubmissionId};

/// Where uploads are that are to be checked only: the bucket drops them after 30 days.
const CHECK: &str = "check/";

/// A key of the inbox: `<organisation>/<submission>`, behind `check/` for what is to be checked only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObjectKey {
    /// Who sends.
    pub organisation: OrganisationId,
    /// What for.
    pub submission: SubmissionId,
    /// Whether it is to be checked only.
    pub check_only: bool,
}

impl ObjectKey {
    /// Reads a key; `None` if it is not one that we presign.
    pub fn parse(key: &str) -> Option<Self> {
        let named = key.strip_prefix(CHECK).filter(|named| named.contains('/'));
        let (organisation, submission) = named.unwrap_or(key).split_once('/')?;
        let parsed = Self {
            organisation: OrganisationId::parse(organisation).ok()?,
            submission: SubmissionId::parse(submission).ok()?,
            check_only: named.is_some(),
        };
        // Identifiers forgive case and hyphens; keys do not, or two keys would mean one submission.
        (parsed.to_string() == key).then_some(parsed)
    }
}

impl std::fmt::Display for ObjectKey {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let folder = if self.check_only { CHECK } else { "" };
        write!(out, "{folder}{}/{}", self.organisation, self.submission)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_checked_only_lies_apart_even_for_an_organisation_of_that_name() {
        for (key, organisation, check_only) in [
            (
                "large-supplier/4F7K-2M9Q-XW3T-8HBD",
                "large-supplier",
                false,
            ),
            (
                "check/large-supplier/4F7K-2M9Q-XW3T-8HBD",
                "large-supplier",
                true,
            ),
            ("check/4F7K-2M9Q-XW3T-8HBD", "check", false),
            ("check/check/4F7K-2M9Q-XW3T-8HBD", "check", true),
        ] {
            let parsed = ObjectKey::parse(key);
            let parsed = parsed.map(|key| (key.organisation.to_string(), key.check_only));
            assert_eq!(parsed, Some((organisation.to_owned(), check_only)), "{key}");
        }
        assert_eq!(
            ObjectKey::parse("check/check/check/4F7K-2M9Q-XW3T-8HBD"),
            None
        );
    }
}
