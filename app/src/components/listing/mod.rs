//! Lists that people search, narrow, sort and take away. Everything that is chosen lives in the address, so a view can be shared and
//! found again.
//!
//! A list draws [`list_filters`] with the fields it has, [`list_shown`] below them, a [`sorted_table`] and a [`csv_button`].

mod day;
mod fields;
mod files;
mod order;
mod search;
mod sorted;
mod take_away;

pub use day::DayRange;
pub use fields::{address_value, choice_field, day_field, list_filters, search_field};
pub use files::{FileFilter, kind_field};
pub use order::Order;
pub use search::Search;
pub use sorted::{SortColumn, order_field, sorted_heads, sorted_table};
pub use take_away::{csv_button, list_shown, shown_words};
