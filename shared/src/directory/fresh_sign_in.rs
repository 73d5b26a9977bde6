//! What takes effect needs a sign-in of the last minutes: a token that was stolen a while ago starts, decides and administers nothing.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::DirectoryChange;
use crate::instant::UtcTime;
use crate::profile::SignInRules;

/// By so many seconds the issuer's clock may be ahead of the service's. The other way there is no leeway, as there is none for a token's end.
pub const CLOCK_LEEWAY_SECONDS: i64 = 60;

/// How long ago whoever asks at a route may have signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignInAge {
    /// As long ago as the token lives.
    Any,
    /// In the last minutes, which [`SignInRules`] say.
    Fresh,
    /// In the last minutes, where it is to take effect: a check only may come of an older sign-in.
    FreshToTakeEffect,
    /// In the last minutes, but to stop a key or a system: that takes away, and has to be quick.
    FreshUnlessToStop,
}

/// What a request is for, as far as the age of the sign-in depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RequestedFor {
    /// What the route is there for.
    Effect,
    /// A check that takes no effect.
    CheckOnly,
    /// A key that is not to count any more, or a system that is to do nothing any more.
    Stopping,
}

impl From<&DirectoryChange> for RequestedFor {
    fn from(change: &DirectoryChange) -> Self {
        match change {
            change if change.is_stop() => Self::Stopping,
            _ => Self::Effect,
        }
    }
}

impl SignInAge {
    /// Whether a request for this needs a fresh sign-in.
    pub fn has_to_be_fresh(self, requested_for: RequestedFor) -> bool {
        match self {
            Self::Any => false,
            Self::Fresh => true,
            Self::FreshToTakeEffect => requested_for != RequestedFor::CheckOnly,
            Self::FreshUnlessToStop => requested_for != RequestedFor::Stopping,
        }
    }
}

/// Until when a sign-in is fresh, and how long one is. `None`: it is not, and never was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct SignInFreshness {
    /// For so many seconds a sign-in is fresh.
    pub seconds: u32,
    /// Until when this one is; absent where the token does not say when it was, or says a time that has not come.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub until: Option<UtcTime>,
}

impl SignInFreshness {
    /// That of a sign-in at `at`, as far as it is known, by a clock that says `now`.
    pub fn new(at: Option<UtcTime>, now: UtcTime, rules: &SignInRules) -> Self {
        let seconds = rules.fresh_seconds;
        let latest = now.plus(time::Duration::seconds(CLOCK_LEEWAY_SECONDS));
        let at = at.filter(|at| *at <= latest);
        let lasts = time::Duration::seconds(i64::from(seconds));
        Self {
            seconds,
            until: at.map(|at| at.plus(lasts)),
        }
    }

    /// Whether the sign-in is fresh at `now`.
    ///
    /// # Errors
    /// Why it is not, in words for people.
    pub fn check(&self, now: UtcTime) -> Result<(), NotFresh> {
        let seconds = self.seconds;
        match self.until {
            Some(until) if now <= until => Ok(()),
            Some(_) => Err(NotFresh::TooOld { seconds }),
            None => Err(NotFresh::Unknown { seconds }),
        }
    }
}

/// Why a sign-in is not fresh.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotFresh {
    /// It was too long ago.
    #[error(
        "What takes effect needs a sign-in of the last {}, and yours is older. Sign in again: what you entered is kept, and you come back \
         to it.",
        InWords(*.seconds)
    )]
    TooOld {
        /// How long one is fresh.
        seconds: u32,
    },
    /// The token does not say when it was, or says that it has yet to come.
    #[error(
        "What takes effect needs a sign-in of the last {}, and your sign-in service does not say when yours was, or not rightly. Sign in \
         again: what you entered is kept. If you read this again then, tell whoever runs the sign-in service.",
        InWords(*.seconds)
    )]
    Unknown {
        /// How long one is fresh.
        seconds: u32,
    },
}

impl NotFresh {
    /// How long a sign-in is fresh.
    pub const fn seconds(self) -> u32 {
        match self {
            Self::TooOld { seconds } | Self::Unknown { seconds } => seconds,
        }
    }
}

struct InWords(u32);

impl fmt::Display for InWords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            60 => f.write_str("minute"),
            seconds if seconds % 60 == 0 => write!(f, "{} minutes", seconds / 60),
            seconds => write!(f, "{seconds} seconds"),
        }
    }
}
