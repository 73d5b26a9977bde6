//! What reviewers ask the sender of a submission that waits, and what is answered. No verdict and no decision rests on it by itself: it is what
//! people said, and neither is signed.

use serde::{Deserialize, Serialize};

use crate::directory::PersonRef;
use crate::identifiers::ReviewMessage;
use crate::instant::UtcTime;

/// A question about a submission, with its answer once there is one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ReviewQuestion {
    /// Counted from 0, of each submission.
    pub number: u32,
    /// The reviewer who asks.
    pub asker: PersonRef,
    /// When.
    pub asked_at: UtcTime,
    /// What.
    pub text: ReviewMessage,
    /// What was answered.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub answer: Option<ReviewAnswer>,
}

/// What somebody of the sender's organisation answered. It is not signed: whoever was signed in then wrote it, as far as the service knows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ReviewAnswer {
    /// Who answered.
    pub by: PersonRef,
    /// When.
    pub answered_at: UtcTime,
    /// What.
    pub text: ReviewMessage,
}

/// How many questions there are about a submission.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct QuestionCount {
    /// How many have no answer.
    pub open: u32,
    /// How many have one.
    pub answered: u32,
}

impl QuestionCount {
    /// That of these; `None` where nothing was asked.
    pub fn of(questions: &[ReviewQuestion]) -> Option<Self> {
        let count = |is_answered| {
            let those = questions
                .iter()
                .filter(|question| question.answer.is_some() == is_answered);
            u32::try_from(those.count()).unwrap_or(u32::MAX)
        };
        (!questions.is_empty()).then(|| Self {
            open: count(false),
            answered: count(true),
        })
    }
}

/// Why a question or an answer is not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum QuestionBar {
    /// As many as may be asked were.
    #[error(
        "{0} questions were asked about this submission, the most that may be. Yours was not sent. Decide by what was answered, or speak to the \
         sender."
    )]
    TooMany(u32),
    /// A colleague asked meanwhile, or this number was never next.
    #[error(
        "Something was asked about this submission since you looked. Yours was not sent. Read what was asked, then ask what is left."
    )]
    AskedMeanwhile,
    /// There is no such question.
    #[error("There is no such question about this submission. Your answer was not sent.")]
    NoSuchQuestion,
    /// Somebody answered before.
    #[error("{0} answered this question first. Your answer was not sent, and theirs stays.")]
    AnsweredBefore(String),
}

/// Whether a question may be asked as number `number`, where these are there.
///
/// # Errors
/// It may not; it is not sent.
pub fn may_ask(asked: &[ReviewQuestion], number: u32, most: u32) -> Result<(), QuestionBar> {
    let next = u32::try_from(asked.len()).unwrap_or(u32::MAX);
    if number != next {
        Err(QuestionBar::AskedMeanwhile)
    } else if next >= most {
        Err(QuestionBar::TooMany(most))
    } else {
        Ok(())
    }
}
