//! The page to choose a demo person: plain HTML, no script, one form.

use std::fmt::Write as _;

use axum::response::{IntoResponse, Response};
use http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use http::{HeaderValue, StatusCode};

use super::request::Parameters;
use crate::demo::people::{Organisation, PEOPLE, Person};
use crate::html::{self, escape};
use crate::origin::Origin;

/// The style sheet of every page here.
pub(super) async fn style() -> Response {
    let headers = [
        (CONTENT_TYPE, "text/css; charset=utf-8"),
        (CACHE_CONTROL, "max-age=60"),
    ];
    (headers, html::STYLE).into_response()
}

/// Everyone, by organisation. `current` is who this browser's session belongs to.
pub(super) fn chooser_page(
    page: &Origin,
    given: &Parameters,
    current: Option<&Person>,
) -> Response {
    let mut body = String::from(
        "<h1>Choose who you are</h1>\n<p class=\"lead\">This is a demonstration on your own machine. \
         There are no passwords: choose a person to see what they see.</p>\n<form method=\"post\" action=\"/authorize\">\n",
    );
    for (name, value) in carried(given) {
        let _ = writeln!(
            body,
            "<input type=\"hidden\" name=\"{name}\" value=\"{}\">",
            escape(value)
        );
    }
    for organisation in Organisation::ALL {
        let id = organisation.id();
        let _ = writeln!(
            body,
            "<section aria-labelledby=\"{id}\">\n<h2 id=\"{id}\">{}</h2>\n<ul>",
            organisation.name()
        );
        for person in PEOPLE
            .iter()
            .filter(|person| person.organisation == organisation)
        {
            let now = if current == Some(person) {
                " <strong class=\"tag\">You now</strong>"
            } else {
                ""
            };
            let _ = writeln!(
                body,
                "<li><button name=\"person\" value=\"{id}\" aria-describedby=\"can-{id}\">{name}</button>{now}\
                 <p id=\"can-{id}\">{can}</p></li>",
                id = person.id,
                name = escape(person.name),
                can = escape(person.part.can()),
            );
        }
        body.push_str("</ul>\n</section>\n");
    }
    body.push_str("</form>\n");
    document(page, StatusCode::OK, "Choose who you are", &body)
}

/// Says what is wrong, and how to go on.
pub(super) fn problem(page: &Origin, status: StatusCode, text: &str) -> Response {
    let body = format!(
        "<h1>You cannot sign in this way</h1>\n<p class=\"lead\">{}</p>\n<p><a href=\"{page}/\">Go to Sluice and sign in there</a></p>\n",
        escape(text),
    );
    document(page, status, "You cannot sign in this way", &body)
}

/// After signing out by hand.
pub(super) fn signed_out(page: &Origin) -> Response {
    let body =
        format!("<h1>You are signed out</h1>\n<p><a href=\"{page}/\">Sign in again</a></p>\n");
    document(page, StatusCode::OK, "You are signed out", &body)
}

/// What the form sends back with the choice.
fn carried(given: &Parameters) -> impl Iterator<Item = (&'static str, &str)> {
    [
        ("response_type", &given.response_type),
        ("client_id", &given.client_id),
        ("redirect_uri", &given.redirect_uri),
        ("code_challenge", &given.code_challenge),
        ("code_challenge_method", &given.code_challenge_method),
        ("state", &given.state),
        ("nonce", &given.nonce),
        ("scope", &given.scope),
    ]
    .into_iter()
    .filter_map(|(name, value)| value.as_deref().map(|value| (name, value)))
}

fn document(page: &Origin, status: StatusCode, title: &str, body: &str) -> Response {
    let html = html::document(title, "/identity.css", body);
    // A browser checks where a form's answer redirects to as well: the page has to be named beside this site.
    let policy = format!(
        "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self' {page}; frame-ancestors 'none'"
    );
    let policy = HeaderValue::from_str(&policy).expect("an origin is visible ASCII");
    let headers = [
        (
            CONTENT_TYPE,
            HeaderValue::from_static("text/html; charset=utf-8"),
        ),
        (CONTENT_SECURITY_POLICY, policy),
        (CACHE_CONTROL, HeaderValue::from_static("no-store")),
        // Not `no-referrer`: browsers would then send `Origin: null` with the form.
        (REFERRER_POLICY, HeaderValue::from_static("same-origin")),
        (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    ];
    (status, headers, html).into_response()
}
