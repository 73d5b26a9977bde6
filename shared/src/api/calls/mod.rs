//! The calls of the API: one function for each route that a client asks. It writes the path from the route table, and its type says what
//! is sent and what is answered, so that no client writes a path or guesses a type.

mod request;

pub use request::{Get, IDEMPOTENCY_KEY, NoBody, Post, SignedFile};

use super::{
    AnswerQuestion, AskForChange, AskQuestion, ChangeTaken, Cursor, DecidedReview, HeldPageView,
    HistoryView, KnownExitEvents, Me, OrganisationPeople, Page, QuarantineEventView,
    ReviewAssigned, ReviewEvidence, ReviewItem, ReviewQuestions, SentFile, ServiceProfile,
    SignedRequest, StartSubmission, StopOwnKey, SubmissionChanges, SubmissionDetail,
    SubmissionStarted, SubmissionSummary, UserThresholdsView, WaitingDecisions,
};
use crate::activity::{ActivityRecord, FileFormat};
use crate::directory::{ChangeRecord, routes};
use crate::finding::Finding;
use crate::identifiers::{
    ChangeRequestId, Eui64, FileDigest, OrganisationId, QuarantineEventRef, SubmissionId,
};
use crate::review::AssignReview;
use crate::verdict::KnownForAdt;

/// Who asks, and what they may do.
pub fn me() -> Get<Me> {
    Get::plain(routes::ME)
}

/// What the service judges by.
pub fn profile() -> Get<ServiceProfile> {
    Get::plain(routes::PROFILE)
}

/// Submissions, latest first.
pub fn submissions(limit: u16) -> Get<Page<SubmissionSummary>> {
    Get::plain(routes::SUBMISSIONS).with("limit", &limit.to_string())
}

impl Get<Page<SubmissionSummary>> {
    /// Those in a state, from a place in the list on. Both may come from an address that somebody typed: the service reads them.
    #[must_use]
    pub fn narrowed(self, state: Option<&str>, cursor: Option<&str>) -> Self {
        let values = [("state", state), ("cursor", cursor)];
        values
            .into_iter()
            .fold(self, |call, (name, value)| match value {
                Some(value) => call.with_typed(name, value),
                None => call,
            })
    }

    /// For DCC staff: those of an organisation, by its short name.
    #[must_use]
    pub fn of_organisation(self, organisation: Option<&str>) -> Self {
        match organisation {
            Some(organisation) => self.with_typed("organisation", organisation),
            None => self,
        }
    }
}

/// Announces a file. The same key again is the same submission.
pub fn start_submission(
    body: &StartSubmission,
    idempotency_key: String,
) -> Post<&StartSubmission, SubmissionStarted> {
    let mut call = Post::new(routes::START_SUBMISSION, &[], body).requested_for(body.into());
    call.idempotency_key = Some(idempotency_key);
    call
}

/// A submission, with all that is known of it.
pub fn submission(reference: SubmissionId) -> Get<SubmissionDetail> {
    Get::new(routes::SUBMISSION, &[&reference])
}

/// A new address to put the file to.
pub fn upload(reference: SubmissionId) -> Post<NoBody, SubmissionStarted> {
    Post::new(routes::UPLOAD, &[&reference], NoBody {})
}

/// What is wrong with a submission's file, from a place in the list on.
pub fn findings(reference: SubmissionId, cursor: Option<&Cursor>) -> Get<Page<Finding>> {
    Get::new(routes::FINDINGS, &[&reference]).from(cursor)
}

/// What a submission changed, changes or would have changed.
pub fn changes(reference: SubmissionId) -> Get<SubmissionChanges> {
    Get::new(routes::CHANGES, &[&reference])
}

/// The receipt of a settled submission.
pub fn receipt(reference: SubmissionId) -> Get<SignedFile> {
    Get::new(routes::RECEIPT, &[&reference])
}

/// What a reviewer signed about a submission.
pub fn signed_decision(reference: SubmissionId) -> Get<SignedFile> {
    Get::new(routes::SIGNED_DECISION, &[&reference])
}

/// Where to fetch the file that was sent.
pub fn sent_file(reference: SubmissionId) -> Get<SentFile> {
    Get::new(routes::SENT_FILE, &[&reference])
}

/// The signature that was sent beside the file.
pub fn sent_signature(reference: SubmissionId) -> Get<SignedFile> {
    Get::new(routes::SENT_SIGNATURE, &[&reference])
}

/// The User IDs with what is in force for each.
pub fn thresholds() -> Get<Page<UserThresholdsView>> {
    Get::plain(routes::THRESHOLDS)
}

/// What is in force for a User ID.
pub fn user_thresholds(user_id: Eui64) -> Get<UserThresholdsView> {
    Get::new(routes::USER_THRESHOLDS, &[&user_id])
}

/// What was accepted of a User ID, from a place in the list on.
pub fn threshold_history(user_id: Eui64, cursor: Option<&Cursor>) -> Get<Page<HistoryView>> {
    Get::new(routes::THRESHOLD_HISTORY, &[&user_id]).from(cursor)
}

/// Quarantine events, from a place in the list on.
pub fn quarantine_events(cursor: Option<&Cursor>) -> Get<Page<QuarantineEventView>> {
    Get::plain(routes::QUARANTINE_EVENTS).from(cursor)
}

/// A quarantine event.
pub fn quarantine_event(reference: QuarantineEventRef) -> Get<QuarantineEventView> {
    Get::new(routes::QUARANTINE_EVENT, &[&reference])
}

/// One of the pages of an event, counted from 0.
pub fn communications(reference: QuarantineEventRef, page: u32) -> Get<HeldPageView> {
    Get::new(routes::COMMUNICATIONS, &[&reference]).with("page", &page.to_string())
}

/// What a submission that waits for a reviewer decides on one of the pages of an event.
pub fn waiting_decisions(
    reference: SubmissionId,
    event: QuarantineEventRef,
    page: u32,
) -> Get<WaitingDecisions> {
    Get::new(routes::WAITING_DECISIONS, &[&reference])
        .with("event", &event.to_string())
        .with("page", &page.to_string())
}

/// What the verdict on an ADT File with this content rests on.
pub fn known_for_adt(content: FileDigest) -> Get<KnownForAdt> {
    Get::plain(routes::KNOWN_FOR_ADT).with("sha256", &content.to_string())
}

/// What the verdict on an Exit Quarantine File with this content and these events rests on.
pub fn known_for_exit(
    content: FileDigest,
    events: impl IntoIterator<Item = QuarantineEventRef>,
) -> Get<KnownExitEvents> {
    let events: Vec<String> = events.into_iter().map(|event| event.to_string()).collect();
    let events = events.join(",");
    Get::plain(routes::KNOWN_FOR_EXIT)
        .with("sha256", &content.to_string())
        .with("events", &events)
}

/// What waits for a reviewer, oldest first.
pub fn reviews(limit: u16) -> Get<Page<ReviewItem>> {
    Get::plain(routes::REVIEWS).with("limit", &limit.to_string())
}

/// All that a decision about a submission rests on.
pub fn review(reference: SubmissionId) -> Get<ReviewEvidence> {
    Get::new(routes::REVIEW, &[&reference])
}

/// Accepts or refuses a submission.
pub fn decide_review(
    reference: SubmissionId,
    body: &SignedRequest,
) -> Post<&SignedRequest, SubmissionDetail> {
    Post::new(routes::DECIDE_REVIEW, &[&reference], body)
}

impl Get<Page<ReviewItem>> {
    /// From a place in the list on.
    #[must_use]
    pub fn reviews_from(self, cursor: Option<&Cursor>) -> Self {
        self.from(cursor)
    }
}

/// Takes a submission in hand, takes it over, or gives it back.
pub fn assign_review(
    reference: SubmissionId,
    body: &AssignReview,
) -> Post<&AssignReview, ReviewAssigned> {
    Post::new(routes::ASSIGN_REVIEW, &[&reference], body)
}

/// Asks the sender of a submission.
pub fn ask_question(
    reference: SubmissionId,
    body: &AskQuestion,
) -> Post<&AskQuestion, ReviewQuestions> {
    Post::new(routes::ASK_QUESTION, &[&reference], body)
}

/// Answers what a reviewer asked.
pub fn answer_question(
    reference: SubmissionId,
    body: &AnswerQuestion,
) -> Post<&AnswerQuestion, ReviewQuestions> {
    Post::new(routes::ANSWER_QUESTION, &[&reference], body)
}

/// What reviewers decided.
pub fn decided_reviews(limit: u16) -> Get<Page<DecidedReview>> {
    Get::plain(routes::DECIDED_REVIEWS).with("limit", &limit.to_string())
}

impl Get<Page<DecidedReview>> {
    /// From a place in the list on.
    #[must_use]
    pub fn decided_from(self, cursor: Option<&Cursor>) -> Self {
        self.from(cursor)
    }
}

/// The people of an organisation, and the changes that were asked for.
pub fn people(organisation: &OrganisationId) -> Get<OrganisationPeople> {
    Get::new(routes::PEOPLE, &[organisation])
}

/// Asks for a change of one's own organisation's people.
pub fn ask_for_change<'a>(
    organisation: &OrganisationId,
    body: &'a AskForChange,
) -> Post<&'a AskForChange, ChangeTaken> {
    Post::new(routes::ASK_FOR_CHANGE, &[organisation], body).requested_for((&body.change).into())
}

/// Asks for any change of the directory, signed. Which change that is only its caller knows: [`Post::requested_for`].
pub fn ask_for_signed_change<'a>(
    organisation: &OrganisationId,
    body: &'a SignedRequest,
) -> Post<&'a SignedRequest, ChangeTaken> {
    Post::new(routes::ASK_FOR_SIGNED_CHANGE, &[organisation], body)
}

/// Registers a certificate of one's own, by a signature of its key.
pub fn register_certificate(body: &SignedRequest) -> Post<&SignedRequest, ChangeTaken> {
    Post::new(routes::REGISTER_CERTIFICATE, &[], body)
}

/// Stops a key of one's own.
pub fn stop_own_key(body: &StopOwnKey) -> Post<&StopOwnKey, ChangeTaken> {
    Post::new(routes::STOP_OWN_KEY, &[], body)
}

/// What waits for a second DCC administrator.
pub fn changes_to_approve() -> Get<Page<ChangeRecord>> {
    Get::plain(routes::CHANGES_TO_APPROVE)
}

/// Approves or refuses a change that another DCC administrator asked for, signed.
pub fn answer_change<'a>(
    organisation: &OrganisationId,
    request: ChangeRequestId,
    body: &'a SignedRequest,
) -> Post<&'a SignedRequest, ChangeTaken> {
    Post::new(routes::ANSWER_CHANGE, &[organisation, &request], body)
}

/// Who did what, latest first.
pub fn activity(limit: u16) -> Get<Page<ActivityRecord>> {
    Get::plain(routes::ACTIVITY).with("limit", &limit.to_string())
}

impl Get<Page<ActivityRecord>> {
    /// From a place in the list on.
    #[must_use]
    pub fn activity_from(self, cursor: Option<&Cursor>) -> Self {
        self.from(cursor)
    }
}

/// Who did what, as a file.
pub fn activity_file(format: FileFormat) -> Get<SignedFile> {
    Get::plain(routes::ACTIVITY_FILE).with("format", format.as_str())
}

impl<A> Get<A> {
    /// Activity that is narrowed: each value, where there is one, comes from an address that somebody may have typed. The service reads them.
    #[must_use]
    pub fn activity_narrowed(self, values: &[(&'static str, Option<String>)]) -> Self {
        let given = values
            .iter()
            .filter_map(|(name, value)| Some((name, value.as_ref()?)));
        given.fold(self, |call, (name, value)| call.with_typed(name, value))
    }
}
