use std::fmt;

use super::BudgetRules;
use crate::finding::grouped;

/// What may be sent in a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// Submissions that may be started.
    pub submissions: u64,
    /// Bytes that their files may have together.
    pub bytes: u64,
}

impl BudgetRules {
    /// One person's.
    #[must_use]
    pub const fn of_person(&self) -> Budget {
        Budget {
            submissions: self.person_submissions_a_day,
            bytes: self.person_bytes_a_day,
        }
    }

    /// That of all people of an organisation together.
    #[must_use]
    pub const fn of_organisation(&self) -> Budget {
        Budget {
            submissions: self.organisation_submissions_a_day,
            bytes: self.organisation_bytes_a_day,
        }
    }
}

/// "1,000 submissions, or 20,000 MB".
impl fmt::Display for Budget {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (submissions, megabytes) = (grouped(self.submissions), grouped(self.bytes / 1_000_000));
        write!(out, "{submissions} submissions, or {megabytes} MB")
    }
}

#[cfg(test)]
mod tests {
    use crate::profile::Profile;

    #[test]
    fn a_budget_is_told_in_numbers_that_people_read() {
        let rules = &Profile::standard().budgets;
        assert_eq!(
            rules.of_person().to_string(),
            "1,000 submissions, or 20,000 MB"
        );
        assert_eq!(
            rules.of_organisation().to_string(),
            "3,000 submissions, or 60,000 MB"
        );
    }
}
