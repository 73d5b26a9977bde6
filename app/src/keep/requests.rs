//! `IndexedDB`'s events as futures.

use gloo_events::EventListener;
use js_sys::Promise;
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    EventTarget, IdbDatabase, IdbOpenDbRequest, IdbRequest, IdbRequestReadyState, IdbTransaction,
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

/// Opens a database; `upgrade` runs when this browser has none of this version yet, and leaves nothing where it fails.
///
/// # Errors
/// Also where an older version is open elsewhere: that page may be open for days.
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
    let failed = Rc::new(RefCell::new(None));
    let _upgrading = EventListener::once(&request, "upgradeneeded", {
        let (request, failed) = (request.clone(), Rc::clone(&failed));
        move |_| {
            let database = request.result().and_then(JsValue::dyn_into);
            if let Err(error) = database.and_then(|database| upgrade(&database)) {
                failed.replace(Some(error));
                // The next opening tries again.
                let _ = request.transaction().map(|upgrade| upgrade.abort());
            }
        }
    });
    match first_event(&request, "success", &["error", "blocked"]).await {
        Ok(()) => Ok(request.result()?.unchecked_into()),
        Err(()) if request.ready_state() == IdbRequestReadyState::Pending => {
            wasm_bindgen_futures::spawn_local(close(request));
            Err(KeepError(
                "an older Sluice is open in another tab".to_owned(),
            ))
        }
        Err(()) => Err(failed
            .take()
            .map_or_else(|| request_error(&request), KeepError::from)),
    }
}

/// Closes a database that opens when nobody waits for it any more, or it would be in the way of others.
async fn close(request: IdbOpenDbRequest) {
    if let Ok(database) = settled(&request).await {
        database.unchecked_into::<IdbDatabase>().close();
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
async fn first_event(
    target: &EventTarget,
    good: &'static str,
    bad: &[&'static str],
) -> Result<(), ()> {
    let mut listeners = Vec::new();
    let promise = Promise::new(&mut |resolve, reject| {
        for (name, settle) in
            std::iter::once((good, resolve)).chain(bad.iter().map(|name| (*name, reject.clone())))
        {
            listeners.push(EventListener::new(target, name, move |_| {
                drop(settle.call0(&JsValue::UNDEFINED));
            }));
        }
    });
    let outcome = JsFuture::from(promise).await;
    drop(listeners);
    outcome.map(drop).map_err(drop)
}
