//! Who of the reviewers has a submission in hand. It gives nobody a right and takes none: whoever may decide may decide, and is told.

use serde::{Deserialize, Serialize};

use crate::directory::PersonRef;
use crate::identifiers::PersonId;
use crate::instant::UtcTime;

/// A submission in a reviewer's hands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Assignment {
    /// Who has it.
    pub person: PersonRef,
    /// Since when.
    pub since: UtcTime,
    /// From whom they took it over.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub taken_from: Option<PersonRef>,
}

/// What a reviewer wants of a submission: body of `POST /reviews/{id}/assignment`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case", tag = "wanted", deny_unknown_fields)]
pub enum AssignReview {
    /// To have it, where nobody has it.
    // With braces, since serde lets a variant without any have unknown fields beside its name.
    Take {},
    /// To have it instead of whoever has it.
    TakeOver {
        /// Whom they saw to have it.
        from: PersonId,
    },
    /// To have it no longer.
    GiveBack {},
}

/// Why it stays in the hands in which it is.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AssignmentBar {
    /// A colleague has it.
    #[error(
        "{} has had it since {}. Nothing was changed. Take it over if you have agreed on that, or decide it without: anybody who may decide it \
         still may.",
        .0.person.name, .0.since.in_words()
    )]
    HasSomebodyElse(Assignment),
    /// Whoever was seen to have it does not.
    #[error("Nobody has it any more. Nothing was changed; you can take it now.")]
    NobodyHasIt,
}

/// What becomes of an assignment when somebody wants something of it: who has it then.
///
/// # Errors
/// Somebody else is in the way; it stays as it is.
pub fn assign(
    current: Option<&Assignment>,
    asker: &PersonRef,
    wanted: &AssignReview,
    now: UtcTime,
) -> Result<Option<Assignment>, AssignmentBar> {
    let taken = |taken_from| {
        Ok(Some(Assignment {
            person: asker.clone(),
            since: now,
            taken_from,
        }))
    };
    match (wanted, current) {
        (AssignReview::GiveBack {}, None) => Ok(None),
        (AssignReview::GiveBack {}, Some(has)) if has.person.id == asker.id => Ok(None),
        (AssignReview::Take {} | AssignReview::TakeOver { .. }, Some(has))
            if has.person.id == asker.id =>
        {
            Ok(Some(has.clone()))
        }
        (AssignReview::Take {}, None) => taken(None),
        (AssignReview::TakeOver { .. }, None) => Err(AssignmentBar::NobodyHasIt),
        (AssignReview::TakeOver { from }, Some(has)) if has.person.id == *from => {
            taken(Some(has.person.clone()))
        }
        (_, Some(has)) => Err(AssignmentBar::HasSomebodyElse(has.clone())),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn person(id: &str) -> PersonRef {
        PersonRef {
            id: PersonId::parse(id).unwrap(),
            name: format!("Reviewer {id}"),
        }
    }

    fn at(text: &str) -> UtcTime {
        UtcTime::parse(text).unwrap()
    }

    fn over(from: &str) -> AssignReview {
        AssignReview::TakeOver {
            from: PersonId::parse(from).unwrap(),
        }
    }

    #[test]
    fn one_has_it_and_another_takes_it_over_from_whom_they_saw_only() {
        let (one, two, three) = (person("one"), person("two"), person("three"));
        let (early, late) = (at("2026-11-03T09:00:00Z"), at("2026-11-03T10:00:00Z"));
        let has = assign(None, &one, &AssignReview::Take {}, early).unwrap();
        assert_eq!(has.as_ref().unwrap().person, one);
        // Once more changes nothing, also not since when.
        assert_eq!(
            assign(has.as_ref(), &one, &AssignReview::Take {}, late),
            Ok(has.clone())
        );
        let in_the_way = AssignmentBar::HasSomebodyElse(has.clone().unwrap());
        for wanted in [
            AssignReview::Take {},
            AssignReview::GiveBack {},
            over("three"),
        ] {
            let answer = assign(has.as_ref(), &two, &wanted, late);
            assert_eq!(answer, Err(in_the_way.clone()), "{wanted:?}");
        }
        let now = assign(has.as_ref(), &two, &over("one"), late)
            .unwrap()
            .unwrap();
        assert_eq!(
            (now.person.clone(), now.taken_from.clone(), now.since),
            (two, Some(one), late)
        );
        assert_eq!(
            assign(Some(&now), &three, &over("one"), late),
            Err(AssignmentBar::HasSomebodyElse(now.clone()))
        );
    }

    #[test]
    fn whoever_has_it_gives_it_back_and_nobodys_is_taken_not_taken_over() {
        let (one, now) = (person("one"), at("2026-11-03T09:00:00Z"));
        let has = assign(None, &one, &AssignReview::Take {}, now).unwrap();
        assert_eq!(
            assign(has.as_ref(), &one, &AssignReview::GiveBack {}, now),
            Ok(None)
        );
        assert_eq!(
            assign(None, &one, &AssignReview::GiveBack {}, now),
            Ok(None)
        );
        assert_eq!(
            assign(None, &one, &over("two"), now),
            Err(AssignmentBar::NobodyHasIt)
        );
    }
}
