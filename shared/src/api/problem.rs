use std::fmt;

use serde::{Deserialize, Serialize};

use crate::finding::Finding;
use crate::identifiers::SubmissionId;

/// What kind of problem an answer tells of. One code has one HTTP status and one title.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ProblemCode {
    /// No token, or one that does not hold (any more).
    SignInNeeded,
    /// The token holds, and what is asked for needs a sign-in of the last minutes.
    SignInTooOld,
    /// The token holds, but its subject is not in the directory.
    NotRegistered,
    /// The person's roles do not allow it.
    NotAllowed,
    /// DCC staff who ask from outside the DCC's networks.
    OutsideNetworks,
    /// Sent to the functions' own address, past what stands before them.
    PastTheEdge,
    /// The system was stopped.
    SystemStopped,
    /// The system has no scope for it, by its registration or by its token.
    ScopeMissing,
    /// There is no such thing, or none that the person may see.
    NotFound,
    /// The method does not fit the route.
    MethodNotAllowed,
    /// The request cannot be read: what is wrong stands in `detail`.
    InvalidRequest,
    /// The announced file is larger than the profile allows.
    FileTooLarge,
    /// The body is larger than any that the route takes.
    RequestTooLarge,
    /// The body is of another type than JSON.
    UnsupportedMediaType,
    /// The same `Idempotency-Key` came before with another request.
    KeyReused,
    /// The file was sent before, and what this request says differently comes too late.
    SentBefore,
    /// The submission's state does not foresee it.
    WrongState,
    /// The submission that this one would replace is not one that can be replaced.
    CannotReplace,
    /// The submission's time to upload is over.
    UploadExpired,
    /// Somebody changed it since the person looked: read again, then decide.
    Changed,
    /// Another reviewer decided first.
    AlreadyDecided,
    /// A reviewer may not decide this one: own organisation, own upload, own signature.
    ReviewBarred,
    /// A decision's signature does not hold, or the decision is by somebody else or about something else.
    DecisionNotCounted,
    /// A colleague has the submission in hand, or nobody has it who was seen to have it.
    AssignedElsewhere,
    /// A question or an answer that is not taken: too many, or somebody was first.
    QuestionBarred,
    /// A change of the directory that may not be made, or not by whoever asks.
    ChangeBarred,
    /// There is no receipt yet.
    NotSettled,
    /// Too many requests at once.
    TooManyRequests,
    /// As much was sent today as may be sent in a day.
    BudgetSpent,
    /// Our fault.
    Internal,
    /// Our fault for now: the same request is worth another try.
    Unavailable,
}

impl ProblemCode {
    /// All codes.
    pub const ALL: [Self; 31] = [
        Self::SignInNeeded,
        Self::SignInTooOld,
        Self::NotRegistered,
        Self::NotAllowed,
        Self::OutsideNetworks,
        Self::PastTheEdge,
        Self::SystemStopped,
        Self::ScopeMissing,
        Self::NotFound,
        Self::MethodNotAllowed,
        Self::InvalidRequest,
        Self::FileTooLarge,
        Self::RequestTooLarge,
        Self::UnsupportedMediaType,
        Self::KeyReused,
        Self::SentBefore,
        Self::WrongState,
        Self::CannotReplace,
        Self::UploadExpired,
        Self::Changed,
        Self::AlreadyDecided,
        Self::ReviewBarred,
        Self::DecisionNotCounted,
        Self::AssignedElsewhere,
        Self::QuestionBarred,
        Self::ChangeBarred,
        Self::NotSettled,
        Self::TooManyRequests,
        Self::BudgetSpent,
        Self::Internal,
        Self::Unavailable,
    ];

    /// Its HTTP status.
    pub const fn status(self) -> u16 {
        match self {
            Self::SignInNeeded | Self::SignInTooOld => 401,
            Self::NotRegistered
            | Self::NotAllowed
            | Self::OutsideNetworks
            | Self::PastTheEdge
            | Self::SystemStopped
            | Self::ScopeMissing
            | Self::ReviewBarred => 403,
            Self::NotFound => 404,
            Self::MethodNotAllowed => 405,
            Self::SentBefore
            | Self::WrongState
            | Self::CannotReplace
            | Self::Changed
            | Self::AlreadyDecided
            | Self::ChangeBarred
            | Self::AssignedElsewhere
            | Self::QuestionBarred
            | Self::NotSettled => 409,
            Self::UploadExpired => 410,
            Self::FileTooLarge | Self::RequestTooLarge => 413,
            Self::UnsupportedMediaType => 415,
            Self::InvalidRequest | Self::KeyReused | Self::DecisionNotCounted => 422,
            Self::TooManyRequests | Self::BudgetSpent => 429,
            Self::Internal => 500,
            Self::Unavailable => 503,
        }
    }

    /// Its name in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SignInNeeded => "sign-in-needed",
            Self::SignInTooOld => "sign-in-too-old",
            Self::NotRegistered => "not-registered",
            Self::NotAllowed => "not-allowed",
            Self::OutsideNetworks => "outside-networks",
            Self::PastTheEdge => "past-the-edge",
            Self::SystemStopped => "system-stopped",
            Self::ScopeMissing => "scope-missing",
            Self::NotFound => "not-found",
            Self::MethodNotAllowed => "method-not-allowed",
            Self::InvalidRequest => "invalid-request",
            Self::FileTooLarge => "file-too-large",
            Self::RequestTooLarge => "request-too-large",
            Self::UnsupportedMediaType => "unsupported-media-type",
            Self::KeyReused => "key-reused",
            Self::SentBefore => "sent-before",
            Self::WrongState => "wrong-state",
            Self::CannotReplace => "cannot-replace",
            Self::UploadExpired => "upload-expired",
            Self::Changed => "changed",
            Self::AlreadyDecided => "already-decided",
            Self::ReviewBarred => "review-barred",
            Self::DecisionNotCounted => "decision-not-counted",
            Self::AssignedElsewhere => "assigned-elsewhere",
            Self::QuestionBarred => "question-barred",
            Self::ChangeBarred => "change-barred",
            Self::NotSettled => "not-settled",
            Self::TooManyRequests => "too-many-requests",
            Self::BudgetSpent => "budget-spent",
            Self::Internal => "internal",
            Self::Unavailable => "unavailable",
        }
    }

    /// What it is, the same words for every occurrence (RFC 9457, section 3.1.3).
    pub const fn title(self) -> &'static str {
        match self {
            Self::SignInNeeded => "Sign in to continue",
            Self::SignInTooOld => "Sign in again to do this",
            Self::NotRegistered => "You are signed in, but not registered here",
            Self::NotAllowed => "Your roles do not allow this",
            Self::OutsideNetworks => "You are outside the DCC's networks",
            Self::PastTheEdge => "This is not the address of the API",
            Self::SystemStopped => "This system was stopped",
            Self::ScopeMissing => "This system may not do that",
            Self::NotFound => "There is no such thing here, or none that you may see",
            Self::MethodNotAllowed => "This address does not take that method",
            Self::InvalidRequest => "The request cannot be read",
            Self::FileTooLarge => "The file is too large",
            Self::RequestTooLarge => "The request is too large",
            Self::UnsupportedMediaType => "The request is not of a type that is read here",
            Self::KeyReused => "This key was used for another request",
            Self::SentBefore => "This file was sent before",
            Self::WrongState => "The submission is past that point",
            Self::CannotReplace => "That submission cannot be replaced",
            Self::UploadExpired => "The time to upload this file is over",
            Self::Changed => "This was changed since you looked",
            Self::AlreadyDecided => "This has been decided already",
            Self::DecisionNotCounted => "The decision does not count",
            Self::ReviewBarred => "Another reviewer has to decide this",
            Self::AssignedElsewhere => "It is in other hands",
            Self::QuestionBarred => "This was not sent",
            Self::ChangeBarred => "This change cannot be made",
            Self::NotSettled => "There is no receipt yet",
            Self::TooManyRequests => "Too many requests",
            Self::BudgetSpent => "No more can be sent today",
            Self::Internal => "Something went wrong on our side",
            Self::Unavailable => "The service cannot answer at the moment",
        }
    }

    /// Whether the same request may succeed later, unchanged.
    pub const fn is_worth_a_retry(self) -> bool {
        matches!(
            self,
            Self::TooManyRequests | Self::Internal | Self::Unavailable
        )
    }
}

impl fmt::Display for ProblemCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// An answer that tells of a problem (RFC 9457), `application/problem+json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[error("{title}: {detail}")]
#[serde(rename_all = "camelCase")]
pub struct Problem {
    /// `about:blank` is never used: `/problems/` and the code.
    #[serde(rename = "type")]
    pub kind: String,
    /// What it is, the same words every time.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What is wrong this time and what to do about it.
    pub detail: String,
    /// The code.
    pub code: ProblemCode,
    /// Names this answer in the service's log.
    pub correlation_id: String,
    /// The submission that stands in the way, where it is one that the caller may see.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub submission: Option<SubmissionId>,
    /// What is wrong with a file, where that is the problem.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub findings: Vec<Finding>,
}

impl Problem {
    /// The media type of a problem.
    pub const MEDIA_TYPE: &'static str = "application/problem+json";

    /// A problem of this kind. `detail` is shown to people: no causes of ours, no values of others.
    pub fn new(
        code: ProblemCode,
        detail: impl Into<String>,
        correlation_id: impl Into<String>,
    ) -> Self {
        Self {
            kind: format!("/problems/{code}"),
            title: code.title().to_owned(),
            status: code.status(),
            detail: detail.into(),
            code,
            correlation_id: correlation_id.into(),
            submission: None,
            findings: Vec::new(),
        }
    }

    /// The same problem with findings.
    #[must_use]
    pub fn with_findings(self, findings: Vec<Finding>) -> Self {
        Self { findings, ..self }
    }
}
