//! `IndexedDB`'s events as futures.

use js_sys::Promise;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Event, EventTarget, IdbDatabase, IdbOpenDbRequest, IdbRequest, IdbRequestReadyState,
    IdbTransaction,
};

use super::KeepError;

/// The request's result, once it has succeeded.
pub(super) async fn settled(request: &IdbRequest) -> Result<JsValue, KeepError> {
    // A request made beside another may be done before anybody listens.
    if request.ready_state() == IdbRequestReadyState::Done {
        return if request.error().ok().flatten().is_none() {
            Ok(request.result()?)
        } else {
            Err(request_error(request))
        };
    }
    match first_event(request, "success", &["error"]).await {
        Ok(()) => Ok(request.result()?),
        Err(()) => Err(request_error(request)),
    }
}

/// Returns when all that the transaction did is written.
pub(super) async fn completed(transaction: &IdbTransaction) -> Result<(), KeepError> {
    first_event(transaction, "complete", &["error", "abort"])
        .await
        .map_err(|()| {
            transaction.error().map_or_else(
                || KeepError::from(JsValue::UNDEFINED),
                |error| JsValue::from(error).into(),
            )
        })
}

/// Opens a database; `upgrade` runs when this browser has none of this version yet.
pub(super) async fn opened(
    name: &str,
    version: u32,
    upgrade: impl Fn(&IdbDatabase) -> Result<(), JsValue> + 'static,
) -> Result<IdbDatabase, KeepError> {
    let factory = js_sys::Reflect::get(&js_sys::global(), &JsValue::from_str("indexedDB"))?;
    let factory = factory
        .dyn_into::<web_sys::IdbFactory>()
        .map_err(|_| KeepError("it keeps nothing at all".to_owned()))?;
    let request: IdbOpenDbRequest = factory.open_with_u32(name, version)?;
    let asked = request.clone();
    let upgrading = Closure::<dyn FnMut(Event)>::new(move |_| {
        if let Ok(database) = asked.result().and_then(JsValue::dyn_into::<IdbDatabase>) {
            // A shelf that cannot be made shows as an error of the first transaction that needs it.
            drop(upgrade(&database));
        }
    });
    request.set_onupgradeneeded(Some(upgrading.as_ref().unchecked_ref()));
    let outcome = first_event(&request, "success", &["error", "blocked"]).await;
    request.set_onupgradeneeded(None);
    match outcome {
        Ok(()) => Ok(request.result()?.unchecked_into()),
        Err(()) => Err(request_error(&request)),
    }
}

fn request_error(request: &IdbRequest) -> KeepError {
    let error = request.error().ok().flatten();
    error.map_or_else(
        || KeepError::from(JsValue::UNDEFINED),
        |error| JsValue::from(error).into(),
    )
}

/// Waits for the event `good` (`Ok`) or any of `bad` (`Err`), whichever comes first.
async fn first_event(target: &EventTarget, good: &str, bad: &[&str]) -> Result<(), ()> {
    let mut listeners = Vec::new();
    let promise = Promise::new(&mut |resolve, reject| {
        for (name, settle) in
            std::iter::once((good, resolve)).chain(bad.iter().map(|name| (*name, reject.clone())))
        {
            let listener =
                Closure::<dyn FnMut(Event)>::new(move |_| drop(settle.call0(&JsValue::UNDEFINED)));
            if target
                .add_event_listener_with_callback(name, listener.as_ref().unchecked_ref())
                .is_ok()
            {
                listeners.push((name.to_owned(), listener));
            }
        }
    });
    let outcome = JsFuture::from(promise).await;
    for (name, listener) in &listeners {
        drop(target.remove_event_listener_with_callback(name, listener.as_ref().unchecked_ref()));
    }
    outcome.map(drop).map_err(drop)
}
