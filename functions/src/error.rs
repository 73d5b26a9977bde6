//! Errors of the functions. Which type is used where:
//!
//! - [`Refusal`]: what a caller did, or cannot have. Has a stable code, an HTTP status and words for people; safe to send.
//! - [`ApiError`]: what every handler of `api` returns: a refusal, or a failure of ours. It knows its HTTP answer (RFC 9457).
//!   A failure's cause goes to the log with the correlation id, and never to the caller.
//! - [`IntakeError`](crate::intake::IntakeError): why `intake` could not finish a record; always ours, always tried again.
//!   What is wrong with a *file* is no error: it is a finding, and the submission's outcome.
//! - `StoreError`, `InboxError`, `QueueError`, `TokenError`: of one adapter each; they end in one of the above.
use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};

use sluice_shared::{
    api::ProblemCode,
    directory::{ApprovalBar, ChangeBar, Entrance, MachineScope, NotFresh, ReviewBar},
    files::FileKind,
    identifiers::{ClientId, PersonId, SubmissionId},
    profile::Budget,
    review::{AssignmentBar, QuestionBar},
    submission::StateName,
};

use crate::{inbox::InboxError, oidc::TokenError, queue::QueueError, stores::StoreError};

/// What a handler of `api` fails with.
#[derive(Debug, thiserror::Error)]
pub enum ApiError {
    /// Told to the caller.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Kept from the caller, except that something failed and whether trying again helps.
    #[error("{0}")]
    Internal(String),
    /// As `Internal`, and trying again soon may help.
    #[error("{0}")]
    Unavailable(String),
}

/// A request that is turned down. The text is the problem's `detail`; [`ProblemCode`] has status and title.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// No token.
    #[error("Send the access token of your sign-in as a Bearer token.")]
    NotSignedIn,
    /// A token that was good once.
    #[error("Your sign-in has expired. Sign in again; what you entered is kept.")]
    SignInExpired,
    /// A token that is not acceptable. What exactly is wrong stays in the log.
    #[error("Your sign-in was not accepted. Sign in again.")]
    SignInInvalid,
    /// Signed in too long ago for this.
    #[error(transparent)]
    SignInTooOld(NotFresh),
    /// Signed in, and unknown to the directory.
    #[error(
        "Ask your organisation's administrator to register you. Your sign-in is {0}: name it to them."
    )]
    NotRegistered(PersonId),
    /// The person's roles do not allow it.
    #[error("This needs one of the roles: {0}.")]
    NotAllowed(String),
    /// What people do alone, asked for by a system.
    #[error("A person has to do this: no system may. Sign in as somebody who may.")]
    ForPeople,
    /// A system that nobody registered.
    #[error(
        "The client {0} is not registered as a system here. Ask the DCC to register it for your organisation."
    )]
    MachineNotRegistered(ClientId),
    /// A system that was stopped.
    #[error(
        "This system was stopped, for good. Ask your organisation's administrator why; the DCC registers another one by a client id of its own."
    )]
    MachineStopped,
    /// A system without the scope.
    #[error("This needs the scope {}: the system has to be registered for it, and its token has to say it.", .0.map_or("of this service", MachineScope::as_str))]
    ScopeMissing(Option<MachineScope>),
    /// Asked at the entrance of others; this is the caller's.
    #[error("You are answered below /api{}: send this there. What is asked here is for others.", .0.prefix())]
    OtherEntrance(Entrance),
    /// Sent past what stands before the functions; this is the page's origin.
    #[error("This address is not for you. Send it to {0}/api.")]
    PastTheEdge(String),
    /// DCC staff, outside the networks that the setting names.
    #[error(
        "DCC staff are answered in the DCC's own networks alone, and you are outside them. Connect to one of them, then try again: what you entered is kept."
    )]
    OutsideNetworks,
    /// There is no such thing, or it is not the caller's to see: the two look the same.
    #[error("There is no such {0} among those that you may see.")]
    NotFound(&'static str),
    /// The route knows other methods.
    #[error("/api/docs lists what this address takes.")]
    MethodNotAllowed,
    /// The request does not make sense.
    #[error("{0}")]
    Invalid(String),
    /// The body is longer than any of the API.
    #[error(
        "The body has more than {most} bytes, the most that is read here. A file does not go into it, but to the upload address \
         that the answer names."
    )]
    RequestTooLarge {
        /// The most.
        most: usize,
    },
    /// The body is of another type, or of none.
    #[error("Send the body as JSON, with the header Content-Type: application/json.")]
    NotJson,
    /// The body is packed.
    #[error("Send the body as it is, without the header Content-Encoding.")]
    Encoded,
    /// A file that is longer than the profile allows.
    #[error(
        "The file has {length} bytes, and at most {most} are accepted. Split it into several files."
    )]
    FileTooLarge {
        /// Announced length.
        length: u64,
        /// The most that the profile accepts.
        most: u64,
    },
    /// As much was sent today as may be sent in a day.
    #[error(
        "With this file, {whose} would have sent more today than may be sent in a day: {most}. Nothing was started. You can send it from \
         midnight (UTC); if that is too late, ask the DCC."
    )]
    BudgetSpent {
        /// Whose budget, as it goes on after "with this file": "you".
        whose: &'static str,
        /// What may be sent in a day.
        most: Budget,
    },
    /// The same idempotency key came with another request.
    #[error(
        "This Idempotency-Key was used for a different submission. Use a new key for each new submission."
    )]
    KeyReused,
    /// A list's cursor that this list did not give.
    #[error("The cursor is not one that this list gave. Start at its first page.")]
    ForeignCursor,
    /// The submission has left the state that the request needs.
    #[error("The submission is {}, so this is not possible any more.", .0.in_sentence())]
    WrongState(StateName),
    /// What a request says of a file that was sent before comes too late.
    #[error(
        "This file was sent before, as submission {id}, which is {words}. What this request says differently (the {late}) was not \
         recorded. {remedy}",
        words = .state.in_sentence()
    )]
    SentBefore {
        /// The earlier one.
        id: SubmissionId,
        /// Where it stands.
        state: StateName,
        /// What differs, in words.
        late: String,
        /// What to do.
        remedy: &'static str,
    },
    /// The submission to be replaced is still going on, or took effect.
    #[error(
        "Submission {id} is {}. Only one that was rejected or refused, or that expired, can be replaced.",
        .state.in_sentence()
    )]
    CannotReplace {
        /// Which one.
        id: SubmissionId,
        /// Where it stands.
        state: StateName,
    },
    /// A correction of another kind.
    #[error(
        "Submission {id} was an {is}, and this is an {by}. Only a file of the same kind replaces it: send this one as a new \
         submission.",
        is = .is.name(), by = .by.name()
    )]
    ReplacesOtherKind {
        /// Which one.
        id: SubmissionId,
        /// Its kind.
        is: FileKind,
        /// The kind of the file that should replace it.
        by: FileKind,
    },
    /// It was corrected before.
    #[error(
        "Submission {id} is replaced by {by} already. If that was rejected or refused in turn, replace {by} instead."
    )]
    ReplacedBefore {
        /// Which one.
        id: SubmissionId,
        /// The one that replaces it.
        by: SubmissionId,
    },
    /// The upload came too late.
    #[error("The file did not arrive in time. Send it again: that starts a new submission.")]
    UploadExpired,
    /// Another reviewer was first.
    #[error("{by} decided first, to {decision} it. Your decision was not recorded.")]
    AlreadyDecided {
        /// Display name of who decided.
        by: String,
        /// What they decided, in words.
        decision: &'static str,
    },
    /// A decision that is not the reviewer's own, or not about this submission. What is wrong, and what to do.
    #[error("Your decision was not recorded: {0}")]
    DecisionNotCounted(String),
    /// The submission changed after the reviewer read it.
    #[error("Read the submission again, then decide. Your decision was not recorded.")]
    Changed,
    /// Nobody decides on what they sent themselves.
    #[error("You may not decide this submission: {0}.")]
    ReviewBarred(ReviewBar),
    /// A colleague has the submission in hand, or nobody has it any more.
    #[error("{0}")]
    AssignedElsewhere(AssignmentBar),
    /// A question or an answer that is not taken.
    #[error("{0}")]
    QuestionBarred(QuestionBar),
    /// It was decided before something was asked, answered or taken in hand.
    #[error("{0} has decided about this submission. Nothing was sent or changed.")]
    DecidedMeanwhile(String),
    /// The rule does not let the caller change the directory so.
    #[error("{0}")]
    ChangeBarred(ChangeBar),
    /// The caller may not answer to this change.
    #[error("{0}")]
    ApprovalBarred(ApprovalBar),
    /// What a DCC administrator signed does not count. What is wrong, and what to do.
    #[error("Nothing was changed: {0}")]
    StatementNotCounted(String),
    /// Somebody answered before, or it waits no longer.
    #[error("The change waits no longer. The list of changes says what became of it.")]
    ChangeSettled,
    /// There is nothing to download yet, or never will be.
    #[error("The submission is {}: its file has not arrived.", .0.in_sentence())]
    NotArrived(StateName),
    /// It was never in storage, or in the table.
    #[error("The {0} of this submission is not kept here.")]
    NotKept(&'static str),
    /// The file and its signature came as one.
    #[error(
        "The signature was not sent beside the file: it is around it. The file that was sent has both."
    )]
    SignatureAroundFile,
    /// No outcome yet.
    #[error("The submission is {}. Its receipt is made when it is settled.", .0.in_sentence())]
    NotSettled(StateName),
    /// Nothing took effect that a receipt could be of.
    #[error("The submission is {}: nothing took effect, and it has no receipt.", .0.in_sentence())]
    NoReceipt(StateName),
}

impl Refusal {
    /// Its stable code.
    pub const fn code(&self) -> ProblemCode {
        match self {
            Self::NotSignedIn | Self::SignInExpired | Self::SignInInvalid => {
                ProblemCode::SignInNeeded
            }
            Self::SignInTooOld(_) => ProblemCode::SignInTooOld,
            Self::PastTheEdge(_) => ProblemCode::PastTheEdge,
            Self::OutsideNetworks => ProblemCode::OutsideNetworks,
            Self::NotRegistered(_) | Self::MachineNotRegistered(_) => ProblemCode::NotRegistered,
            Self::NotAllowed(_) | Self::OtherEntrance(_) | Self::ForPeople => {
                ProblemCode::NotAllowed
            }
            Self::MachineStopped => ProblemCode::SystemStopped,
            Self::ScopeMissing(_) => ProblemCode::ScopeMissing,
            Self::NotFound(_)
            | Self::NotArrived(_)
            | Self::NotKept(_)
            | Self::SignatureAroundFile => ProblemCode::NotFound,
            Self::MethodNotAllowed => ProblemCode::MethodNotAllowed,
            Self::Invalid(_) | Self::ForeignCursor => ProblemCode::InvalidRequest,
            Self::RequestTooLarge { .. } => ProblemCode::RequestTooLarge,
            Self::NotJson | Self::Encoded => ProblemCode::UnsupportedMediaType,
            Self::FileTooLarge { .. } => ProblemCode::FileTooLarge,
            Self::BudgetSpent { .. } => ProblemCode::BudgetSpent,
            Self::KeyReused => ProblemCode::KeyReused,
            Self::WrongState(_) | Self::NoReceipt(_) => ProblemCode::WrongState,
            Self::SentBefore { .. } => ProblemCode::SentBefore,
            Self::CannotReplace { .. }
            | Self::ReplacesOtherKind { .. }
            | Self::ReplacedBefore { .. } => ProblemCode::CannotReplace,
            Self::UploadExpired => ProblemCode::UploadExpired,
            Self::AssignedElsewhere(_) => ProblemCode::AssignedElsewhere,
            Self::QuestionBarred(_) => ProblemCode::QuestionBarred,
            Self::AlreadyDecided { .. } | Self::DecidedMeanwhile(_) | Self::ChangeSettled => {
                ProblemCode::AlreadyDecided
            }
            Self::ChangeBarred(_) | Self::ApprovalBarred(_) | Self::StatementNotCounted(_) => {
                ProblemCode::ChangeBarred
            }
            Self::DecisionNotCounted(_) => ProblemCode::DecisionNotCounted,
            Self::Changed => ProblemCode::Changed,
            Self::ReviewBarred(_) => ProblemCode::ReviewBarred,
            Self::NotSettled(_) => ProblemCode::NotSettled,
        }
    }

    /// What a program has to ask of whom: how a 401 says it (RFC 9110, 15.5.2; RFC 9470, 3).
    pub(crate) fn challenge(&self) -> Option<String> {
        match self {
            Self::SignInTooOld(not_fresh) => Some(format!(
                "Bearer error=\"insufficient_user_authentication\", \
                 error_description=\"A more recent sign-in is required\", max_age=\"{}\"",
                not_fresh.seconds()
            )),
            Self::NotSignedIn | Self::SignInExpired | Self::SignInInvalid => {
                Some("Bearer".to_owned())
            }
            _ => None,
        }
    }

    /// The submission that stands in the way, of the caller's own organisation.
    const fn submission(&self) -> Option<SubmissionId> {
        match self {
            Self::SentBefore { id, .. } => Some(*id),
            Self::ReplacedBefore { by, .. } => Some(*by),
            _ => None,
        }
    }
}

/// What went wrong, on its way to the outermost layer, which adds the correlation id and writes the answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PendingProblem {
    pub(crate) code: ProblemCode,
    pub(crate) detail: String,
    pub(crate) submission: Option<SubmissionId>,
    /// The value of `WWW-Authenticate`, with a 401.
    pub(crate) challenge: Option<String>,
    /// For the log alone.
    pub(crate) cause: Option<String>,
}

impl ApiError {
    fn problem(self) -> PendingProblem {
        match self {
            Self::Refused(refusal) => {
                PendingProblem {
                    code: refusal.code(),
                    detail: refusal.to_string(),
                    submission: refusal.submission(),
                    challenge: refusal.challenge(),
                    cause: None,
                }
            }
            Self::Internal(cause) => PendingProblem {
                code: ProblemCode::Internal,
                detail: "It has been recorded, and nothing that you sent before is lost. Try again; if it happens \
                         again, quote the correlation id."
                    .to_owned(),
                submission: None,
                challenge: None,
                cause: Some(cause),
            },
            Self::Unavailable(cause) => PendingProblem {
                code: ProblemCode::Unavailable,
                detail: "Nothing that you sent before is lost. Try again in a minute; if it goes on, quote the \
                         correlation id."
                    .to_owned(),
                submission: None,
                challenge: None,
                cause: Some(cause),
            },
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let problem = self.problem();
        let status = StatusCode::from_u16(problem.code.status())
            .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = status.into_response();
        response.extensions_mut().insert(problem);
        response
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        ApiError::from(self).into_response()
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Corrupt { .. } | StoreError::TooLarge { .. } => {
                Self::Internal(error.to_string())
            }
            StoreError::Conflict(_) | StoreError::Unavailable { .. } => {
                Self::Unavailable(error.to_string())
            }
        }
    }
}

impl From<InboxError> for ApiError {
    fn from(error: InboxError) -> Self {
        Self::Unavailable(error.to_string())
    }
}

impl From<QueueError> for ApiError {
    fn from(error: QueueError) -> Self {
        Self::Unavailable(error.to_string())
    }
}

impl From<TokenError> for ApiError {
    fn from(error: TokenError) -> Self {
        match error {
            TokenError::Expired => Refusal::SignInExpired.into(),
            TokenError::Invalid(reason) => {
                tracing::info!(reason, "token refused");
                Refusal::SignInInvalid.into()
            }
            TokenError::KeysUnavailable(_) => Self::Unavailable(error.to_string()),
        }
    }
}
