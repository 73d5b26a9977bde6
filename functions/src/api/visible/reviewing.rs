//! Who has a submission in hand, and what was asked and answered about it.
use std::collections::{BTreeMap, BTreeSet};

use futures::future::try_join_all;
use sluice_shared::{
    api::{PersonRef, SubmissionSummary},
    identifiers::{PersonId, ReviewMessage, SubmissionId},
    review::{
        AssignReview, Assignment, QuestionBar, QuestionCount, ReviewAnswer, ReviewQuestion, assign,
        may_ask,
    },
};

use super::{Visible, VisibleTo};
use crate::api::reviews::bar;
use crate::{
    error::{ApiError, Refusal},
    stores::{StoreError, SubmissionRecord, pause_before},
};

/// Another reviewer may take the same at the same moment: whoever loses looks again, this often at most.
const ATTEMPTS: u32 = 4;

impl VisibleTo<'_> {
    /// Who has a submission in hand that waits. Somebody who may not decide it any more has it no longer.
    pub(crate) async fn assigned(
        &self,
        record: &Visible<SubmissionRecord>,
    ) -> Result<Option<Assignment>, ApiError> {
        if !record.awaits_decision() {
            return Ok(None);
        }
        let held = self.backend.reviewing.held(&record.id).await?;
        Ok(match held.assignment {
            Some(held) if self.still_reviews(&held.person.id, record).await? => Some(held),
            _ => None,
        })
    }

    /// Whether somebody may still decide a submission.
    async fn still_reviews(
        &self,
        person: &PersonId,
        record: &SubmissionRecord,
    ) -> Result<bool, StoreError> {
        let person = self.backend.directory.person(person).await?;
        Ok(person.is_some_and(|person| bar(&person, record).is_none()))
    }

    /// The same for all of these, each reviewer looked up once.
    pub(crate) async fn assigned_of_all(
        &self,
        records: &[Visible<SubmissionRecord>],
    ) -> Result<BTreeMap<SubmissionId, Assignment>, ApiError> {
        let mut all = self.backend.reviewing.all_assigned().await?;
        let waiting: BTreeMap<_, _> = records.iter().map(|one| (one.id, one)).collect();
        all.retain(|id, _| waiting.contains_key(id));
        let holders: BTreeSet<_> = all.values().map(|held| held.person.id.clone()).collect();
        let people = holders.iter().map(async |id| {
            let person = self.backend.directory.person(id).await?;
            Ok::<_, StoreError>(person.map(|person| (id, person)))
        });
        let people: BTreeMap<_, _> = try_join_all(people).await?.into_iter().flatten().collect();
        all.retain(|id, held| {
            let held_by = people.get(&held.person.id).zip(waiting.get(id));
            held_by.is_some_and(|(person, record)| bar(person, record).is_none())
        });
        Ok(all)
    }

    /// Puts a submission into the caller's hands, or out of them. Of two at once, one has it and the other is told who.
    pub(crate) async fn assign(
        &self,
        record: &Visible<SubmissionRecord>,
        wanted: &AssignReview,
    ) -> Result<Option<Assignment>, ApiError> {
        let (reviewing, now) = (&self.backend.reviewing, self.now());
        let asker = PersonRef::from(self.person()?);
        for attempt in 0..ATTEMPTS {
            pause_before(attempt).await;
            let held = reviewing.held(&record.id).await?;
            let current = match &held.assignment {
                Some(has) if self.still_reviews(&has.person.id, record).await? => Some(has),
                _ => None,
            };
            let next = assign(current, &asker, wanted, now).map_err(Refusal::AssignedElsewhere)?;
            if next == held.assignment {
                return Ok(next);
            }
            match reviewing
                .assign(&record.id, &held, next.as_ref(), now)
                .await
            {
                Ok(()) => return Ok(next),
                Err(StoreError::Conflict(_)) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(ApiError::Unavailable(format!(
            "{} changes hands each time that it is to be assigned",
            record.id
        )))
    }

    /// All that was asked about a submission, and answered.
    pub(crate) async fn questions(
        &self,
        record: &Visible<SubmissionRecord>,
    ) -> Result<Vec<ReviewQuestion>, ApiError> {
        Ok(self.backend.reviewing.questions(record).await?)
    }

    /// What lists show of these, with how many questions there are about those that wait.
    pub(crate) async fn summaries(
        &self,
        records: &[Visible<SubmissionRecord>],
    ) -> Result<Vec<SubmissionSummary>, ApiError> {
        let now = self.now();
        let summaries = records.iter().map(async |record| {
            let questions = if record.awaits_decision() {
                QuestionCount::of(&self.backend.reviewing.questions(record).await?)
            } else {
                None
            };
            Ok::<_, StoreError>(SubmissionSummary {
                questions,
                ..record.summary(now)
            })
        });
        Ok(try_join_all(summaries).await?)
    }

    /// Asks the sender of a submission, as its question number `number`. The same again is one question.
    pub(crate) async fn ask(
        &self,
        record: &Visible<SubmissionRecord>,
        number: u32,
        text: ReviewMessage,
    ) -> Result<Vec<ReviewQuestion>, ApiError> {
        let asked = self.questions(record).await?;
        let most = self.settings().profile.review.max_questions;
        let person = self.person()?;
        let is_repeated = usize::try_from(number)
            .ok()
            .and_then(|number| asked.get(number))
            .is_some_and(|asked| asked.asker.id == person.id && asked.text == text);
        if is_repeated {
            return Ok(asked);
        }
        may_ask(&asked, number, most).map_err(Refusal::QuestionBarred)?;
        let question = ReviewQuestion {
            number,
            asker: PersonRef::from(person),
            asked_at: self.now(),
            text,
            answer: None,
        };
        match self.backend.reviewing.ask(record, &question).await {
            Ok(()) => self.questions(record).await,
            Err(StoreError::Conflict(_)) => {
                Err(Refusal::QuestionBarred(QuestionBar::AskedMeanwhile).into())
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Answers a question. The first answer stays; the same again is one answer.
    pub(crate) async fn answer(
        &self,
        record: &Visible<SubmissionRecord>,
        number: u32,
        text: ReviewMessage,
    ) -> Result<Vec<ReviewQuestion>, ApiError> {
        let asked = self.questions(record).await?;
        if !asked.iter().any(|question| question.number == number) {
            return Err(Refusal::QuestionBarred(QuestionBar::NoSuchQuestion).into());
        }
        let answer = ReviewAnswer {
            by: PersonRef::from(self.person()?),
            answered_at: self.now(),
            text,
        };
        let reviewing = &self.backend.reviewing;
        match reviewing.answer(record, number, &answer).await? {
            Some(there) if there.by.id != answer.by.id || there.text != answer.text => {
                Err(Refusal::QuestionBarred(QuestionBar::AnsweredBefore(there.by.name)).into())
            }
            _ => self.questions(record).await,
        }
    }
}
