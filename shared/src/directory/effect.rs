use super::{Machine, Organisation, Person};
use crate::identifiers::{FileDigest, PersonId};

/// What a permitted change writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DirectoryEffect {
    /// A person of the organisation, as they are from now on.
    PutPerson(Person),
    /// A person of the organisation, as they are from now on, and that a key counts nowhere any more.
    StopKey(Person, FileDigest),
    /// A person leaves the organisation and is one of another from now on.
    MovePerson(Person),
    /// A person is gone.
    RemovePerson(PersonId),
    /// Nothing but that it was looked over, which the record of the change says.
    ConfirmAccess,
    /// A system that nobody knew before.
    RegisterMachine(Machine),
    /// A system that may do nothing from now on.
    StopMachine(Machine),
    /// The organisation, as it is from now on.
    PutOrganisation(Organisation),
}
