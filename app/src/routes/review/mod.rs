//! Review by DCC staff: the queue of risky submissions, and one page with all that a decision rests on.

mod aside;
mod ask;
mod choose;
mod decide;
mod decided;
mod evidence;
mod filter;
mod form;
mod history;
mod history_filter;
mod in_hand;
mod in_numbers;
mod key;
mod keys;
mod next;
mod open;
mod queue;
mod reasons;
mod seen;
mod signature;
mod table;
mod together;
mod together_form;
mod together_look;
mod together_outcome;
mod watch;

pub(super) use evidence::evidence_page;
pub(crate) use form::DecisionForm;
pub(super) use history::review_history_page;
pub(super) use queue::review_queue_page;
pub(super) use together::review_together_page;
pub(crate) use watch::differences_here;
