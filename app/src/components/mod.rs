//! The parts that pages are made of. Each is a function that takes what it shows and returns a view; all look as
//! `govuk-frontend` has them.

mod beyond_role;
mod button;
mod certificate_reminder;
mod changing;
mod clock;
mod comparison;
mod copy;
mod decisions;
mod error_summary;
mod field;
mod findings;
mod identifier;
mod letter_keys;
mod listing;
mod live;
mod messages;
mod moment;
mod number;
mod pagination;
mod problem;
mod remote;
mod rules;
mod service;
mod states;
mod summary_list;
mod table;
mod tag;
mod timeline;
mod wording;

pub use beyond_role::{beyond_role, sends_files};
pub use button::{
    busy_button, busy_quiet_button, busy_warning_button, button, link_button, quiet_button,
    secondary_button, warning_button,
};
pub use certificate_reminder::{certificate_reminder, in_words as certificate_reminder_in_words};
pub use changing::changing;
pub use clock::clocks_apart;
pub use comparison::{change_words, comparison};
pub use copy::copy_button;
pub use decisions::{Counts, counts_table, effects_table, keep_held};
pub use error_summary::{Fault, error_summary, error_summary_of, fault_link};
pub use field::{Field, field, utc_from_field, utc_to_field};
pub use findings::{FindingsShown, ShowLines, findings_table, findings_table_at};
pub use identifier::{hexadecimal, identifier};
pub use letter_keys::letter_keys_switch;
pub use listing::{
    DayRange, FileFilter, Order, Search, SortColumn, address_value, choice_field, csv_button,
    day_field, kind_field, list_filters, list_shown, order_field, search_field, shown_words,
    sorted_heads, sorted_table,
};
pub use live::{live_region, progress_bar, waiting_bar};
pub use messages::{
    NOTIFICATION, alert_banner, alert_region, details, details_toggled, inset, notification,
    notification_banner, notification_of, panel, warning_text,
};
pub use moment::{
    computer_now, day_in_words, from_now, in_words, minutes_in_words, moment, now, plain_moment,
    short_moment,
};
pub use number::{counted, figure, grouped, grouped_count, size};
pub use pagination::pagination;
pub use problem::{
    not_compared, problem_beside_banner, problem_instead, problem_page, problem_summary,
};
pub use remote::{Remote, fetch, remote};
pub use rules::{review_ahead, rules_fired};
pub use service::{service, service_in_words, service_name};
pub use states::{held_tag, state_hints, state_tag, state_words};
pub use summary_list::{Row, row, summary_list};
pub use table::{Cell, Column, labelled_cell, number_cell, table, table_below_heading, text_cell};
pub use tag::{Colour, tag};
pub use timeline::timeline;
pub use wording::{capital, sentence};
