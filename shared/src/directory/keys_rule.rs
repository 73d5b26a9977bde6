//! Who registers certificates, and who stops keys.

use super::certificates::NotKept;
use super::{
    CertificateIdentity, ChangeBar, DirectoryEffect, KnownForChange, Permission, Person, PersonRef,
    RegisteredCertificates, StoppedKey,
};
use crate::identifiers::{FileDigest, PersonId};

/// Everybody registers certificates of their own, and nobody those of others: the request is signed with the certificate's key, and the
/// name in it is the one that two DCC administrators agreed to.
pub(super) fn registers(
    known: &KnownForChange<'_>,
    person: &PersonId,
    certificate: &CertificateIdentity,
) -> Result<DirectoryEffect, ChangeBar> {
    if known.asker.id != *person {
        return Err(ChangeBar::OwnCertificatesAlone);
    }
    let before = known.one_of(person)?;
    if known.signed_with != Some(certificate) {
        return Err(ChangeBar::NotSignedWithIt);
    }
    if known.is_stopped {
        return Err(ChangeBar::StoppedKey);
    }
    let kept = before.certificates.with(certificate, known.now);
    let person = with(before, kept.map_err(|why| bar(why, None))?);
    Ok(DirectoryEffect::PutPerson(person))
}

/// A key is stopped by whoever has it, by an administrator of the organisation, and by the DCC; at once, and for good.
pub(super) fn stops(
    known: &KnownForChange<'_>,
    person: &PersonId,
    key: FileDigest,
) -> Result<DirectoryEffect, ChangeBar> {
    let asker = known.asker;
    let is_own = asker.organisation == *known.id
        && (asker.id == *person || asker.may(Permission::KeepOwnPeople));
    if !is_own && !asker.may(Permission::KeepDirectory) {
        return Err(ChangeBar::NotYours);
    }
    let before = known.one_of(person)?;
    let stop = StoppedKey {
        at: known.now,
        by: PersonRef::from(asker),
    };
    let kept = before.certificates.stopped(key, &stop);
    let person = with(before, kept.map_err(|why| bar(why, Some(key)))?);
    Ok(DirectoryEffect::StopKey(person, key))
}

fn with(before: &Person, certificates: RegisteredCertificates) -> Person {
    Person {
        certificates,
        ..before.clone()
    }
}

fn bar(why: NotKept, key: Option<FileDigest>) -> ChangeBar {
    match (why, key) {
        (NotKept::Stopped, None) => ChangeBar::StoppedKey,
        (NotKept::NoSuchKey, _) => ChangeBar::NoSuchKey,
        (NotKept::TooMany, _) => ChangeBar::TooManyCertificates,
        (NotKept::Already | NotKept::Stopped, _) => ChangeBar::NothingChanges,
    }
}
