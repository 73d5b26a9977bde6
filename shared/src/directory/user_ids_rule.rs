use super::{ChangeBar, KnownForChange, OrganisationDetails};
use crate::files::UserId;

/// The most User IDs of an organisation: with the rest of the change they are written in one transaction, which holds 100 writes.
const MOST_USER_IDS: usize = 40;

/// Whether an organisation may have these User IDs.
pub(super) fn check(
    known: &KnownForChange<'_>,
    user_ids: &[UserId],
    details: &OrganisationDetails,
) -> Result<(), ChangeBar> {
    if known.id.is_dcc() && !user_ids.is_empty() {
        return Err(ChangeBar::UserIdsOfTheDcc);
    }
    if user_ids.len() > MOST_USER_IDS {
        return Err(ChangeBar::TooManyUserIds(MOST_USER_IDS));
    }
    for (index, user_id) in user_ids.iter().enumerate() {
        let is_again = user_ids[..index].iter().any(|other| other.id == user_id.id);
        if is_again || user_id.roles.is_empty() {
            return Err(ChangeBar::UserIdUnclear(user_id.id));
        }
        if details
            .allocated
            .is_some_and(|range| !range.contains(user_id.id))
        {
            return Err(ChangeBar::UserIdOutsideRange(user_id.id));
        }
        if known.taken.contains(&user_id.id) {
            return Err(ChangeBar::UserIdTaken(user_id.id));
        }
    }
    Ok(())
}
