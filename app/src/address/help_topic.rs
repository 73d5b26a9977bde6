//! The topics of Help, by their names in paths.

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
    Systems,
    Outage,
    WaysBack,
    Samples,
}

impl HelpTopic {
    /// All topics, in the order of Help's first page.
    pub const ALL: [Self; 11] = [
        Self::Sending,
        Self::Files,
        Self::Thresholds,
        Self::Deciding,
        Self::Signing,
        Self::Findings,
        Self::Services,
        Self::Systems,
        Self::Outage,
        Self::WaysBack,
        Self::Samples,
    ];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Sending => "sending",
            Self::Files => "files",
            Self::Thresholds => "thresholds",
            Self::Deciding => "deciding",
            Self::Signing => "signing",
            Self::Findings => "findings",
            Self::Services => "services",
            Self::Systems => "systems",
            Self::Outage => "outage",
            Self::WaysBack => "ways-back",
            Self::Samples => "samples",
        }
    }

    pub(super) fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|topic| topic.name() == name)
    }
}
