//! What the caller, and the caller's organisation, may still send today.
use super::VisibleTo;
use crate::{
    error::{ApiError, Refusal},
    stores::Spender,
};

impl VisibleTo<'_> {
    /// Counts one more submission, of a file of `length` bytes, unless that is more than may be sent in a day.
    pub(crate) async fn spend_budgets(&self, length: u64) -> Result<(), ApiError> {
        let rules = &self.settings().profile.budgets;
        let organisation = self.asker.organisation();
        let person = Spender::Person(organisation, self.asker.id());
        let all = Spender::Organisation(organisation);
        for (spender, most, whose) in [
            (person, rules.of_person(), "you"),
            (all, rules.of_organisation(), "your organisation"),
        ] {
            let announcements = &self.backend.announcements;
            let counted = announcements.spend(spender, length, most, self.now());
            if !counted.await? {
                return Err(Refusal::BudgetSpent { whose, most }.into());
            }
        }
        Ok(())
    }
}
