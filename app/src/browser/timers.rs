//! Time as the browser has it.

use gloo_timers::future::TimeoutFuture;

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

/// Waits, for 2^31 milliseconds at most.
pub async fn sleep(millis: u32) {
    TimeoutFuture::new(millis).await;
}

/// Runs `action` once after `millis`, whatever page is shown then.
pub fn after(millis: u32, action: impl FnOnce() + 'static) {
    // Boxed, so that the task is compiled once for all actions.
    let action: Box<dyn FnOnce()> = Box::new(action);
    wasm_bindgen_futures::spawn_local(run(millis, action));
}

async fn run(millis: u32, action: Box<dyn FnOnce()>) {
    sleep(millis).await;
    action();
}
