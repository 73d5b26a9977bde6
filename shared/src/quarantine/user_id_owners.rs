use std::collections::HashMap;
use std::hash::BuildHasher;

use crate::identifiers::{Eui64, OrganisationId};

/// Whose a User ID is, at this moment: it may have moved from one organisation to another.
pub trait UserIdOwners {
    /// The organisation that has it; `None`: nobody has.
    fn owner(&self, user_id: Eui64) -> Option<&OrganisationId>;
}

impl<S: BuildHasher> UserIdOwners for HashMap<Eui64, OrganisationId, S> {
    fn owner(&self, user_id: Eui64) -> Option<&OrganisationId> {
        self.get(&user_id)
    }
}
