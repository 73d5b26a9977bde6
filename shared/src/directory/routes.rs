//! The one table of routes: a name, a method, a path and a permission for each, and how long ago whoever asks may have signed in.

use super::{Entrance, Permission, SignInAge};

/// The methods that the API knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Method {
    /// Reads.
    Get,
    /// Changes something.
    Post,
}

/// A route of the API and what it needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Route {
    /// The method.
    pub method: Method,
    /// The path at an entrance of the API, with its parameters in braces.
    pub path: &'static str,
    /// What whoever asks needs.
    pub permission: Permission,
    /// How long ago they may have signed in.
    pub sign_in: SignInAge,
}

impl Route {
    /// The same for whoever signed in so long ago at most.
    const fn signed_in(self, sign_in: SignInAge) -> Self {
        Self { sign_in, ..self }
    }
}

const fn get(path: &'static str, permission: Permission) -> Route {
    Route {
        method: Method::Get,
        path,
        permission,
        sign_in: SignInAge::Any,
    }
}

const fn post(path: &'static str, permission: Permission) -> Route {
    Route {
        method: Method::Post,
        path,
        permission,
        sign_in: SignInAge::Any,
    }
}

/// Whether the service answers at all.
pub const HEALTH: Route = get("/health", Permission::Anyone);
/// The description of the API for programs.
pub const OPENAPI: Route = get("/openapi.json", Permission::Anyone);
/// The description of the API for people.
pub const DOCS: Route = get("/docs", Permission::Anyone);
/// Who asks, what they may do, and which entrance is theirs: it answers whoever is registered at either.
pub const ME: Route = get("/me", Permission::SignedIn);
/// Limits, rule settings and the clock that the service judges by.
pub const PROFILE: Route = get("/profile", Permission::SignedIn);
/// Submissions, latest first.
pub const SUBMISSIONS: Route = get("/submissions", Permission::ReadSubmissions);
/// Announces a file, and gets the address to put it to.
pub const START_SUBMISSION: Route =
    post("/submissions", Permission::SendFiles).signed_in(SignInAge::FreshToTakeEffect);
/// A submission, with all that is known of it.
pub const SUBMISSION: Route = get("/submissions/{id}", Permission::ReadSubmissions);
/// A new address to put the file to: the very file that somebody announced who had just signed in.
pub const UPLOAD: Route = post("/submissions/{id}/upload", Permission::SendFiles);
/// What is wrong with a submission's file.
pub const FINDINGS: Route = get("/submissions/{id}/findings", Permission::ReadSubmissions);
/// Which communications of an event a submission decides on that waits for a reviewer.
pub const WAITING_DECISIONS: Route = get("/submissions/{id}/decisions", Permission::ReadQuarantine);
/// What a submission changed, changes or would have changed.
pub const CHANGES: Route = get("/submissions/{id}/changes", Permission::ReadSubmissions);
/// What the DCC signed about a settled submission.
pub const RECEIPT: Route = get("/submissions/{id}/receipt", Permission::ReadSubmissions);
/// What a reviewer signed about a submission.
pub const SIGNED_DECISION: Route = get("/submissions/{id}/decision", Permission::ReadSubmissions);
/// Where to fetch the file that was sent.
pub const SENT_FILE: Route = get("/submissions/{id}/file", Permission::DownloadFiles);
/// The signature that was sent beside the file.
pub const SENT_SIGNATURE: Route = get("/submissions/{id}/signature", Permission::DownloadFiles);
/// The User IDs with what is in force for each.
pub const THRESHOLDS: Route = get("/thresholds", Permission::ReadThresholds);
/// What is in force for a User ID.
pub const USER_THRESHOLDS: Route = get("/thresholds/{userId}", Permission::ReadThresholds);
/// The statements of a User ID that were accepted, latest first.
pub const THRESHOLD_HISTORY: Route =
    get("/thresholds/{userId}/history", Permission::ReadThresholds);
/// Quarantine events with their counts and deadlines.
pub const QUARANTINE_EVENTS: Route = get("/quarantine-events", Permission::ReadQuarantine);
/// A quarantine event.
pub const QUARANTINE_EVENT: Route = get("/quarantine-events/{ref}", Permission::ReadQuarantine);
/// The communications of an event, page by page.
pub const COMMUNICATIONS: Route = get(
    "/quarantine-events/{ref}/communications",
    Permission::ReadQuarantine,
);
/// What the verdict on an ADT File rests on.
pub const KNOWN_FOR_ADT: Route = get("/known/adt", Permission::SendFiles);
/// What the verdict on an Exit Quarantine File rests on, but for the communications.
pub const KNOWN_FOR_EXIT: Route = get("/known/exit-quarantine", Permission::SendFiles);
/// What waits for a reviewer, oldest first.
pub const REVIEWS: Route = get("/reviews", Permission::ReadReviews);
/// All that a decision about a submission rests on.
pub const REVIEW: Route = get("/reviews/{id}", Permission::ReadReviews);
/// Accepts or refuses a submission.
pub const DECIDE_REVIEW: Route =
    post("/reviews/{id}/decision", Permission::DecideReviews).signed_in(SignInAge::Fresh);
/// Takes a submission that waits in hand, takes it over, or gives it back. It gives nobody a right.
pub const ASSIGN_REVIEW: Route = post("/reviews/{id}/assignment", Permission::DecideReviews);
/// Asks the sender of a submission that waits.
pub const ASK_QUESTION: Route = post("/reviews/{id}/questions", Permission::DecideReviews);
/// Answers what a reviewer asked.
pub const ANSWER_QUESTION: Route = post("/submissions/{id}/answers", Permission::AnswerQuestions);
/// What reviewers decided.
pub const DECIDED_REVIEWS: Route = get("/review-decisions", Permission::ReadReviews);
/// The people of an organisation, and the changes that were asked for.
pub const PEOPLE: Route = get(
    "/organisations/{organisation}/people",
    Permission::ReadPeople,
);
/// Asks for a change of one's own organisation's people.
pub const ASK_FOR_CHANGE: Route = post(
    "/organisations/{organisation}/changes",
    Permission::KeepOwnPeople,
)
.signed_in(SignInAge::FreshUnlessToStop);
/// Asks for any change of the directory, signed.
pub const ASK_FOR_SIGNED_CHANGE: Route = post(
    "/organisations/{organisation}/signed-changes",
    Permission::KeepDirectory,
)
.signed_in(SignInAge::FreshUnlessToStop);
/// Registers a certificate of one's own, by a signature of its key.
pub const REGISTER_CERTIFICATE: Route =
    post("/me/certificates", Permission::KeepOwnKeys).signed_in(SignInAge::Fresh);
/// Stops a key of one's own, whenever one signed in.
pub const STOP_OWN_KEY: Route = post("/me/stopped-keys", Permission::KeepOwnKeys);
/// What waits for a second DCC administrator, of every organisation.
pub const CHANGES_TO_APPROVE: Route = get("/changes-to-approve", Permission::KeepDirectory);
/// Approves or refuses a change that another DCC administrator asked for, signed.
pub const ANSWER_CHANGE: Route = post(
    "/organisations/{organisation}/changes/{request}/answer",
    Permission::KeepDirectory,
)
.signed_in(SignInAge::Fresh);
/// Who did what, latest first: in one's own organisation, for DCC staff in whichever they name.
pub const ACTIVITY: Route = get("/activity", Permission::ReadActivity);
/// The same as a file.
pub const ACTIVITY_FILE: Route = get("/activity/file", Permission::ReadActivity);

/// Every route of the API. What is not here does not exist.
pub const ROUTES: &[Route] = &[
    HEALTH,
    OPENAPI,
    DOCS,
    ME,
    PROFILE,
    SUBMISSIONS,
    START_SUBMISSION,
    SUBMISSION,
    UPLOAD,
    FINDINGS,
    WAITING_DECISIONS,
    CHANGES,
    RECEIPT,
    SIGNED_DECISION,
    SENT_FILE,
    SENT_SIGNATURE,
    THRESHOLDS,
    USER_THRESHOLDS,
    THRESHOLD_HISTORY,
    QUARANTINE_EVENTS,
    QUARANTINE_EVENT,
    COMMUNICATIONS,
    KNOWN_FOR_ADT,
    KNOWN_FOR_EXIT,
    REVIEWS,
    REVIEW,
    DECIDE_REVIEW,
    ASSIGN_REVIEW,
    ASK_QUESTION,
    ANSWER_QUESTION,
    DECIDED_REVIEWS,
    PEOPLE,
    ASK_FOR_CHANGE,
    ASK_FOR_SIGNED_CHANGE,
    REGISTER_CERTIFICATE,
    STOP_OWN_KEY,
    CHANGES_TO_APPROVE,
    ANSWER_CHANGE,
    ACTIVITY,
    ACTIVITY_FILE,
];

/// The route of an entrance with this method, and this path with parameters in braces; `None` for one that is not there.
pub fn route_at(entrance: Entrance, method: Method, path: &str) -> Option<Route> {
    let mut routes = ROUTES.iter().filter(|route| entrance.has(route));
    routes
        .find(|route| route.method == method && route.path == path)
        .copied()
}
