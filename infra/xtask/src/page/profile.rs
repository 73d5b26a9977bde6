//! How the page is built: for people, or for whoever looks at it on this machine or works on it.

/// How the page is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PageProfile {
    /// Small and quick: what people get, and what is tested and measured.
    Release,
    /// Built in a fraction of that time, for whoever looks at Sluice or works on it.
    Quick,
    /// The same, and it reloads itself once another one has been built.
    Watched,
}

impl PageProfile {
    /// The profile's name in `Cargo.toml`.
    pub(super) fn cargo_profile(self) -> &'static str {
        match self {
            Self::Release => "page",
            Self::Quick | Self::Watched => "page-quick",
        }
    }
}
