//! What the service judges by, as it tells: its profile (limits and rule settings) and its clock. The page judges by the same, and
//! falls back to what it was built with only while the service has told nothing yet.

mod clock;

pub use clock::Clock;

use crate::{
    api::{Api, calls, parse_json},
    browser,
    components::computer_now,
};
use leptos::prelude::*;
use serde::Deserialize;
use sluice_shared::{instant::UtcTime, profile::Profile};
use std::{
    cell::{Cell, RefCell},
    sync::Arc,
};
use time::Duration;

/// As long as what was told is taken for new, in milliseconds. Clocks stand still while a computer sleeps.
const FRESH: f64 = 60_000.0;

thread_local! {
    static TOLD: RefCell<Option<Service>> = const { RefCell::new(None) };
    /// How far the service's clock was ahead of this computer's when it told its time: it is there before a page needs the profile.
    static AHEAD: Cell<Duration> = const { Cell::new(Duration::ZERO) };
}

/// Now by the service's clock, for people to read; by this computer's while the service has told nothing. Unlike the steady clock that
/// files are signed by, it is right after a computer has slept.
pub fn now() -> UtcTime {
    computer_now().plus(AHEAD.get())
}

/// Asks the service for its time, and for nothing else that it tells with it.
pub async fn ask_for_the_time(api: Api) {
    #[derive(Deserialize)]
    struct Told {
        now: UtcTime,
    }
    if let Ok(answer) = api.buffer(calls::profile()).await
        && let Ok(told) = parse_json::<Told>(&answer)
    {
        AHEAD.set(told.now.since(computer_now()));
    }
}

/// What the service judges by. Cheap to clone.
#[derive(Clone, Debug, PartialEq)]
pub struct Service {
    /// Limits and rule settings.
    pub profile: Arc<Profile>,
    clock: Option<Clock>,
}

impl Service {
    /// Now by the service's clock; by this computer's while the service has told nothing.
    pub fn now(&self) -> UtcTime {
        self.clock
            .map_or_else(computer_now, |clock| clock.now(browser::steady_millis()))
    }

    /// What to say when this computer's clock is another than the service's, by more than can be passed over.
    pub fn clocks_apart(&self) -> Option<String> {
        self.clock?.apart(browser::steady_millis(), computer_now())
    }

    fn is_fresh(&self) -> bool {
        self.clock
            .is_some_and(|clock| clock.age(browser::steady_millis()) < FRESH)
    }
}

/// What the service told last.
pub fn last() -> Service {
    TOLD.with_borrow(Clone::clone).unwrap_or_else(|| Service {
        profile: Arc::new(Profile::standard().clone()),
        clock: None,
    })
}

/// Asks the service, unless it told just now; what it told last where it gives no answer.
pub async fn ask(api: Api) -> Service {
    let known = last();
    if known.is_fresh() {
        return known;
    }
    let asked = browser::steady_millis();
    let Ok(told) = api.get(calls::profile()).await else {
        return known;
    };
    let profile = if *known.profile == told.profile {
        known.profile
    } else {
        Arc::new(told.profile)
    };
    let clock = Some(Clock::told(told.now, asked, browser::steady_millis()));
    AHEAD.set(told.now.since(computer_now()));
    let service = Service { profile, clock };
    TOLD.set(Some(service.clone()));
    service
}

/// The profile alone, for a page that is being built: it changes only when the profile does.
pub fn profile(api: Api) -> Memo<Arc<Profile>> {
    let service = watch(api);
    Memo::new(move |_| service.with(|service| Arc::clone(&service.profile)))
}

/// What the service judges by, for a page that is being built: what it told last, then what it tells now.
pub fn watch(api: Api) -> RwSignal<Service> {
    let service = RwSignal::new(last());
    leptos::task::spawn_local(async move {
        let told = ask(api).await;
        let _ = service.try_set(told);
    });
    service
}
