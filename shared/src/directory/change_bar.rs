use super::certificates::MOST_IN_USE;
use super::machine::MOST_MACHINES;
use super::{MachineScope, PersonRole};
use crate::identifiers::{Eui64, OrganisationId};

/// Why a change of the directory may not be made: what is wrong, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChangeBar {
    /// Whoever asks keeps no people, or not these.
    #[error(
        "You may not change people or organisations there. Ask an administrator of that organisation, or the DCC."
    )]
    NotYours,
    /// Only the DCC does this.
    #[error("Only DCC administrators can do this. Ask the DCC.")]
    ForTheDcc,
    /// A role that the organisation's administrator does not give.
    #[error(
        "You cannot give the role {}: ask the DCC. Two DCC administrators have to agree to an Authorised Responsible Officer.",
        .0.in_words()
    )]
    RoleForTheDcc(PersonRole),
    /// A signer's subject that would be another one.
    #[error("The subject of a person's certificates is changed by the DCC. Ask the DCC.")]
    SubjectForTheDcc,
    /// There is no such organisation.
    #[error("There is no organisation {0}. Choose one of the list, or register it first.")]
    NoOrganisation(OrganisationId),
    /// There is one already.
    #[error("There is an organisation {0} already. Choose another short name, or change that one.")]
    OrganisationExists(OrganisationId),
    /// The person is registered, here or elsewhere.
    #[error(
        "This sign-in is registered already, here or at another organisation. Somebody who works for two organisations has a sign-in \
         for each: use the other one. To move somebody, ask the DCC."
    )]
    RegisteredAlready,
    /// The person is not one of this organisation.
    #[error(
        "There is nobody with this sign-in at this organisation. Look at its list of people again."
    )]
    NobodyHere,
    /// It is as it would be.
    #[error("Nothing would change: this is so already.")]
    NothingChanges,
    /// The person would go where they are.
    #[error("The person is at this organisation already. Choose another one.")]
    SameOrganisation,
    /// A role of the DCC for a User's person, or the other way round.
    #[error(
        "The role {} is for people of {} only. Choose another role.",
        .0.in_words(),
        if .0.is_dcc() { "the DCC" } else { "Users" }
    )]
    OtherOrganisationsRole(PersonRole),
    /// A role that signs, without a signer.
    #[error(
        "The role {} signs: say whom the person's certificates name, such as CN=Supplier ARO 1,O=Large Supplier,C=GB.",
        .0.in_words()
    )]
    SubjectMissing(PersonRole),
    /// A signer without a role that signs.
    #[error("None of these roles signs. Leave the subject of certificates out.")]
    SubjectForNothing,
    /// Somebody else of the organisation signs by that name.
    #[error(
        "Somebody else of this organisation is registered with this subject. Each person signs by certificates of their own."
    )]
    SubjectTaken,
    /// The organisation would have no administrator.
    #[error(
        "This is the organisation's last administrator: nobody of it could keep its people then. Invite another one first, or say \
         that it is meant."
    )]
    LastAdministrator,
    /// Fewer than two DCC administrators would remain.
    #[error(
        "Two DCC administrators have to remain, since each approves what the other asks for. Register another one first."
    )]
    TwoDccAdministratorsRemain,
    /// A certificate of somebody else's.
    #[error(
        "Everybody registers certificates of their own, with a signature of the key. Ask the person to do it."
    )]
    OwnCertificatesAlone,
    /// The request was signed with another key than the certificate's.
    #[error(
        "The request is not signed with this certificate's key. Sign it with the key that you want to register."
    )]
    NotSignedWithIt,
    /// Its key was stopped.
    #[error("This key was stopped, and never counts again. Make another key.")]
    StoppedKey,
    /// The person has no such key.
    #[error("The person has no such key here. Look at the list of their certificates again.")]
    NoSuchKey,
    /// As many certificates as a person may have.
    #[error(
        "A person has at most {MOST_IN_USE} certificates that count. Stop the keys that are not used any more; if that does not help, ask the DCC."
    )]
    TooManyCertificates,
    /// One's own access.
    #[error(
        "Nobody confirms their own access. Ask another administrator of your organisation; where you are the only one, the DCC."
    )]
    OwnAccess,
    /// What others answer for.
    #[error(
        "The organisation's own administrators confirm this. The DCC confirms its own people, and others whom no other administrator of theirs can."
    )]
    ForTheirAdministrator,
    /// What was looked at is no longer what is there.
    #[error(
        "What this person may do was changed since you looked. Look at it as it is now, and confirm it then."
    )]
    AccessChanged,
    /// It was done.
    #[error("This was confirmed today already (UTC). There is nothing to do.")]
    ConfirmedToday,
    /// What a second administrator approves is no longer what is there.
    #[error(
        "It was changed since this was asked for. Look at it as it is now, and ask again if it is still wanted."
    )]
    ChangedSince,
    /// As many people as an organisation may have.
    #[error("An organisation has at most {0} people. Remove whoever has left, or ask the DCC.")]
    TooManyPeople(usize),
    /// As many changes as an organisation's administrators may make in a day.
    #[error(
        "The administrators of an organisation make at most {0} changes a day (UTC). Go on tomorrow, or ask the DCC."
    )]
    TooManyChanges(usize),
    /// A client id that is somebody's or something's, or was.
    #[error(
        "This client id is registered already, or was once. Make a client of its own for each system at the identity provider, and register that."
    )]
    ClientIdUsed,
    /// The organisation has no such system.
    #[error("The organisation has no such system. Look at the list of its systems again.")]
    NoSuchMachine,
    /// As many systems as an organisation may have.
    #[error("An organisation has at most {MOST_MACHINES} systems, stopped ones and all.")]
    TooManyMachines,
    /// What systems of this organisation cannot have.
    #[error("Systems of this organisation cannot have the scope {0}. Leave it out.")]
    OtherOrganisationsScope(MachineScope),
    /// The DCC has none.
    #[error("The DCC's own organisation has no User IDs. Leave them out.")]
    UserIdsOfTheDcc,
    /// Another organisation's.
    #[error("The User ID {0} is another organisation's. Take it away there first.")]
    UserIdTaken(Eui64),
    /// Not in what was allocated.
    #[error(
        "The User ID {0} is not in the range that is allocated to the organisation. Correct one or the other."
    )]
    UserIdOutsideRange(Eui64),
    /// Twice there, or without a role.
    #[error(
        "The User ID {0} is there twice, or without a role. Name each once, with the roles in which it acts."
    )]
    UserIdUnclear(Eui64),
    /// More than one change can hold.
    #[error("An organisation has at most {0} User IDs.")]
    TooManyUserIds(usize),
}

/// Why somebody may not approve a change, or refuse it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ApprovalBar {
    /// Not a DCC administrator.
    #[error("You are not registered as a DCC administrator.")]
    NotADccAdministrator,
    /// The one who asked.
    #[error("You asked for it yourself; another DCC administrator has to approve it.")]
    OwnRequest,
    /// It is about them.
    #[error("It is about yourself; another DCC administrator has to approve it.")]
    AboutYourself,
}
