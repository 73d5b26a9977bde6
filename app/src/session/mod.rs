//! Signing in by `OpenID` Connect (authorisation code with PKCE, RFC 7636). The token lives in memory only: a reload signs out.

mod anew;
mod code;
#[cfg(test)]
mod other_issuers_test;
mod proof;
mod registered;
mod sign_in;

pub use anew::sign_in_anew_button;
pub use sign_in::{ended_banner, ending_banner, sign_in_page};

use crate::{
    address::PagePath,
    api::{Api, ApiError, Me, calls},
    browser,
    config::Config,
    service,
};
use code::Asking;
use leptos::prelude::*;
use sluice_shared::directory::{Entrance, Route};

/// In this tab's storage: that somebody was signed in here, and nothing of who.
const WAS_SIGNED_IN: &str = "sluice.was-signed-in";

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Nobody is signed in yet, or they have left; a failure says why.
    Out(Option<ApiError>),
    In,
    /// The sign-in has ended while somebody was at work: their page stays, until they sign in again.
    Ended,
}

#[derive(Clone)]
struct Token {
    text: String,
    ends_at: i64,
}

/// The sign-in of this tab. Cheap to copy; lives as long as the page.
#[derive(Clone, Copy)]
pub struct Session {
    config: StoredValue<Config>,
    token: StoredValue<Option<Token>>,
    /// Where the person is answered; as long as that is not known, where anybody may ask.
    entrance: StoredValue<Entrance>,
    me: RwSignal<Option<Me>>,
    /// Whether the issuer was to ask people anew and did not.
    was_not_asked: StoredValue<bool>,
    /// Whether somebody has tried what takes effect since the page was loaded.
    has_acted: StoredValue<bool>,
    phase: RwSignal<Phase>,
    /// In how many minutes it ends, once that is soon.
    ends_soon: RwSignal<Option<u32>>,
}

/// How long before its end, in milliseconds, people are told: time enough to finish a sentence. Of a short sign-in, the last half.
const TOLD_BEFORE: u32 = 120_000;
/// As long as a burst of changes may not have been kept yet, in milliseconds.
const KEPT_WITHIN: u32 = 1_000;

impl Session {
    pub fn new(config: Config) -> Self {
        Self {
            config: StoredValue::new(config),
            token: StoredValue::new(None),
            entrance: StoredValue::new(Entrance::Users),
            me: RwSignal::new(None),
            was_not_asked: StoredValue::new(false),
            has_acted: StoredValue::new(false),
            phase: RwSignal::new(Phase::Out(None)),
            ends_soon: RwSignal::new(None),
        }
    }

    pub fn config(self) -> Config {
        self.config.get_value()
    }

    /// Where the API answers whoever is signed in.
    pub fn api_address(self) -> String {
        self.config().api + self.entrance.get_value().prefix()
    }

    /// Where whoever asks gets what needs no sign-in.
    pub fn address_for_anybody(self, route: Route) -> String {
        self.config().api + route.path
    }

    /// How the sign-in stands now (reactive).
    pub fn phase(self) -> Phase {
        self.phase.get()
    }

    /// The person who is signed in (reactive). The pages behind the sign-in may rely on there being one.
    pub fn me(self) -> Option<Me> {
        self.me.get()
    }

    /// The access token, unless it has ended.
    pub fn token(self) -> Option<String> {
        self.token.with_value(|token| {
            let token = token.as_ref()?;
            (token.ends_at > browser::now_millis()).then(|| token.text.clone())
        })
    }

    /// Tells the page that the service no longer takes the token.
    pub fn ended(self) {
        self.token.set_value(None);
        if self.phase.get_untracked() == Phase::In {
            self.phase.set(Phase::Ended);
        }
    }

    /// Goes to the issuer; comes back to the page as it is now.
    pub async fn begin(self) {
        let (config, path) = (self.config(), browser::path_and_query());
        if let Err(error) = code::begin(&config, &path, self.asking()).await {
            self.phase.set(Phase::Out(Some(error)));
        }
    }

    /// In how many minutes the sign-in ends, once that is soon and while somebody is signed in (reactive).
    pub fn ends_soon(self) -> Option<u32> {
        self.ends_soon.get().filter(|_| self.phase() == Phase::In)
    }

    /// Signs in anew before the sign-in ends: by way of the issuer, which remembers who is there, and back to the page as it is now.
    /// False where that would break an upload off.
    pub async fn stay(self) -> bool {
        browser::sleep(KEPT_WITHIN).await;
        if browser::is_kept_open() {
            return false;
        }
        // Only whoever was signed in is asked for quietly.
        browser::storage::set(WAS_SIGNED_IN, "yes");
        self.begin_again().await
    }

    /// After a reload, the token is gone, but the issuer may remember who is there: asks it without a page in between.
    /// True when the browser is on its way to the issuer.
    pub async fn begin_again(self) -> bool {
        self.begin_again_at(&browser::path_and_query()).await
    }

    async fn begin_again_at(self, return_path: &str) -> bool {
        if browser::storage::take(WAS_SIGNED_IN).is_none() {
            return false;
        }
        match code::begin(&self.config(), return_path, Asking::Quietly).await {
            Ok(()) => true,
            Err(error) => {
                self.not_yet(error);
                false
            }
        }
    }

    /// Somebody was signed in, and is not now. The next reload tries again.
    fn not_yet(self, error: ApiError) {
        browser::storage::set(WAS_SIGNED_IN, "yes");
        self.phase.set(Phase::Out(Some(error)));
    }

    /// Finishes what [`Self::begin`] began, from the query that the issuer added, and says where to go on. `None`: the browser is on its
    /// way to the issuer.
    pub async fn complete(self, query: &str) -> Option<String> {
        let overview = PagePath::Overview.href();
        let (answer, path) = code::complete(&self.config(), query).await;
        let taken = match answer {
            Ok(code::Return::Stale) => {
                // Whoever came by Back was signed in here, and still is where the issuer remembers them.
                if self.begin_again_at(&overview).await {
                    return None;
                }
                if matches!(self.phase.get_untracked(), Phase::Out(Some(_))) {
                    return Some(overview);
                }
                Err(code::not_signed_in(
                    "This is the address of a sign-in that is over, or that was begun in another tab.",
                ))
            }
            Ok(code::Return::Nobody) => Ok(()),
            Ok(code::Return::SignedIn(answer, asking)) => self.take(answer, asking).await,
            Err(error) => Err(error),
        };
        match taken {
            Ok(()) => {}
            Err(error) if error.is_worth_a_retry() => self.not_yet(error),
            Err(error) => self.phase.set(Phase::Out(Some(error))),
        }
        // What failed on the way is tried again where people were.
        Some(path.unwrap_or(overview))
    }

    async fn take(self, answer: code::TokenAnswer, asking: Asking) -> Result<(), ApiError> {
        let ends_at = browser::now_millis() + i64::from(answer.expires_in) * 1000;
        self.token.set_value(Some(Token {
            text: answer.access_token,
            ends_at,
        }));
        self.entrance.set_value(Entrance::Users);
        let mut me = Api::new(self).get(calls::me()).await?;
        if me.entrance != Entrance::Users {
            self.entrance.set_value(me.entrance);
            // At their own entrance they are told all that they may know.
            me = Api::new(self).get(calls::me()).await?;
        }
        self.me.set(Some(me));
        self.phase.set(Phase::In);
        // This computer's clock may be wrong, and the first page has deadlines on it. Nothing is mounted yet, so Leptos has no executor.
        wasm_bindgen_futures::spawn_local(registered::watch(self));
        wasm_bindgen_futures::spawn_local(async move {
            service::ask_for_the_time(Api::new(self)).await;
            // By the service's clock.
            let is_old = matches!(asking, Asking::Anew { .. }) && self.check_fresh().is_err();
            self.was_not_asked.set_value(is_old);
        });
        browser::storage::set(WAS_SIGNED_IN, "yes");
        // A timer counts at most 2^31 ms; a token that lives longer is noticed by the service's 401.
        let lifetime = answer.expires_in.saturating_mul(1000).min(2_000_000_000);
        let told_before = TOLD_BEFORE.min(lifetime / 2);
        browser::after(lifetime - told_before, move || {
            self.ends_soon.set(Some(told_before / 60_000));
        });
        browser::after(lifetime, move || {
            if self.token().is_none() {
                self.ended();
            }
        });
        Ok(())
    }

    /// Ends the sign-in of somebody who is not registered any more. Nothing of what was shown to them stays on the screen.
    fn removed(self, why: ApiError) {
        self.token.set_value(None);
        self.phase.set(Phase::Out(Some(why)));
        self.me.set(None);
    }

    /// Forgets the token and ends the sign-in at the issuer too. Where that cannot be done, people are told that they are signed in there.
    pub async fn sign_out(self) {
        self.token.set_value(None);
        browser::storage::clear();
        if let Ok(Some(address)) = code::sign_out_address(&self.config()).await {
            browser::leave_for(&address);
            return;
        }
        self.phase.set(Phase::Out(Some(ApiError::refused(
            "You are signed out of this page alone",
            "The sign-in service did not end your sign-in: whoever uses this browser after you may get in as you. \
             Close all windows of the browser.",
        ))));
        self.me.set(None);
    }
}

pub fn use_session() -> Session {
    expect_context::<Session>()
}
