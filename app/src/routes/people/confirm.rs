//! Confirming what several people may do: a change for each, and what became of all of them.

use super::{
    Keeping,
    access::Ticks,
    ask::{self, Wanted},
};
use crate::{
    api::{ApiError, PersonView, calls},
    browser,
    components::counted,
};
use leptos::prelude::*;
use sluice_shared::{
    directory::{ChangeState, DirectoryChange},
    identifiers::{ChangeReason, ChangeRequestId, OrganisationId, PersonId},
};

/// How often the list is looked at for what became of them, and how long in between, in milliseconds.
const LOOKS: u32 = 40;
const PAUSE: u32 = 300;

/// One of those who are confirmed, and how it went.
struct Confirmed {
    id: PersonId,
    name: String,
    became: Became,
}

enum Became {
    /// It was taken, and not yet made.
    Taken(ChangeRequestId),
    Made,
    /// It was not done, and why.
    NotDone(String),
}

/// Confirms what each of these people may do, as it is shown.
pub(super) fn confirm(
    keeping: Keeping,
    ticks: Ticks,
    organisation: OrganisationId,
    people: Vec<PersonView>,
    reason: ChangeReason,
) {
    ask::begin(keeping);
    leptos::task::spawn_local(async move {
        let mut all = Vec::with_capacity(people.len());
        for person in people {
            let wanted = Wanted {
                organisation: organisation.clone(),
                change: DirectoryChange::ConfirmAccess {
                    person: person.person.id.clone(),
                    access: person.access(),
                },
                reason: reason.clone(),
            };
            let became = match ask::send(keeping, wanted).await {
                Ok(taken) => Became::Taken(taken.request),
                // Nothing of a session that has ended, or of a service that is away, is about this person alone.
                Err(error) if error.status() != Some(409) => {
                    ended(keeping, ticks, &all, error);
                    return;
                }
                Err(error) => Became::NotDone(error.detail()),
            };
            all.push(Confirmed {
                id: person.person.id,
                name: person.person.name,
                became,
            });
        }
        follow(keeping, &organisation, &mut all).await;
        forget(ticks, &all);
        let _ = keeping.outcome.try_set(Some(in_words(&all)));
        let _ = keeping.again.try_update(|again| *again += 1);
        let _ = keeping.busy.try_set(false);
    });
}

fn ended(keeping: Keeping, ticks: Ticks, all: &[Confirmed], error: ApiError) {
    forget(ticks, all);
    let _ = keeping.problem.try_set(Some(error));
    let _ = keeping.again.try_update(|again| *again += 1);
    let _ = keeping.busy.try_set(false);
}

/// Those that were taken are ticked no longer. The page may have been left meanwhile, and its signals with it.
fn forget(ticks: Ticks, all: &[Confirmed]) {
    let _ = ticks.people.try_update(|people| {
        people.retain(|person| {
            let is_it = |one: &&Confirmed| one.id == *person;
            let one = all.iter().find(is_it);
            one.is_none_or(|one| matches!(one.became, Became::NotDone(_)))
        });
    });
}

/// Looks what becomes of all that were taken.
async fn follow(keeping: Keeping, organisation: &OrganisationId, all: &mut [Confirmed]) {
    for _ in 0..LOOKS {
        if !all.iter().any(|one| matches!(one.became, Became::Taken(_))) {
            return;
        }
        browser::sleep(PAUSE).await;
        let Ok(people) = keeping.api.get(calls::people(organisation)).await else {
            continue;
        };
        for one in all.iter_mut() {
            let Became::Taken(request) = one.became else {
                continue;
            };
            let mut changes = people.changes.iter();
            let change = changes.find(|change| change.request == request);
            match change.map(|change| &change.state) {
                Some(ChangeState::Made { .. }) => one.became = Became::Made,
                Some(ChangeState::Refused { why, .. }) => {
                    one.became = Became::NotDone(why.clone());
                }
                Some(ChangeState::AwaitingApproval { .. }) | None => {}
            }
        }
    }
}

/// What became of them, in a title and a sentence.
fn in_words(all: &[Confirmed]) -> (&'static str, String) {
    let number =
        |is_it: fn(&Became) -> bool| all.iter().filter(|one| is_it(&one.became)).count() as u64;
    let made = number(|became| matches!(became, Became::Made));
    let taken = number(|became| matches!(became, Became::Taken(_)));
    let mut words = Vec::new();
    if made > 0 {
        let people = counted(made, "person", "people");
        words.push(format!("The access of {people} is confirmed."));
    }
    if taken > 0 {
        let people = counted(taken, "person", "people");
        words.push(format!(
            "For {people} it takes longer than usual. It is listed here as soon as it is done."
        ));
    }
    for one in all {
        if let Became::NotDone(why) = &one.became {
            words.push(format!("{}: {why}", one.name));
        }
    }
    let title = if made == all.len() as u64 {
        "Done"
    } else if made + taken == 0 {
        "Not done"
    } else {
        "Not all is done"
    };
    (title, words.join(" "))
}
