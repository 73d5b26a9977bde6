//! The HTTP API's requests, answers and problems: one set of types for the page and the functions.
//!
//! JSON in camelCase. An absent field and `null` mean the same. Threshold values stand only in answers of the routes
//! under `/thresholds`, `/reviews` and in the detail of a submission: for the organisation itself and DCC staff.

pub mod calls;
mod detail_fields;
mod event_fields;
mod known;
mod limit;
mod me;
mod page;
mod people;
mod problem;
mod profile;
mod quarantine;
mod review;
mod signed_request;
mod start;
mod submission;
mod submission_changes;
mod thresholds;
mod timeline;

pub use crate::base64::Base64Bytes;
pub use crate::directory::PersonRef;
pub use crate::verdict::{EventEffect, FileEffect, UserEffect};
pub use known::KnownExitEvents;
pub use limit::{Limit, LimitError};
pub use me::{Me, OrganisationView};
pub use page::{Cursor, CursorError, Page};
pub use people::{
    AskForChange, ChangeTaken, MachineView, OrganisationPeople, PersonView, SeenBy, StopOwnKey,
};
pub use problem::{Problem, ProblemCode};
pub use profile::ServiceProfile;
pub use quarantine::{
    HeldCommunicationView, HeldPageView, HeldRow, QuarantineEventView, WaitingDecisions,
};
pub use review::{
    AnswerQuestion, AskQuestion, CertificateView, DecidedReview, DecisionSignature, ReviewAssigned,
    ReviewEvidence, ReviewItem, ReviewQuestions, SignatureEvidence,
};
pub use signed_request::SignedRequest;
pub use start::{SignatureForm, StartSubmission, SubmissionStarted, Upload};
pub use submission::{
    FindingsSummary, SentFile, SignerView, Stopped, SubmissionDetail, SubmissionSummary, Superseded,
};
pub use submission_changes::SubmissionChanges;
pub use thresholds::{HistoryView, UserThresholdsView};
pub use timeline::TimelineStep;
