//! The paths of the page: the one place where they are written and read.

use super::{Link, Parameter};
use sluice_shared::identifiers::{Eui64, QuarantineEventRef, SubmissionId};

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
    /// What waits for a reviewer.
    ReviewQueue,
    /// A submission with all that a decision about it rests on.
    Review(SubmissionId),
    /// The topics of Help.
    Help,
    /// A topic of Help.
    HelpTopic(HelpTopic),
}

/// What Help is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HelpTopic {
    Sending,
    Files,
    Thresholds,
    Deciding,
    Signing,
    Findings,
    Services,
    Outage,
    Samples,
}

/// Why a path leads to no page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoPage {
    /// No page has such a path.
    Unknown,
    /// Help has no such topic.
    UnknownTopic,
    /// What should be the reference of a quarantine event has not the form of one.
    NotAnEvent,
}

impl PagePath {
    /// Reads a path. Slashes too many do no harm, and identifiers are read in every form that people type.
    pub fn parse(path: &str) -> Result<Self, NoPage> {
        let steps: Vec<&str> = path.split('/').filter(|step| !step.is_empty()).collect();
        let submission = |text| SubmissionId::parse(text).map_err(|_| NoPage::Unknown);
        let user_id = |text| Eui64::parse(text).map_err(|_| NoPage::Unknown);
        let event = |text| QuarantineEventRef::parse(text).map_err(|_| NoPage::NotAnEvent);
        Ok(match steps[..] {
            [] => Self::Overview,
            ["signed-in"] => Self::SignedIn,
            ["send"] => Self::Send,
            ["send", reference] => Self::Outcome(submission(reference)?),
            ["submissions"] => Self::Submissions,
            ["submissions", reference] => Self::Submission(submission(reference)?),
            ["quarantine"] => Self::Quarantine,
            ["quarantine", reference] => Self::QuarantineEvent(event(reference)?),
            ["quarantine", reference, "review"] => Self::QuarantineDecisions(event(reference)?),
            ["thresholds"] => Self::Thresholds,
            ["thresholds", id] => Self::UserThresholds(user_id(id)?),
            ["thresholds", id, "write"] => Self::WriteThresholds(user_id(id)?),
            ["signing-key"] => Self::SigningKey,
            ["review"] => Self::ReviewQueue,
            ["review", reference] => Self::Review(submission(reference)?),
            ["help"] => Self::Help,
            ["help", name] => Self::HelpTopic(HelpTopic::parse(name).ok_or(NoPage::UnknownTopic)?),
            ["help", ..] => return Err(NoPage::UnknownTopic),
            _ => return Err(NoPage::Unknown),
        })
    }

    /// The path as text, for a link.
    pub fn href(self) -> String {
        let (folder, name, below) = match self {
            Self::Overview => ("/", String::new(), ""),
            Self::SignedIn => ("/signed-in", String::new(), ""),
            Self::Send => ("/send", String::new(), ""),
            Self::Outcome(reference) => ("/send/", reference.to_string(), ""),
            Self::Submissions => ("/submissions", String::new(), ""),
            Self::Submission(reference) => ("/submissions/", reference.to_string(), ""),
            Self::Quarantine => ("/quarantine", String::new(), ""),
            Self::QuarantineEvent(event) => ("/quarantine/", event.to_string(), ""),
            Self::QuarantineDecisions(event) => ("/quarantine/", event.to_string(), "/review"),
            Self::Thresholds => ("/thresholds", String::new(), ""),
            Self::UserThresholds(id) => ("/thresholds/", id.to_string(), ""),
            Self::WriteThresholds(id) => ("/thresholds/", id.to_string(), "/write"),
            Self::SigningKey => ("/signing-key", String::new(), ""),
            Self::ReviewQueue => ("/review", String::new(), ""),
            Self::Review(reference) => ("/review/", reference.to_string(), ""),
            Self::Help => ("/help", String::new(), ""),
            Self::HelpTopic(topic) => ("/help/", topic.name().to_owned(), ""),
        };
        [folder, &name, below].concat()
    }

    /// A link to the page with a value in its query.
    pub fn with(self, parameter: Parameter, value: impl Into<String>) -> Link {
        Link::new(self, Some((parameter, value.into())))
    }

    /// Whether a path is this page's or lies below it. Below the overview lies nothing.
    pub fn is_at_or_above(self, path: &str) -> bool {
        match path.strip_prefix(&self.href()) {
            Some(rest) => rest.is_empty() || (self != Self::Overview && rest.starts_with('/')),
            None => false,
        }
    }
}

impl HelpTopic {
    /// All topics, in the order of Help's first page.
    pub const ALL: [Self; 9] = [
        Self::Sending,
        Self::Files,
        Self::Thresholds,
        Self::Deciding,
        Self::Signing,
        Self::Findings,
        Self::Services,
        Self::Outage,
        Self::Samples,
    ];

    const fn name(self) -> &'static str {
        match self {
            Self::Sending => "sending",
            Self::Files => "files",
            Self::Thresholds => "thresholds",
            Self::Deciding => "deciding",
            Self::Signing => "signing",
            Self::Findings => "findings",
            Self::Services => "services",
            Self::Outage => "outage",
            Self::Samples => "samples",
        }
    }

    fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|topic| topic.name() == name)
    }
}
