//! Time as the browser has it.

use wasm_bindgen::{JsCast, closure::Closure};
use wasm_bindgen_futures::JsFuture;

/// Now, in milliseconds since 1970.
#[expect(
    clippy::cast_possible_truncation,
    reason = "Date.now() is a whole number far below 2^53"
)]
pub fn now_millis() -> i64 {
    js_sys::Date::now() as i64
}

/// Milliseconds by a clock that only goes forward, whatever happens to the time of day. It starts anywhere.
pub fn steady_millis() -> f64 {
    super::window()
        .performance()
        .map_or_else(js_sys::Date::now, |performance| performance.now())
}

/// Waits.
pub async fn sleep(millis: u32) {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        let delay = i32::try_from(millis).unwrap_or(i32::MAX);
        let _ =
            super::window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, delay);
    });
    let _ = JsFuture::from(promise).await;
}

/// Runs `action` once after `millis`.
pub fn after(millis: u32, action: impl FnOnce() + 'static) {
    let callback = Closure::once_into_js(action);
    let delay = i32::try_from(millis).unwrap_or(i32::MAX);
    let _ = super::window()
        .set_timeout_with_callback_and_timeout_and_arguments_0(callback.unchecked_ref(), delay);
}
