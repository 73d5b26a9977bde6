//! Starts the page.

fn main() {
    sluice_app::stopped::show_when_panicking();
    sluice_app::app::mount();
}
