//! Identifiers and the words of lists: types whose only door is `parse`, so that a value that exists is a value that is right.
//!
//! Each has a text form (`Display`), which is also its form in JSON, and an error that says what is wrong with a text.

mod action;
mod cannot_be_seen;
mod change_reason;
mod change_request_id;
mod client_id;
mod contact_address;
mod correlation_id;
mod display_name;
mod eui64;
mod eui64_range;
mod event_ref;
mod exchanged_file;
mod file_digest;
mod file_kind;
mod file_name;
mod inline_text;
mod names;
mod request_id;
mod review_message;
mod review_reason;
mod service_request;
mod srv;
mod submission_id;
mod text;
mod user_role;

pub use action::{Action, ActionError};
pub use change_reason::{ChangeReason, ChangeReasonError};
pub use change_request_id::ChangeRequestId;
pub use client_id::{ClientId, ClientIdError};
pub use contact_address::{ContactAddress, ContactAddressError};
pub use correlation_id::{CorrelationId, CorrelationIdError};
pub use display_name::{DisplayName, DisplayNameError};
pub use eui64::{Eui64, Eui64Error};
pub use eui64_range::{Eui64Range, Eui64RangeError};
pub use event_ref::{QuarantineEventRef, QuarantineEventRefError};
pub use exchanged_file::ExchangedFile;
pub use file_digest::{FileDigest, FileDigestError};
pub use file_kind::{FileKind, FileKindError};
pub use file_name::{FileName, FileNameError};
pub use names::{OrganisationId, OrganisationIdError, PersonId, PersonIdError};
pub use request_id::{RequestId, RequestIdError};
pub use review_message::{ReviewMessage, ReviewMessageError};
pub use review_reason::{ReviewReason, ReviewReasonError};
pub use service_request::{ServiceRequestRef, ServiceRequestRefError};
pub use srv::{Srv, SrvError, SrvOrAll};
pub use submission_id::{SubmissionId, SubmissionIdError};
pub use user_role::{UserRole, UserRoleError};

pub(crate) use cannot_be_seen::{cannot_be_seen, stands_by_itself};
pub(crate) use eui64::HYPHENATED;
pub(crate) use text::{text_form, text_schema};
