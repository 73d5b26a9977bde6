//! Tags: a state as a word in a colour. The word alone says everything.

use leptos::{html::*, prelude::*};

/// The colours of `govuk-frontend`'s tags.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say all")]
pub enum Colour {
    Blue,
    Green,
    Grey,
    Orange,
    Pink,
    Red,
    Turquoise,
    Yellow,
}

pub fn tag(words: impl Into<String>, colour: Colour) -> AnyView {
    let class = match colour {
        Colour::Blue => "govuk-tag govuk-tag--blue",
        Colour::Green => "govuk-tag govuk-tag--green",
        Colour::Grey => "govuk-tag govuk-tag--grey",
        Colour::Orange => "govuk-tag govuk-tag--orange",
        Colour::Pink => "govuk-tag govuk-tag--magenta",
        Colour::Red => "govuk-tag govuk-tag--red",
        Colour::Turquoise => "govuk-tag govuk-tag--teal",
        Colour::Yellow => "govuk-tag govuk-tag--yellow",
    };
    strong().class(class).child(words.into()).into_any()
}
