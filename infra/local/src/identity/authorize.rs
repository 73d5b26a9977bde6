//! `/authorize` and `/logout`: who sits at this browser.

use std::sync::Arc;

use axum::Form;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::header::{CACHE_CONTROL, COOKIE, ORIGIN, SET_COOKIE};
use http::{HeaderMap, HeaderValue, StatusCode};
use serde::Deserialize;

use super::claims::{self, Claims, SignIn};
use super::request::{AuthorizeRequest, Parameters, Prompt, Refusal, with_parameters};
use super::{Identity, chooser};
use crate::demo::people::Person;

/// Cookies know no ports: the name keeps it apart from those of others on this address.
const COOKIE_NAME: &str = "sluice-identity";

pub(super) async fn ask(
    State(identity): State<Arc<Identity>>,
    headers: HeaderMap,
    Query(given): Query<Parameters>,
) -> Response {
    let request = match AuthorizeRequest::parse(given.clone(), &identity.page) {
        Ok(request) => request,
        Err(refusal) => return refuse(&identity, refusal),
    };
    let session = identity.session(&headers);
    let now = identity.clock.seconds();
    match session {
        Some(sign_in) if request.is_answered_by_session(sign_in.at, now) => {
            identity.answer(sign_in, &request)
        }
        _ if request.prompt == Prompt::Never => redirect(&request.login_required()),
        current => {
            let current = current.map(|sign_in| sign_in.person);
            chooser::chooser_page(&identity.page, &given, current.as_ref())
        }
    }
}

/// The chooser's form. Only the chooser itself may send it: another site must not sign anyone in.
pub(super) async fn choose(
    State(identity): State<Arc<Identity>>,
    headers: HeaderMap,
    Form(given): Form<Parameters>,
) -> Response {
    if !headers
        .get(ORIGIN)
        .is_some_and(|origin| identity.issuer.is(origin))
    {
        return chooser::problem(
            &identity.page,
            StatusCode::FORBIDDEN,
            "Choose a person on this site's own page.",
        );
    }
    let person = given.person.clone();
    let request = match AuthorizeRequest::parse(given, &identity.page) {
        Ok(request) => request,
        Err(refusal) => return refuse(&identity, refusal),
    };
    match person.as_deref().and_then(Person::find) {
        Some(person) => {
            let sign_in = SignIn {
                person: *person,
                at: identity.clock.seconds(),
            };
            identity.answer(sign_in, &request)
        }
        None => chooser::problem(
            &identity.page,
            StatusCode::BAD_REQUEST,
            "There is no such demo person.",
        ),
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct Logout {
    post_logout_redirect_uri: Option<String>,
    state: Option<String>,
}

/// Ends the session in this browser, and goes back to the page if it asked for that.
pub(super) async fn logout(
    State(identity): State<Arc<Identity>>,
    Query(asked): Query<Logout>,
) -> Response {
    let mut response = match asked.post_logout_redirect_uri {
        Some(url) if identity.page.owns(&url) => {
            redirect(&with_parameters(&url, &[("state", asked.state.as_deref())]))
        }
        _ => chooser::signed_out(&identity.page),
    };
    let gone =
        HeaderValue::from_static("sluice-identity=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax");
    response.headers_mut().insert(SET_COOKIE, gone);
    response
}

/// People who open the issuer's address by hand are sent to the page.
pub(super) async fn front(State(identity): State<Arc<Identity>>) -> Redirect {
    Redirect::temporary(&format!("{}/", identity.page))
}

impl Identity {
    fn session(&self, headers: &HeaderMap) -> Option<SignIn> {
        let cookies = headers
            .get_all(COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok());
        let mut pairs = cookies
            .flat_map(|line| line.split("; "))
            .filter_map(|pair| pair.split_once('='));
        let (_, session) = pairs.find(|(name, _)| *name == COOKIE_NAME)?;
        self.key
            .verify::<Claims>(session)?
            .session_of(self.clock.seconds())
    }

    fn answer(&self, sign_in: SignIn, request: &AuthorizeRequest) -> Response {
        let now = self.clock.seconds();
        let mut response = redirect(&request.answered(&self.codes.give(sign_in, request, now)));
        let session = self
            .key
            .sign(&claims::session(sign_in, self.issuer.as_str(), now));
        let cookie = format!("{COOKIE_NAME}={session}; Path=/; HttpOnly; SameSite=Lax");
        let cookie = HeaderValue::from_str(&cookie).expect("base64url is visible ASCII");
        response.headers_mut().insert(SET_COOKIE, cookie);
        response
    }
}

fn refuse(identity: &Identity, refusal: Refusal) -> Response {
    match refusal {
        Refusal::Page(text) => chooser::problem(&identity.page, StatusCode::BAD_REQUEST, &text),
        Refusal::Redirect(url) => redirect(&url),
    }
}

fn redirect(url: &str) -> Response {
    ([(CACHE_CONTROL, "no-store")], Redirect::to(url)).into_response()
}
