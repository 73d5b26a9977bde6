//! The first steps of paths.

/// Where a path lies by its first step: all that the page has to know of it before the part that draws it is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    Overview,
    SignedIn,
    Send,
    Submissions,
    Quarantine,
    Thresholds,
    SigningKey,
    People,
    Directory,
    Activity,
    Review,
    SignOut,
    Help,
}

impl Section {
    const ALL: [Self; 13] = [
        Self::Overview,
        Self::SignedIn,
        Self::Send,
        Self::Submissions,
        Self::Quarantine,
        Self::Thresholds,
        Self::SigningKey,
        Self::People,
        Self::Directory,
        Self::Activity,
        Self::Review,
        Self::SignOut,
        Self::Help,
    ];

    /// The section of a path, if there is one. Slashes too many do no harm.
    pub fn of_path(path: &str) -> Option<Self> {
        let first = path.split('/').find(|step| !step.is_empty());
        let first = first.unwrap_or_default();
        Self::ALL
            .into_iter()
            .find(|section| section.first_step() == first)
    }

    pub(super) const fn first_step(self) -> &'static str {
        match self {
            Self::Overview => "",
            Self::SignedIn => "signed-in",
            Self::Send => "send",
            Self::Submissions => "submissions",
            Self::Quarantine => "quarantine",
            Self::Thresholds => "thresholds",
            Self::SigningKey => "signing-key",
            Self::People => "people",
            Self::Directory => "directory",
            Self::Activity => "activity",
            Self::Review => "review",
            Self::SignOut => "sign-out",
            Self::Help => "help",
        }
    }
}
