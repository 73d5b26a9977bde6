//! What is drawn anew when what it shows changes.

use leptos::prelude::*;

/// Draws `view`, and draws it anew whenever what it reads changes.
///
/// A closure would do as well, but each has a type of its own, for which Leptos's code would be compiled once more: boxed, all are of one
/// type.
pub fn changing<V: IntoAny>(view: impl Fn() -> V + Send + 'static) -> AnyView {
    let view: Box<dyn Fn() -> AnyView + Send> = Box::new(move || view().into_any());
    view.into_any()
}
