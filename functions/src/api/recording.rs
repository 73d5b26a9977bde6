//! What is recorded of a request: one place, behind sign-in and before the answer goes out, so that each route is recorded and no handler thinks of it.
//!
//! Where a record cannot be written, its answer is not given. What was changed by then stays changed, and what `intake` makes of it is recorded
//! there; asking again is harmless.
use std::{
    collections::{BTreeSet, HashMap},
    net::IpAddr,
    panic::resume_unwind,
    sync::{Arc, Mutex, PoisonError},
};

use axum::{
    RequestExt as _,
    extract::{RawPathParams, Request},
    middleware::Next,
    response::{IntoResponse, Response},
};
use futures::future::try_join_all;
use sluice_shared::{
    activity::{
        About, Act, ActivityOutcome, ActivityRecord, Answered, Recorder, act_of_route, is_recorded,
    },
    directory::{Entrance, Method, PersonRef, Route, routes},
    identifiers::{CorrelationId, OrganisationId, PersonId},
    instant::UtcTime,
};
use time::Duration;
use tracing::Instrument as _;

use super::{auth::Caller, client_address};
use crate::{
    Backend,
    error::{ApiError, PendingProblem},
    stores::{RecordKey, StoreError},
};

/// Looking at the same thing again within this time is one reading: a page that is open asks for what it shows every few seconds.
const ONE_READING: Duration = Duration::minutes(15);
/// How many readings are remembered; beyond that all are forgotten, and recorded once more.
const MOST_READINGS: usize = 1_000;

/// Readings that were recorded not long ago, by this function on this machine.
#[derive(Debug, Clone, Default)]
pub(super) struct Readings(Arc<Mutex<HashMap<Reading, UtcTime>>>);

/// Who read what of whose, and from where: with a stolen token somebody else may read what its owner has just read.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Reading {
    person: PersonId,
    address: Option<IpAddr>,
    act: Act,
    about: Vec<About>,
    organisation: OrganisationId,
}

/// What is known of a request before it is answered.
struct Asked {
    caller: Caller,
    route: Route,
    about: BTreeSet<About>,
    address: Option<IpAddr>,
    correlation_id: Option<CorrelationId>,
}

/// Answers a request of somebody who is known, and records it: also where whoever asked hangs up meanwhile, since it may have taken effect by then.
pub(super) async fn recorded(
    keeps: (Arc<Backend>, Readings),
    asker: (Caller, Route),
    request: Request,
    next: Next,
) -> Response {
    let answered = tokio::spawn(answered(keeps, asker, request, next).in_current_span());
    match answered.await {
        Ok(answer) => answer,
        Err(error) => match error.try_into_panic() {
            Ok(panic) => resume_unwind(panic),
            Err(error) => ApiError::Internal(error.to_string()).into_response(),
        },
    }
}

async fn answered(
    (backend, readings): (Arc<Backend>, Readings),
    (caller, route): (Caller, Route),
    mut request: Request,
    next: Next,
) -> Response {
    let asked = Asked {
        about: about_by_path(&mut request).await,
        address: client_address::of(&request),
        correlation_id: request.extensions().get().copied(),
        route,
        caller: caller.clone(),
    };
    let answer = match caller.may_ask(&route) {
        Ok(()) => {
            if caller.asker().entrance() == caller.entrance() {
                backend.note_visit(caller.asker()).await;
            }
            request.extensions_mut().insert(caller);
            next.run(request).await
        }
        Err(refusal) => refusal.into_response(),
    };
    let problem = answer.extensions().get::<PendingProblem>();
    let outcome = ActivityOutcome::of_answer(problem.map(|problem| problem.code));
    match asked.record(&backend, &readings, outcome).await {
        Ok(()) => answer,
        Err(error) => {
            // What the request itself came to is lost with its answer.
            tracing::error!(?outcome, "an act could not be recorded");
            ApiError::from(error).into_response()
        }
    }
}

impl Asked {
    async fn record(
        self,
        backend: &Backend,
        readings: &Readings,
        outcome: ActivityOutcome,
    ) -> Result<(), StoreError> {
        let answered = Answered {
            entrance: self.caller.entrance(),
            route: self.route,
            outcome,
        };
        if !is_recorded(&answered) {
            return Ok(());
        }
        let now = backend.now();
        let records = self.records(outcome, now);
        let reads = self.route.method == Method::Get && outcome == ActivityOutcome::Done;
        let is_download =
            act_of_route(&self.route) == Act::DownloadFile || self.route == routes::ACTIVITY_FILE;
        let may_repeat = reads && !is_download;
        let written = records.iter().map(async |record| {
            let reading = may_repeat.then(|| Reading::of(record)).flatten();
            if let Some(reading) = &reading
                && readings.has(reading, now)
            {
                return Ok(());
            }
            let mut key = [0; 8];
            (backend.ports.random)(&mut key);
            backend.activity.put(record, RecordKey(key)).await?;
            if let Some(reading) = reading {
                readings.remember(reading, now);
            }
            Ok(())
        });
        try_join_all(written).await.map(drop)
    }

    /// One in the organisation of whoever asked, and one in each other that it was about.
    fn records(&self, outcome: ActivityOutcome, now: UtcTime) -> Vec<ActivityRecord> {
        let (caller, notes) = (&self.caller, self.caller.noted().notes());
        let asker = caller.asker();
        let about: BTreeSet<_> = self.about.union(&notes.about).cloned().collect();
        let mut organisations = notes.organisations;
        // A User's people see nothing of others; what they asked for in vain is no act in those.
        if caller.entrance() == Entrance::Users || !asker.is_dcc() {
            organisations.clear();
        }
        let own = asker.organisation().clone();
        organisations.remove(&own);
        // In the DCC's own, of which single organisation it was.
        let whose = (organisations.len() == 1).then(|| organisations.first().cloned());
        let whose = whose.flatten().map(About::Organisation);
        let record = |organisation: OrganisationId, about: Vec<About>| ActivityRecord {
            at: now,
            recorder: match caller.entrance() {
                Entrance::Users => Recorder::Api,
                Entrance::Staff => Recorder::Review,
            },
            organisation,
            person: Some(PersonRef::from(asker)),
            person_organisation: Some(asker.organisation().clone()),
            roles: asker.roles(),
            scopes: asker.scopes(),
            act: act_of_route(&self.route),
            about,
            outcome,
            address: self.address,
            correlation_id: self.correlation_id,
        };
        let with_whose: BTreeSet<_> = about.iter().cloned().chain(whose).collect();
        let theirs = organisations.into_iter().map(|organisation| {
            let about = about
                .iter()
                .filter(|about| !is_another(about, &organisation));
            record(organisation.clone(), about.cloned().collect())
        });
        let mut records: Vec<_> = theirs.collect();
        records.push(record(own, with_whose.into_iter().collect()));
        records
    }
}

/// Whether it names another organisation, which is not told to this one.
fn is_another(about: &About, organisation: &OrganisationId) -> bool {
    matches!(about, About::Organisation(other) if other != organisation)
}

impl Reading {
    fn of(record: &ActivityRecord) -> Option<Self> {
        Some(Self {
            person: record.person.as_ref()?.id.clone(),
            address: record.address,
            act: record.act,
            about: record.about.clone(),
            organisation: record.organisation.clone(),
        })
    }
}

impl Readings {
    fn has(&self, reading: &Reading, now: UtcTime) -> bool {
        let readings = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let since = readings.get(reading).map(|at| now.since(*at));
        since.is_some_and(|since| (Duration::ZERO..ONE_READING).contains(&since))
    }

    fn remember(&self, reading: Reading, now: UtcTime) {
        let mut readings = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if readings.len() >= MOST_READINGS {
            readings.clear();
        }
        readings.insert(reading, now);
    }
}

/// The things that the address names, as far as they are identifiers: as handlers read them, however they are written there (`%30` is 0).
async fn about_by_path(request: &mut Request) -> BTreeSet<About> {
    // There are none where the route has none.
    let Ok(named) = request.extract_parts::<RawPathParams>().await else {
        return BTreeSet::new();
    };
    let named = named.iter();
    named
        .filter_map(|(name, value)| About::of_parameter(name, value))
        .collect()
}
