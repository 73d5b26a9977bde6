//! How the page is built: for people, or while one writes it.

/// How the page is built.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum PageProfile {
    /// Small: what people get.
    Release,
    /// Quick to build.
    Dev,
}

impl PageProfile {
    /// The profile's name in `Cargo.toml`.
    pub(super) fn cargo_profile(self) -> &'static str {
        match self {
            Self::Release => "page",
            Self::Dev => "page-dev",
        }
    }
}
