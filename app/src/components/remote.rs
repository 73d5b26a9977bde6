//! A value that the service has to be asked for: loading, there, or failed.

use super::changing;
use crate::{address::use_address, api::ApiError};
use leptos::{html::*, prelude::*};
use std::future::Future;

/// The state of something fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remote<T> {
    Loading,
    Ready(T),
    Failed(ApiError),
}

/// Asks now, and returns what becomes of it.
pub fn fetch<T, F>(ask: F) -> RwSignal<Remote<T>>
where
    T: Send + Sync + 'static,
    F: Future<Output = Result<T, ApiError>> + 'static,
{
    let state = RwSignal::new(Remote::Loading);
    leptos::task::spawn_local(async move {
        let answer = match ask.await {
            Ok(value) => Remote::Ready(value),
            Err(error) => Remote::Failed(error),
        };
        // The page may have been left meanwhile, and the signal with it.
        let _ = state.try_set(answer);
    });
    state
}

/// Shows a fetched value by `show`; while it loads, says what is being done (`"Loading your submissions"`), and when it
/// failed, why, with another try.
pub fn remote<T, V>(
    state: RwSignal<Remote<T>>,
    doing: &'static str,
    show: impl Fn(&T) -> V + Send + 'static,
) -> AnyView
where
    T: Send + Sync + 'static,
    V: IntoView + 'static,
{
    let address = use_address();
    changing(move || {
        state.with(|state| match state {
            Remote::Loading => p()
                .class("govuk-body app-loading")
                .role("status")
                .child(format!("{doing}…"))
                .into_any(),
            Remote::Ready(value) => show(value).into_any(),
            Remote::Failed(error) => super::problem_instead(error, address),
        })
    })
}
