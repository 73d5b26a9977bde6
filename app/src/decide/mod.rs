//! Deciding on held communications: what is held, what has been chosen, which rows are shown and selected.
//!
//! Nothing here draws or fetches. A row is named by its place among the event's communications, which the service never
//! changes, so that choices kept in the browser fit when they are read again.

mod choices;
mod filter;
mod held;
mod selection;
mod sent;

pub use choices::{Choice, Choices, Played, Tally};
pub use filter::{Filter, Sort, SortBy, StateFilter};
pub use held::{Communication, HeldTable};
pub use selection::Selection;
pub use sent::SentRows;
