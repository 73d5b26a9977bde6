//! Submissions and what is announced of them as one list: both tables list by the same key, so that one place stands for both, and what is
//! in both is one submission, which is what is on record.
use std::collections::{BTreeMap, BTreeSet};

use futures::future::try_join_all;
use sluice_shared::{api, identifiers::OrganisationId, submission::StateName};

use super::{Visible, VisibleTo, place, submissions::may_be_corrected};
use crate::{
    error::ApiError,
    stores::{Cursor, List, Listed, Page, StoreError, SubmissionRecord},
};

/// A list is read in as many parts as it takes to fill a page, up to this many; a narrow filter may need several.
const MOST_READS: usize = 10;

/// Where a submission of a list was found.
enum Found {
    OnRecord(SubmissionRecord),
    Announced(SubmissionRecord),
}

impl Found {
    fn record(&self) -> &SubmissionRecord {
        match self {
            Self::OnRecord(record) | Self::Announced(record) => record,
        }
    }
}

/// What one read found, newest first, and where the list goes on: up to there nothing is missing from either table.
struct Part {
    found: Vec<Found>,
    next: Option<Cursor>,
}

impl VisibleTo<'_> {
    /// Submissions, newest first, as the clock has them; `state` narrows the list.
    pub(crate) async fn submissions(
        &self,
        organisation: Option<&OrganisationId>,
        state: Option<StateName>,
        limit: i32,
        cursor: Option<&api::Cursor>,
    ) -> Result<(Vec<Visible<SubmissionRecord>>, Option<Cursor>), ApiError> {
        let list = self.list(organisation, Listed::Submissions)?;
        let (mut next, now) = (place(cursor, &list)?, self.now());
        let most = usize::try_from(limit).unwrap_or_default();
        let mut records = Vec::new();
        for _ in 0..MOST_READS {
            let left = most - records.len();
            let wanted = i32::try_from(left).unwrap_or(limit);
            let part = match state {
                // Expiry happens by the clock, and what waits is mostly announced: whether it has arrived tells a record in any state.
                None | Some(StateName::AwaitingUpload | StateName::Expired) => {
                    self.of_both(&list, wanted, next).await?
                }
                Some(state) => self.on_record(&list, state, wanted, next).await?,
            };
            let mut found = part.found;
            found.retain(|found| {
                let record = found.record();
                !record.is_gone(now)
                    && state.is_none_or(|state| record.state_at(now).name() == state)
            });
            next = part.next;
            if found.len() > left {
                found.truncate(left);
                let shown = found.last();
                next = shown.map(|found| Cursor::at_submission(&list, found.record()));
            }
            let shown = self.as_on_record(found).await?;
            records.extend(
                shown.into_iter().filter(|record| {
                    state.is_none_or(|state| record.state_at(now).name() == state)
                }),
            );
            if next.is_none() || records.len() >= most {
                break;
            }
        }
        self.name_corrections(&mut records).await?;
        Ok((records.into_iter().map(Visible).collect(), next))
    }

    async fn on_record(
        &self,
        list: &List,
        state: StateName,
        wanted: i32,
        from: Option<Cursor>,
    ) -> Result<Part, StoreError> {
        let submissions = &self.backend.submissions;
        let page = submissions.list_page(list, Some(state), wanted, from);
        let Page { items, next } = page.await?;
        Ok(Part {
            found: items.into_iter().map(Found::OnRecord).collect(),
            next,
        })
    }

    async fn of_both(
        &self,
        list: &List,
        wanted: i32,
        from: Option<Cursor>,
    ) -> Result<Part, StoreError> {
        let now = self.now();
        let submissions = &self.backend.submissions;
        let announcements = &self.backend.announcements;
        let (recorded, announced) = futures::try_join!(
            submissions.list_page(list, None, wanted, from.clone()),
            announcements.list_page(list, wanted, from),
        )?;
        let at = |record: &_| {
            Cursor::at_submission(list, record)
                .listed_at(list)
                .to_owned()
        };
        let mut found = BTreeMap::new();
        for announced in announced.items {
            if !announced.is_gone(now) {
                let record = announced.record();
                found.insert(at(&record), Found::Announced(record));
            }
        }
        for record in recorded.items {
            found.insert(at(&record), Found::OnRecord(record));
        }
        // Beyond the place where one table's part ends, the other's may lack what comes between.
        let ends = [recorded.next, announced.next].into_iter().flatten();
        let next = ends.max_by(|one, other| one.listed_at(list).cmp(other.listed_at(list)));
        if let Some(next) = &next {
            found.retain(|at, _| at.as_str() >= next.listed_at(list));
        }
        Ok(Part {
            found: found.into_values().rev().collect(),
            next,
        })
    }

    /// Each as it is on record, where its file has arrived although its announcement stands alone here: the index may be a moment behind, and
    /// an announcement may say another time than it did.
    async fn as_on_record(&self, found: Vec<Found>) -> Result<Vec<SubmissionRecord>, StoreError> {
        let shown = found.into_iter().map(async |found| match found {
            Found::OnRecord(record) => Ok(Some(record)),
            Found::Announced(announced) => {
                let record = self
                    .backend
                    .submissions
                    .get(&announced.organisation, &announced.id);
                match record.await? {
                    None => Ok(Some(announced)),
                    Some(record) => {
                        Ok(Some(record).filter(|record| record.started_at == announced.started_at))
                    }
                }
            }
        });
        let shown = try_join_all(shown).await?;
        Ok(shown.into_iter().flatten().collect())
    }

    /// Says of each what is announced to correct it.
    async fn name_corrections(&self, records: &mut [SubmissionRecord]) -> Result<(), StoreError> {
        let now = self.now();
        let corrected = || {
            records
                .iter()
                .filter(|record| may_be_corrected(record, now))
        };
        let organisations: BTreeSet<_> = corrected().map(|record| &record.organisation).collect();
        let announcements = &self.backend.announcements;
        let by = organisations.into_iter().map(async |organisation| {
            let by = announcements.corrections(organisation, now).await?;
            Ok::<_, StoreError>((organisation.clone(), by))
        });
        let by: BTreeMap<_, _> = try_join_all(by).await?.into_iter().collect();
        for record in records {
            if may_be_corrected(record, now) {
                let by = by.get(&record.organisation);
                record.replaced_by = by.and_then(|by| by.get(&record.id).copied());
            }
        }
        Ok(())
    }
}
