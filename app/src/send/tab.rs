//! One tab at a time works on a draft: by the Web Locks API, whose locks end with the tab that holds them.

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;

/// A draft that this tab works on, until it is dropped or another tab takes it over.
#[derive(Debug)]
pub(super) struct Hold(Option<Function>);

impl Drop for Hold {
    fn drop(&mut self) {
        if let Some(release) = &self.0 {
            let _ = release.call0(&JsValue::UNDEFINED);
        }
    }
}

/// Takes the draft `id` for this tab. `None` while another tab works on it, unless `take_over`: then the other tab hears
/// of it by its `lost`.
pub(super) async fn hold(id: &str, take_over: bool, lost: impl FnOnce() + 'static) -> Option<Hold> {
    let Some(locks) = locks() else {
        // Without the API (an old browser), tabs are not told apart; the service still starts a submission once.
        return Some(Hold(None));
    };
    let mut asked = Err(JsValue::UNDEFINED);
    let granted = Promise::new(&mut |granted, _| {
        let callback = Closure::once_into_js(move |lock: JsValue| -> JsValue {
            if lock.is_null() {
                let _ = granted.call1(&JsValue::UNDEFINED, &JsValue::NULL);
                return JsValue::UNDEFINED;
            }
            // The lock is held as long as this promise is open.
            Promise::new(&mut |release, _| {
                let _ = granted.call1(&JsValue::UNDEFINED, &release);
            })
            .into()
        });
        let option = Object::new();
        let _ = Reflect::set(
            &option,
            &if take_over { "steal" } else { "ifAvailable" }.into(),
            &JsValue::TRUE,
        );
        let name = JsValue::from_str(&format!("sluice.draft.{id}"));
        asked = Reflect::get(&locks, &"request".into())
            .and_then(JsValue::dyn_into::<Function>)
            .and_then(|request| request.call3(&locks, &name, &option, &callback));
    });
    let asked = asked.ok()?;
    let release = JsFuture::from(granted)
        .await
        .ok()?
        .dyn_into::<Function>()
        .ok()?;
    wasm_bindgen_futures::spawn_local(async move {
        // The request ends well when we let go, and badly when another tab takes over.
        if JsFuture::from(asked.unchecked_into::<Promise>())
            .await
            .is_err()
        {
            lost();
        }
    });
    Some(Hold(Some(release)))
}

fn locks() -> Option<JsValue> {
    let navigator = crate::browser::window().navigator();
    let locks = Reflect::get(&navigator, &"locks".into()).ok()?;
    (!locks.is_undefined()).then_some(locks)
}
