//! What a reviewer may accept together with others, without opening each: what only harmless rules stopped, by the profile's data.

use crate::profile::ReviewRules;
use crate::review::{Assignment, QuestionCount};
use crate::risk::{RiskLevel, RiskRule};
use crate::{directory::ReviewBar, identifiers::PersonId};

/// A submission that waits, as far as it matters whether it is accepted with others.
#[derive(Clone, Copy, Debug)]
pub struct Waiting<'a> {
    /// The rules that stopped it.
    pub rules: &'a [RiskRule],
    /// Why whoever asks may not decide it.
    pub barred: Option<ReviewBar>,
    /// How many decisions on it came to nothing.
    pub void: usize,
    /// What was asked about it.
    pub questions: Option<QuestionCount>,
}

/// Why a submission has to be opened by itself. Each goes on after "not with others:".
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TogetherBar {
    /// This reviewer may not decide it at all.
    #[error("{0}")]
    Barred(ReviewBar),
    /// A rule that is not harmless stopped it.
    #[error("its risk has to be looked at: {}", .0.title())]
    NotHarmless(RiskRule),
    /// No rule stops it any more: it waits for another reason, which has to be read.
    #[error("no rule of risk applies any more; why it waits has to be read")]
    NoRule,
    /// A decision on it came to nothing: what had changed has to be read.
    #[error("a decision on it took no effect; what changed has to be read")]
    Void,
    /// The sender has not answered yet.
    #[error("a question about it has no answer yet")]
    OpenQuestion,
    /// The answer has to be read.
    #[error("the sender has answered a question about it, which has to be read")]
    Answered,
}

/// Whether a rule is one that does not have to be looked at one by one. One of more than low risk never is.
pub fn is_harmless(rule: RiskRule, rules: &ReviewRules) -> bool {
    rules.harmless.contains(&rule) && RiskLevel::of_rule(rule, rules) == RiskLevel::Low
}

/// Whether a reviewer may accept a submission together with others.
///
/// # Errors
/// Why it has to be opened by itself.
pub fn may_accept_together(waiting: Waiting<'_>, rules: &ReviewRules) -> Result<(), TogetherBar> {
    if let Some(barred) = waiting.barred {
        return Err(TogetherBar::Barred(barred));
    }
    let mut fired = waiting.rules.iter();
    if let Some(rule) = fired.find(|rule| !is_harmless(**rule, rules)) {
        return Err(TogetherBar::NotHarmless(*rule));
    }
    match (waiting.void, waiting.rules, waiting.questions) {
        (1.., ..) => Err(TogetherBar::Void),
        (0, [], _) => Err(TogetherBar::NoRule),
        (_, _, Some(QuestionCount { open: 1.., .. })) => Err(TogetherBar::OpenQuestion),
        (_, _, Some(QuestionCount { answered: 1.., .. })) => Err(TogetherBar::Answered),
        _ => Ok(()),
    }
}

/// The colleague who has a submission in hand, where that is not `person`.
pub fn in_anothers_hands<'a>(
    assigned: Option<&'a Assignment>,
    person: &PersonId,
) -> Option<&'a Assignment> {
    assigned.filter(|assigned| assigned.person.id != *person)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::Profile;

    const HARMLESS: &[RiskRule] = &[RiskRule::WarningSilenced, RiskRule::ExceptionDropped];

    fn waiting(rules: &[RiskRule]) -> Waiting<'_> {
        Waiting {
            rules,
            barred: None,
            void: 0,
            questions: None,
        }
    }

    fn answer(waiting: Waiting<'_>) -> Result<(), TogetherBar> {
        may_accept_together(waiting, &Profile::standard().review)
    }

    #[test]
    fn only_what_harmless_rules_alone_stopped_is_accepted_with_others() {
        assert_eq!(answer(waiting(HARMLESS)), Ok(()));
        assert_eq!(answer(waiting(&[])), Err(TogetherBar::NoRule));
        for rule in RiskRule::ALL {
            let fired = [RiskRule::WarningSilenced, rule];
            let expected = if HARMLESS.contains(&rule) {
                Ok(())
            } else {
                Err(TogetherBar::NotHarmless(rule))
            };
            assert_eq!(answer(waiting(&fired)), expected, "{rule}");
        }
    }

    #[test]
    fn what_was_decided_in_vain_asked_about_or_is_not_ones_to_decide_is_opened_by_itself() {
        let harmless = waiting(HARMLESS);
        let void = Waiting {
            void: 1,
            ..harmless
        };
        assert_eq!(answer(void), Err(TogetherBar::Void));
        for (open, answered, expected) in [
            (1, 0, Err(TogetherBar::OpenQuestion)),
            (1, 1, Err(TogetherBar::OpenQuestion)),
            (0, 1, Err(TogetherBar::Answered)),
            (0, 0, Ok(())),
        ] {
            let asked = Waiting {
                questions: Some(QuestionCount { open, answered }),
                ..harmless
            };
            assert_eq!(answer(asked), expected);
        }
        for barred in [
            ReviewBar::NotAReviewer,
            ReviewBar::OwnOrganisation,
            ReviewBar::OwnUpload,
            ReviewBar::OwnSignature,
        ] {
            let own = Waiting {
                barred: Some(barred),
                ..harmless
            };
            assert_eq!(answer(own), Err(TogetherBar::Barred(barred)));
        }
    }

    #[test]
    fn a_rule_of_more_than_low_risk_is_never_harmless_whatever_the_profile_says() {
        let rules = ReviewRules {
            harmless: RiskRule::ALL.to_vec(),
            ..Profile::standard().review.clone()
        };
        for rule in RiskRule::ALL {
            let is_low = RiskLevel::of_rule(rule, &rules) == RiskLevel::Low;
            assert_eq!(is_harmless(rule, &rules), is_low, "{rule}");
        }
        let none = ReviewRules {
            harmless: Vec::new(),
            ..rules
        };
        assert!(!is_harmless(RiskRule::WarningSilenced, &none));
    }
}
