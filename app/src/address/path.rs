//! The paths of the page: the one place where they are written and read.

use super::{HelpTopic, Link, Parameter, Section};
use sluice_shared::identifiers::{Eui64, QuarantineEventRef, SubmissionId};

/// The last step of the page of decisions.
const DECISIONS: &str = "review";
/// The last step of the page on which thresholds are written.
const WRITE: &str = "write";
/// The last step of the page of a receipt.
const RECEIPT: &str = "receipt";

/// The last step of the page on which several submissions are accepted.
const TOGETHER: &str = "together";
/// The last step of the page of what reviewers decided.
const DECIDED: &str = "decided";

/// An address within the page, without its query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PagePath {
    /// What needs the person now.
    Overview,
    /// Where the issuer of sign-ins sends people back to. Never drawn.
    SignedIn,
    /// The steps of sending a file.
    Send,
    /// What became of a file that was sent.
    Outcome(SubmissionId),
    Submissions,
    /// A submission with all that is known of it.
    Submission(SubmissionId),
    /// Its receipt, to read and to print.
    Receipt(SubmissionId),
    Quarantine,
    /// An event, to decide on what it holds.
    QuarantineEvent(QuarantineEventRef),
    /// The decisions about an event, before they are sent.
    QuarantineDecisions(QuarantineEventRef),
    /// The User IDs with their thresholds.
    Thresholds,
    /// The thresholds of a User ID.
    UserThresholds(Eui64),
    /// Writing the thresholds of a User ID.
    WriteThresholds(Eui64),
    /// The key that files are signed with here.
    SigningKey,
    /// The people of one's own organisation, for whoever keeps them.
    People,
    /// Organisations and their people, for DCC staff.
    Directory,
    /// Who did what.
    Activity,
    /// What waits for a reviewer.
    ReviewQueue,
    /// What reviewers decided.
    ReviewHistory,
    /// Accepting several submissions that only harmless rules stopped.
    ReviewTogether,
    /// A submission with all that a decision about it rests on.
    Review(SubmissionId),
    /// What becomes of what this browser keeps of whoever signs out.
    SignOut,
    /// The topics of Help.
    Help,
    /// A topic of Help.
    HelpTopic(HelpTopic),
}

/// Why a path leads to no page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoPage {
    /// No page has such a path.
    Unknown,
    /// What should be the reference of a quarantine event has not the form of one.
    NotAnEvent,
}

impl PagePath {
    /// Reads a path. Identifiers are read in every form that people type.
    pub fn parse(path: &str) -> Result<Self, NoPage> {
        use Section as S;
        let section = Section::of_path(path).ok_or(NoPage::Unknown)?;
        let submission = |text| SubmissionId::parse(text).map_err(|_| NoPage::Unknown);
        let user_id = |text| Eui64::parse(text).map_err(|_| NoPage::Unknown);
        let event = |text| QuarantineEventRef::parse(text).map_err(|_| NoPage::NotAnEvent);
        let steps = path.split('/').filter(|step| !step.is_empty()).skip(1);
        Ok(match (section, &steps.collect::<Vec<_>>()[..]) {
            (S::Overview, []) => Self::Overview,
            (S::SignedIn, []) => Self::SignedIn,
            (S::Send, []) => Self::Send,
            (S::Send, [reference]) => Self::Outcome(submission(reference)?),
            (S::Submissions, []) => Self::Submissions,
            (S::Submissions, [reference]) => Self::Submission(submission(reference)?),
            (S::Submissions, [reference, RECEIPT]) => Self::Receipt(submission(reference)?),
            (S::Quarantine, []) => Self::Quarantine,
            (S::Quarantine, [reference]) => Self::QuarantineEvent(event(reference)?),
            (S::Quarantine, [reference, DECISIONS]) => Self::QuarantineDecisions(event(reference)?),
            (S::Thresholds, []) => Self::Thresholds,
            (S::Thresholds, [id]) => Self::UserThresholds(user_id(id)?),
            (S::Thresholds, [id, WRITE]) => Self::WriteThresholds(user_id(id)?),
            (S::SigningKey, []) => Self::SigningKey,
            (S::People, []) => Self::People,
            (S::Directory, []) => Self::Directory,
            (S::Activity, []) => Self::Activity,
            (S::Review, []) => Self::ReviewQueue,
            (S::Review, [TOGETHER]) => Self::ReviewTogether,
            (S::Review, [DECIDED]) => Self::ReviewHistory,
            (S::Review, [reference]) => Self::Review(submission(reference)?),
            (S::SignOut, []) => Self::SignOut,
            (S::Help, []) => Self::Help,
            (S::Help, [name]) => Self::HelpTopic(HelpTopic::parse(name).ok_or(NoPage::Unknown)?),
            _ => return Err(NoPage::Unknown),
        })
    }

    /// The path as text, for a link.
    pub fn href(self) -> String {
        let below = match self {
            Self::Outcome(reference)
            | Self::Submission(reference)
            | Self::Receipt(reference)
            | Self::Review(reference) => Some(reference.to_string()),
            Self::QuarantineEvent(reference) | Self::QuarantineDecisions(reference) => {
                Some(reference.to_string())
            }
            Self::UserThresholds(id) | Self::WriteThresholds(id) => Some(id.to_string()),
            Self::HelpTopic(topic) => Some(topic.name().to_owned()),
            _ => None,
        };
        let last = match self {
            Self::QuarantineDecisions(_) => Some(DECISIONS),
            Self::WriteThresholds(_) => Some(WRITE),
            Self::Receipt(_) => Some(RECEIPT),
            Self::ReviewTogether => Some(TOGETHER),
            Self::ReviewHistory => Some(DECIDED),
            _ => None,
        };
        let mut text = "/".to_owned();
        text.push_str(self.section().first_step());
        for step in below.as_deref().into_iter().chain(last) {
            text.push('/');
            text.push_str(step);
        }
        text
    }

    /// The section that the page lies in.
    pub const fn section(self) -> Section {
        match self {
            Self::Overview => Section::Overview,
            Self::SignedIn => Section::SignedIn,
            Self::Send | Self::Outcome(_) => Section::Send,
            Self::Submissions | Self::Submission(_) | Self::Receipt(_) => Section::Submissions,
            Self::Quarantine | Self::QuarantineEvent(_) | Self::QuarantineDecisions(_) => {
                Section::Quarantine
            }
            Self::Thresholds | Self::UserThresholds(_) | Self::WriteThresholds(_) => {
                Section::Thresholds
            }
            Self::SigningKey => Section::SigningKey,
            Self::People => Section::People,
            Self::Directory => Section::Directory,
            Self::Activity => Section::Activity,
            Self::ReviewQueue | Self::ReviewHistory | Self::ReviewTogether | Self::Review(_) => {
                Section::Review
            }
            Self::SignOut => Section::SignOut,
            Self::Help | Self::HelpTopic(_) => Section::Help,
        }
    }

    /// A link to the page with a value in its query.
    pub fn with(self, parameter: Parameter, value: impl Into<String>) -> Link {
        Link::new(self, Some((parameter, value.into())))
    }
}
