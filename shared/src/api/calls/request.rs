//! A request to come: its route, its path and, by its type, what is sent and what is answered.

use std::fmt::{Display, Write as _};
use std::marker::PhantomData;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::{Deserialize, Serialize};

use crate::api::Cursor;
use crate::directory::{RequestedFor, Route};

/// Asks for an `A`.
#[derive(Clone, Debug)]
pub struct Get<A> {
    /// The route in the table.
    pub route: Route,
    /// Its path with parameters and query, below the API's address.
    pub path: String,
    answer: PhantomData<fn() -> A>,
}

/// Sends a `B` as JSON; answered by an `A`.
#[derive(Clone, Debug)]
pub struct Post<B, A> {
    /// The route in the table.
    pub route: Route,
    /// Its path with parameters, below the API's address.
    pub path: String,
    /// What is sent.
    pub body: B,
    /// The value of the header [`IDEMPOTENCY_KEY`], where the route takes one.
    pub idempotency_key: Option<String>,
    /// What it is for, as far as the age of the sign-in depends on it.
    pub requested_for: RequestedFor,
    answer: PhantomData<fn() -> A>,
}

/// The header whose value makes the same request, sent twice, count once.
pub const IDEMPOTENCY_KEY: &str = "Idempotency-Key";

/// An answer that is no JSON: a CMS file, the receipt as the DCC signed it or the signature as it was sent; or a list to take away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignedFile;

/// A body that says nothing: `{}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoBody {}

impl<A> Get<A> {
    /// A question to a route, with the values of its parameters in order.
    pub(super) fn new(route: Route, parameters: &[&dyn Display]) -> Self {
        Self::at(route, filled(route.path, parameters))
    }

    /// A question to a route without parameters.
    pub(super) fn plain(route: Route) -> Self {
        Self::at(route, route.path.to_owned())
    }

    fn at(route: Route, path: String) -> Self {
        Self {
            route,
            path,
            answer: PhantomData,
        }
    }

    /// The same with a value in its query, whose form is safe there.
    pub(super) fn with(mut self, name: &str, value: &str) -> Self {
        add_to_query(&mut self.path, name, value);
        self
    }

    /// The same with a value that somebody may have typed in its query.
    pub(super) fn with_typed(self, name: &str, value: &str) -> Self {
        self.with(name, &utf8_percent_encode(value, PLAIN).to_string())
    }

    /// The same from a place in the list on.
    pub(super) fn from(self, cursor: Option<&Cursor>) -> Self {
        match cursor {
            Some(cursor) => self.with("cursor", cursor.as_str()),
            None => self,
        }
    }
}

impl<B, A> Post<B, A> {
    /// A request to a route, with the values of its parameters in order.
    pub(super) fn new(route: Route, parameters: &[&dyn Display], body: B) -> Self {
        Self {
            route,
            path: filled(route.path, parameters),
            body,
            idempotency_key: None,
            requested_for: RequestedFor::Effect,
            answer: PhantomData,
        }
    }

    /// The same for something that may need no fresh sign-in.
    #[must_use]
    pub fn requested_for(mut self, purpose: RequestedFor) -> Self {
        self.requested_for = purpose;
        self
    }

    /// Whether it needs a fresh sign-in.
    pub fn needs_fresh_sign_in(&self) -> bool {
        self.route.sign_in.has_to_be_fresh(self.requested_for)
    }
}

/// A path of the table with values in place of what stands in braces, in order. The values are identifiers, whose form is safe in a path.
fn filled(path: &str, values: &[&dyn Display]) -> String {
    let mut values = values.iter();
    let mut text = String::new();
    for step in path.split('/').skip(1) {
        text.push('/');
        let value = if step.starts_with('{') {
            values.next()
        } else {
            None
        };
        match value {
            // Writing to a text cannot fail.
            Some(value) => drop(write!(text, "{value}")),
            None => text.push_str(step),
        }
    }
    text
}

/// Signs that a value in a query keeps: those of RFC 3986 that are never reserved.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

fn add_to_query(path: &mut String, name: &str, value: &str) {
    let sign = if path.contains('?') { "&" } else { "?" };
    path.extend([sign, name, "=", value]);
}
