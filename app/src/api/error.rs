//! What can go wrong on the way to the service and back.

use sluice_shared::{
    api::{Problem, ProblemCode},
    directory::NotFresh,
};

/// A failed request, in the words that people see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ApiError {
    /// The service could not be reached at all: no network, or it is down.
    Unreachable,
    /// The page that asked was left before the answer was there. Nobody sees it.
    PageLeft,
    /// The token is missing, ended or refused (401).
    SignInEnded,
    /// What was to be asked for needs a sign-in of the last minutes: the page knows it, and has not asked.
    SignInTooOld(NotFresh),
    /// The service answered with a problem.
    Problem(Box<Problem>),
    /// The service, or what stands before it, gave an answer without a problem's form: its status.
    Unanswered(u16),
    /// The page itself refuses: what happened, and what to do.
    Refused(String, String),
    /// The service answered something that we cannot read: usually a page from before a change of the service.
    Unreadable(String),
    /// The browser refused something that it normally does.
    Browser(String),
}

impl ApiError {
    /// A refusal that the page itself words.
    pub fn refused(title: &str, detail: &str) -> Self {
        Self::Refused(title.into(), detail.into())
    }

    /// The HTTP status, when there was an answer.
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Problem(problem) => Some(problem.status),
            Self::SignInEnded | Self::SignInTooOld(_) => Some(401),
            _ => None,
        }
    }

    /// The code of the problem, when the service named one.
    pub fn code(&self) -> Option<ProblemCode> {
        match self {
            Self::Problem(problem) => Some(problem.code),
            Self::SignInTooOld(_) => Some(ProblemCode::SignInTooOld),
            _ => None,
        }
    }

    /// Whether the same question may have an answer later.
    pub fn is_worth_a_retry(&self) -> bool {
        match self {
            Self::Unreachable | Self::Unanswered(_) => true,
            Self::Problem(problem) => problem.code.is_worth_a_retry(),
            Self::PageLeft
            | Self::SignInEnded
            | Self::SignInTooOld(_)
            | Self::Refused(..)
            | Self::Unreadable(_)
            | Self::Browser(_) => false,
        }
    }

    /// The name of the request in the service's log.
    pub fn reference(&self) -> Option<String> {
        match self {
            Self::Problem(problem) => Some(problem.correlation_id.clone()),
            _ => None,
        }
    }

    /// What happened, as a heading.
    pub fn title(&self) -> String {
        match self {
            Self::Unreachable => "Sluice cannot be reached".into(),
            Self::PageLeft => "This page was left".into(),
            Self::SignInEnded => "Your sign-in has ended".into(),
            Self::SignInTooOld(_) => ProblemCode::SignInTooOld.title().into(),
            Self::Problem(problem) => problem.title.clone(),
            Self::Unanswered(status) => {
                format!("Sluice cannot answer at the moment (status {status})")
            }
            Self::Refused(title, _) => title.clone(),
            Self::Unreadable(_) => "The answer of the service could not be read".into(),
            Self::Browser(_) => "Your browser could not do this".into(),
        }
    }

    /// What it means and what to do.
    pub fn detail(&self) -> String {
        match self {
            Self::Unreachable => "Nothing that you have done here is lost. Check your network and try again. If the service \
                is down, checking and signing files still work here, and Help describes the second way to send them."
                .into(),
            Self::PageLeft => "What it asked for was not fetched. Open it again.".into(),
            Self::SignInEnded => "What you have done is kept in this browser. Sign in again to go on.".into(),
            Self::SignInTooOld(not_fresh) => not_fresh.to_string(),
            Self::Problem(problem) => problem.detail.clone(),
            Self::Unanswered(_) => "Nothing is lost. Try again in a minute.".into(),
            Self::Refused(_, detail) => detail.clone(),
            Self::Unreadable(what) => {
                format!("Reload the page: the service may have changed since you opened it. ({what})")
            }
            Self::Browser(what) => format!("Reload the page and try again; what you have done is kept. ({what})"),
        }
    }
}

impl From<gloo_net::Error> for ApiError {
    fn from(error: gloo_net::Error) -> Self {
        Self::Browser(match error {
            gloo_net::Error::JsError(error) => error.message,
            gloo_net::Error::GlooError(words) => words,
        })
    }
}

impl From<wasm_bindgen::JsValue> for ApiError {
    fn from(value: wasm_bindgen::JsValue) -> Self {
        use wasm_bindgen::JsCast;
        let what = value.dyn_ref::<js_sys::Error>().map_or_else(
            || format!("{value:?}"),
            |error| String::from(error.message()),
        );
        Self::Browser(what)
    }
}
