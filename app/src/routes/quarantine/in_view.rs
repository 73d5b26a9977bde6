//! Keeping the row that keys act on in view: within the table, which scrolls by itself, and within the window, whose end the totals may
//! cover.

use crate::browser;
use web_sys::HtmlDivElement;

/// The id of the totals, which cover the end of the window while they stick to it.
pub(super) const TOTALS: &str = "totals";

/// The id of the table.
pub(super) const TABLE: &str = "held-table";

/// The id of the filters above it.
pub(super) const FILTER_FIELDS: &str = "filters";

/// With so many pixels, some rows of the table are in view.
const ENOUGH: f64 = 300.0;

/// A row of the table that scrolls.
#[derive(Clone, Copy)]
pub(super) struct Line {
    /// Its place among the rows shown.
    pub(super) place: usize,
    /// Its height in pixels.
    pub(super) height: f64,
}

impl Line {
    /// Whether it is seen whole.
    pub(super) fn is_seen(self, frame: &HtmlDivElement) -> bool {
        self.beyond_table(frame).abs() < 1.0 && self.beyond_window(frame).abs() < 1.0
    }

    /// Scrolls the table, and then the window, as far as that takes for it to be seen.
    pub(super) fn show(self, frame: &HtmlDivElement) {
        let by = self.beyond_table(frame);
        if by != 0.0 {
            #[expect(clippy::cast_possible_truncation, reason = "whole pixels")]
            frame.set_scroll_top((f64::from(frame.scroll_top()) + by).ceil() as i32);
        }
        let by = self.beyond_window(frame);
        if by != 0.0 {
            browser::window().scroll_by_with_x_and_y(0.0, by);
        }
    }

    /// How far down in what the table scrolls, without the head.
    fn top(self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "a place of a row is small")]
        let place = self.place as f64;
        place * self.height
    }

    /// By how much the table has to scroll.
    fn beyond_table(self, frame: &HtmlDivElement) -> f64 {
        let view = f64::from(frame.client_height()) - head_of(frame);
        let top = self.top() - f64::from(frame.scroll_top());
        beyond(top, self.height, view)
    }

    /// By how much the window has to scroll, once the table has.
    fn beyond_window(self, frame: &HtmlDivElement) -> f64 {
        let head = head_of(frame);
        let top = frame.get_bounding_client_rect().top()
            + f64::from(frame.client_top())
            + head
            + self.top()
            - f64::from(frame.scroll_top());
        let end = view_end();
        match beyond(top, self.height, end) {
            // The head comes with it where both have room.
            up if up < 0.0 && head + self.height <= end => up - head,
            by => by,
        }
    }
}

/// Where a filter leaves few rows in view, scrolls the filters to the top: whoever filters sees what is found.
pub(super) fn make_room() {
    browser::after(0, || {
        let top_of = |id: &str| {
            let element = browser::element_by_id(id)?;
            Some(element.get_bounding_client_rect().top())
        };
        if let (Some(table), Some(filters)) = (top_of(TABLE), top_of(FILTER_FIELDS))
            && view_end() - table < ENOUGH
            && filters > 0.0
        {
            browser::window().scroll_by_with_x_and_y(0.0, filters);
        }
    });
}

/// By how much to scroll for what begins at `top` to be within `view` pixels: its beginning where it is taller than that.
fn beyond(top: f64, height: f64, view: f64) -> f64 {
    if top < 0.0 {
        top
    } else {
        (top + height - view).clamp(0.0, top)
    }
}

/// The height of the head, which sticks to the table's top.
fn head_of(frame: &HtmlDivElement) -> f64 {
    let head = frame.query_selector(".app-grid__head").ok().flatten();
    head.map_or(0.0, |head| head.get_bounding_client_rect().height())
}

/// Where the window's view ends: at its edge, or where the totals begin.
fn view_end() -> f64 {
    let window = browser::window();
    let edge = window.inner_height().ok().and_then(|edge| edge.as_f64());
    let totals =
        browser::element_by_id(TOTALS).map(|totals| totals.get_bounding_client_rect().top());
    [edge, totals]
        .into_iter()
        .flatten()
        .fold(f64::INFINITY, f64::min)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scrolls_no_further_than_it_takes() {
        let by = |top, height, view| beyond(top, height, view).to_string();
        assert_eq!(by(10.0, 40.0, 100.0), "0");
        assert_eq!(by(90.0, 40.0, 100.0), "30");
        assert_eq!(by(-15.0, 40.0, 100.0), "-15");
    }

    #[test]
    fn of_what_is_taller_than_the_view_its_beginning_is_shown() {
        assert_eq!(beyond(10.0, 300.0, 100.0).to_string(), "10");
    }
}
