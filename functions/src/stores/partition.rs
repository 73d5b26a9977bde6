//! Partition keys. Those of what belongs to an organisation begin with it, so that rights can be given by it
//! (`dynamodb:LeadingKeys`), and can be made in no other way.
use std::fmt::{self, Display};

use sluice_shared::identifiers::OrganisationId;

/// The key of a partition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Partition(String);

impl Partition {
    /// What an organisation has: `<organisation>#<what>`. An identifier of an organisation has no `#` in it.
    pub(crate) fn owned_by(organisation: &OrganisationId, what: impl Display) -> Self {
        Self(format!("{organisation}#{what}"))
    }

    /// What belongs to no organisation, such as whose something is. `kind` is in capitals, as no organisation's identifier is.
    pub(crate) fn of_nobody(kind: &'static str, id: impl Display) -> Self {
        Self(format!("{kind}#{id}"))
    }

    /// Whose the partition with this key is, and what is in it; `None` for one of nobody.
    pub(crate) fn owner(key: &str) -> Option<(OrganisationId, &str)> {
        let (organisation, what) = key.split_once('#')?;
        Some((OrganisationId::parse(organisation).ok()?, what))
    }

    /// As it stands in an item.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl Display for Partition {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl From<&Partition> for String {
    fn from(partition: &Partition) -> Self {
        partition.0.clone()
    }
}

impl From<Partition> for String {
    fn from(partition: Partition) -> Self {
        partition.0
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn what_is_an_organisations_begins_with_it_and_what_is_nobodys_with_no_organisation() {
        let supplier = OrganisationId::parse("large-supplier").unwrap();
        let owned = Partition::owned_by(&supplier, "USER#1");
        assert_eq!(owned.as_str(), "large-supplier#USER#1");
        assert_eq!(Partition::owner(owned.as_str()), Some((supplier, "USER#1")));
        let of_nobody = Partition::of_nobody("PERSON", "large-supplier#USER#1");
        assert_eq!(Partition::owner(of_nobody.as_str()), None);
    }
}
