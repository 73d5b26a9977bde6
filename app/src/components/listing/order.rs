//! By which column a list is sorted.

use std::cmp::Ordering;

/// A column by its name in addresses, and the direction: `started`, or `-started` for the latest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Order {
    /// The column.
    pub by: &'static str,
    /// The largest, the latest or the end of the alphabet first.
    pub descending: bool,
}

impl Order {
    /// The smallest or earliest first.
    pub const fn up(by: &'static str) -> Self {
        Self {
            by,
            descending: false,
        }
    }

    /// The largest or latest first.
    pub const fn down(by: &'static str) -> Self {
        Self {
            by,
            descending: true,
        }
    }

    /// Reads an address; `usual` where that names none of the columns.
    pub fn parse(text: Option<&str>, columns: &[&'static str], usual: Self) -> Self {
        let Some(text) = text else {
            return usual;
        };
        let (name, descending) = text
            .strip_prefix('-')
            .map_or((text, false), |name| (name, true));
        columns
            .iter()
            .find(|column| **column == name)
            .map_or(usual, |by| Self { by, descending })
    }

    /// The form in addresses.
    pub fn text(self) -> String {
        format!("{}{}", if self.descending { "-" } else { "" }, self.by)
    }

    /// The order after a press on a column's heading: by that column, and the other way round where it is that already.
    #[must_use]
    pub fn pressed(self, column: &'static str) -> Self {
        Self {
            by: column,
            descending: self.by == column && !self.descending,
        }
    }

    /// Sorts by a key; what is equal keeps its place.
    pub fn sort<T, K: Ord>(self, items: &mut [T], key: impl Fn(&T) -> K) {
        let keys: Vec<K> = items.iter().map(key).collect();
        let compare = |one: usize, other: usize| {
            let order = keys[one].cmp(&keys[other]);
            if self.descending {
                order.reverse()
            } else {
                order
            }
        };
        let mut places = sorted(keys.len(), &compare);
        // Each item is swapped to its place; what stood there is found where it went.
        for place in 0..items.len() {
            let mut from = places[place];
            while from < place {
                from = places[from];
            }
            items.swap(place, from);
            places[place] = from;
        }
    }
}

/// From which place each item comes, in order. One function for all lists and columns: the library's way to sort is a dozen kilobytes for
/// each type that it is made for, and every page would have fetched hundreds.
fn sorted(items: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..items).collect();
    places.sort_by(|one, other| compare(*one, *other));
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_sorted_by_their_key_and_what_is_equal_keeps_its_place() {
        for length in 0..9_usize {
            for seed in 0..200_usize {
                let items: Vec<(usize, usize)> = (0..length)
                    .map(|place| ((seed * 31 + place * (seed + 7)) % 5, place))
                    .collect();
                let (mut up, mut down) = (items.clone(), items.clone());
                Order::up("x").sort(&mut up, |item| item.0);
                Order::down("x").sort(&mut down, |item| item.0);
                let (mut rising, mut falling) = (items.clone(), items);
                rising.sort_by_key(|item| item.0);
                falling.sort_by_key(|item| std::cmp::Reverse(item.0));
                assert_eq!((up, down), (rising, falling));
            }
        }
    }

    const COLUMNS: [&str; 2] = ["file", "started"];

    #[test]
    fn an_order_goes_through_the_address_and_back() {
        for order in [Order::up("file"), Order::down("started")] {
            let text = order.text();
            assert_eq!(Order::parse(Some(&text), &COLUMNS, Order::up("x")), order);
        }
    }

    #[test]
    fn what_names_no_column_is_the_usual_order() {
        let usual = Order::down("started");
        for text in [None, Some(""), Some("size"), Some("--file")] {
            assert_eq!(Order::parse(text, &COLUMNS, usual), usual, "{text:?}");
        }
    }

    #[test]
    fn a_second_press_turns_the_order_round() {
        let first = Order::down("started").pressed("file");
        assert_eq!(first, Order::up("file"));
        assert_eq!(first.pressed("file"), Order::down("file"));
        assert_eq!(first.pressed("file").pressed("file"), Order::up("file"));
    }

    #[test]
    fn what_is_equal_keeps_its_place_in_both_directions() {
        let mut items = [(1, 'a'), (2, 'b'), (1, 'c')];
        Order::down("n").sort(&mut items, |item| item.0);
        assert_eq!(items, [(2, 'b'), (1, 'a'), (1, 'c')]);
        Order::up("n").sort(&mut items, |item| item.0);
        assert_eq!(items, [(1, 'a'), (1, 'c'), (2, 'b')]);
    }
}
