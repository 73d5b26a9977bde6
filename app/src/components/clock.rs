//! Says when this computer's clock is another than the service's.

use crate::service::Service;
use leptos::prelude::*;

/// A notice while the clocks are apart; nothing while they agree.
pub fn clocks_apart(service: RwSignal<Service>) -> AnyView {
    // Drawn once, not with every second that goes by.
    let apart = Memo::new(move |_| service.with(Service::clocks_apart));
    (move || {
        apart
            .get()
            .map(|words| super::notification("Clocks differ", words))
    })
    .into_any()
}
