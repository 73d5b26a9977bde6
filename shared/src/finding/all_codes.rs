//! Every code of a finding, group by group.

use super::FindingCode;

impl FindingCode {
    /// Every code, in the order in which the Help page lists them.
    pub fn all() -> impl Iterator<Item = &'static Self> {
        [
            super::file_defects::CODES,
            super::value_defects::CODES,
            super::adt_defects::CODES,
            super::exit_defects::CODES,
            super::held_defects::CODES,
            super::statement_defects::CODES,
            super::signature_defects::CODES,
            super::record_defects::CODES,
        ]
        .into_iter()
        .flatten()
        .copied()
    }

    /// The codes of what a file shows by itself, in the order of [`FindingCode::all`].
    pub fn of_files() -> impl Iterator<Item = &'static Self> {
        [
            super::file_defects::CODES,
            super::value_defects::CODES,
            super::adt_defects::CODES,
            super::exit_defects::CODES,
        ]
        .into_iter()
        .flatten()
        .copied()
    }

    /// The code with this name.
    pub fn find(code: &str) -> Option<&'static Self> {
        Self::all().find(|known| known.code == code)
    }
}
