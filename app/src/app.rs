//! The whole page: configuration, then sign-in, then frame and routes.

use crate::{
    address::{Address, PagePath},
    api::{ApiError, PageRequests},
    browser, config, frame, routes,
    session::{self, Phase, Session},
};
use leptos::{html::*, prelude::*};

/// Puts the app into the element `app` of `index.html`.
///
/// # Panics
/// If `index.html` has no such element.
pub fn mount() {
    // Leptos' own executor is there only once something is mounted.
    wasm_bindgen_futures::spawn_local(async {
        let configuration = config::load().await;
        let session = match configuration {
            Ok(configuration) => Ok(start(configuration).await),
            Err(error) => Err(error),
        };
        if let Some(element) = browser::element_by_id("starting") {
            element.set_hidden(true);
        }
        let place = browser::element_by_id("app").expect("index.html has the element `app`");
        leptos::mount::mount_to(place, move || match session {
            Ok(session) => configured(session),
            Err(error) => unconfigured(&error),
        })
        .forget();
    });
}

/// How long leaving for the issuer may take before the sign-in page is drawn after all, in milliseconds.
const LONGEST_LEAVE: u32 = 10_000;

/// Makes the session; where the issuer has just sent people back, finishes the sign-in before anything is drawn.
async fn start(configuration: config::Config) -> Session {
    let session = Session::new(configuration);
    let location = browser::window().location();
    if location
        .pathname()
        .is_ok_and(|path| path == PagePath::SignedIn.href())
    {
        let query = location.search().unwrap_or_default();
        match session.complete(&query).await {
            Some(path) => browser::replace_address(&path),
            None => browser::sleep(LONGEST_LEAVE).await,
        }
    } else if session.begin_again().await {
        // The browser leaves; nothing is drawn until it comes back.
        browser::sleep(LONGEST_LEAVE).await;
    }
    session
}

fn configured(session: Session) -> AnyView {
    provide_context(session);
    browser::stay_when_files_are_dropped();
    let address = Address::follow();
    provide_context(address);
    let path = address.path();
    let outside = Memo::new(move |_| match session.phase() {
        Phase::Out(problem) if !routes::is_open_to_all(&path.get()) => Some(problem),
        _ => None,
    });
    frame::frame(session, move || match outside.get() {
        Some(problem) => session::sign_in_page(session, problem),
        None => (move || {
            let path = path.get();
            address.follow_draw_again();
            // A page is drawn once for its path; within it, closures follow what they show.
            PageRequests::begin();
            browser::heading_drawn();
            untrack(|| routes::draw_page(&path))
        })
        .into_any(),
    })
}

fn unconfigured(error: &ApiError) -> AnyView {
    div()
        .class("govuk-width-container")
        .child(
            main()
                .class("govuk-main-wrapper")
                .child(crate::components::problem_page(error)),
        )
        .into_any()
}
