//! Every code of a finding, group by group.

use super::FindingCode;

impl FindingCode {
    /// Every code, in the order in which the Help page lists them.
    pub fn all() -> impl Iterator<Item = &'static Self> {
        [
            super::file_defects::CODES,
            super::value_defects::CODES,
            super::adt_defects::CODES,
            super::service_defects::CODES,
            super::instant_defects::CODES,
            super::communication_defects::CODES,
            super::exit_defects::CODES,
            super::report_defects::CODES,
            super::held_defects::CODES,
            super::reported_defects::CODES,
            super::statement_defects::CODES,
            super::signature_defects::CODES,
            super::certificate_codes::CODES,
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
            super::service_defects::CODES,
            super::instant_defects::CODES,
            super::communication_defects::CODES,
            super::exit_defects::CODES,
            super::report_defects::CODES,
        ]
        .into_iter()
        .flatten()
        .copied()
    }

    /// Why it matters and what to do, for someone who never met it.
    pub fn explanation(&self) -> &'static str {
        let explained = [
            super::file_defects::EXPLANATIONS,
            super::value_defects::EXPLANATIONS,
            super::adt_defects::EXPLANATIONS,
            super::service_defects::EXPLANATIONS,
            super::instant_defects::EXPLANATIONS,
            super::communication_defects::EXPLANATIONS,
            super::exit_defects::EXPLANATIONS,
            super::report_defects::EXPLANATIONS,
            super::held_defects::EXPLANATIONS,
            super::reported_defects::EXPLANATIONS,
            super::statement_defects::EXPLANATIONS,
            super::signature_defects::EXPLANATIONS,
            super::certificate_codes::EXPLANATIONS,
            super::record_defects::EXPLANATIONS,
        ];
        let mut explained = explained.into_iter().flatten();
        let found = explained.find(|(code, _)| *code == self.code);
        found.map_or("", |(_, explanation)| explanation)
    }

    /// The code with this name.
    pub fn find(code: &str) -> Option<&'static Self> {
        Self::all().find(|known| known.code == code)
    }
}
