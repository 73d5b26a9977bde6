//! Where a link leads: a page, and what its query says.

use super::PagePath;

/// What a query can say of a page. Filters and places in lists live there, so that a view can be shared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parameter {
    /// What somebody did.
    Act,
    /// Submissions that are chosen, by their references.
    Chosen,
    /// What a reviewer decided.
    Decision,
    /// Digits that the device has.
    Device,
    /// The draft that is open.
    Draft,
    /// The code of a finding.
    Finding,
    /// At this time, or on this day, or later.
    From,
    /// In whose hands something is.
    InHand,
    /// The kind of file.
    Kind,
    /// An organisation, by its short name.
    Organisation,
    /// What came of something.
    Outcome,
    /// The page of a table that is shown, from 1.
    Page,
    /// Somebody, by their sign-in.
    Person,
    /// What was asked of a submission's sender.
    Questions,
    /// How high a risk is.
    Risk,
    /// The earlier submission that the next file corrects.
    Replaces,
    /// What is looked for in a list.
    Search,
    /// The column that a table is sorted by.
    Sort,
    /// A service reference variant.
    Srv,
    /// The state of submissions or communications.
    State,
    /// Before this time, or on this day at the latest.
    To,
    /// The form of a table.
    View,
}

impl Parameter {
    /// Its name in the query.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Act => "act",
            Self::Chosen => "chosen",
            Self::Decision => "decision",
            Self::Device => "device",
            Self::Draft => "draft",
            Self::Finding => "finding",
            Self::From => "from",
            Self::InHand => "in-hand",
            Self::Kind => "kind",
            Self::Organisation => "organisation",
            Self::Outcome => "outcome",
            Self::Page => "page",
            Self::Person => "person",
            Self::Questions => "questions",
            Self::Risk => "risk",
            Self::Replaces => "replaces",
            Self::Search => "search",
            Self::Sort => "sort",
            Self::Srv => "srv",
            Self::State => "state",
            Self::To => "to",
            Self::View => "view",
        }
    }
}

/// A page, and at most one value in its query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    path: PagePath,
    query: Option<(Parameter, String)>,
}

impl Link {
    /// The values that links carry are identifiers, whose form is safe in a query.
    pub(super) const fn new(path: PagePath, query: Option<(Parameter, String)>) -> Self {
        Self { path, query }
    }

    /// The link as text.
    pub fn href(&self) -> String {
        let mut text = self.path.href();
        if let Some((parameter, value)) = &self.query {
            text.extend(["?", parameter.name(), "=", value]);
        }
        text
    }
}

impl From<PagePath> for Link {
    fn from(path: PagePath) -> Self {
        Self::new(path, None)
    }
}
