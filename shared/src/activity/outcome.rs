use std::fmt;

use serde::{Deserialize, Serialize};

use crate::api::ProblemCode;
use crate::identifiers::text_form;

/// What came of an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "name", rename_all = "kebab-case")]
pub enum ActivityOutcome {
    /// It was done.
    Done,
    /// It was refused.
    Refused {
        /// Why, as whoever asked was told.
        code: ProblemCode,
    },
    /// It failed on our side: what it should have changed may be changed all the same, or in part.
    Failed {
        /// As whoever asked was told.
        code: ProblemCode,
    },
}

/// An outcome without its reason: what a list is narrowed by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutcomeName {
    /// Done.
    Done,
    /// Refused.
    Refused,
    /// Failed on our side.
    Failed,
}

/// The text names no outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("is not one of done, refused, failed")]
pub struct OutcomeNameError;

impl ActivityOutcome {
    /// By the problem of an answer, if it tells of one.
    pub const fn of_answer(problem: Option<ProblemCode>) -> Self {
        match problem {
            None => Self::Done,
            Some(code) if code.status() >= 500 => Self::Failed { code },
            Some(code) => Self::Refused { code },
        }
    }

    /// Without its reason.
    pub const fn name(self) -> OutcomeName {
        match self {
            Self::Done => OutcomeName::Done,
            Self::Refused { .. } => OutcomeName::Refused,
            Self::Failed { .. } => OutcomeName::Failed,
        }
    }

    /// The problem's code, if there was one.
    pub const fn code(self) -> Option<ProblemCode> {
        match self {
            Self::Done => None,
            Self::Refused { code } | Self::Failed { code } => Some(code),
        }
    }
}

impl OutcomeName {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Done, Self::Refused, Self::Failed];

    /// Reads its name.
    pub fn parse(text: &str) -> Result<Self, OutcomeNameError> {
        let named = Self::ALL.into_iter().find(|name| name.as_str() == text);
        named.ok_or(OutcomeNameError)
    }

    /// Its name in JSON and in addresses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Refused => "refused",
            Self::Failed => "failed",
        }
    }

    /// For people.
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::Done => "Done",
            Self::Refused => "Refused",
            Self::Failed => "Failed",
        }
    }
}

impl fmt::Display for OutcomeName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

text_form!(
    OutcomeName,
    OutcomeNameError,
    "What came of an act",
    "refused",
    "^(done|refused|failed)$"
);
