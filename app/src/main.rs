//! Starts the page, or, where there is no window, the worker.

fn main() {
    if web_sys::window().is_some() {
        sluice_app::stopped::show_when_panicking();
        sluice_app::app::mount();
    } else {
        sluice_app::worker::serve();
    }
}
