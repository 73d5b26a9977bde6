//! Review by DCC staff: the queue of risky submissions, and one page with all that a decision rests on.

mod decide;
mod decided;
mod evidence;
mod filter;
mod form;
mod key;
mod keys;
mod next;
mod open;
mod queue;
mod reasons;
mod seen;
mod signature;
mod table;
mod watch;

pub(super) use evidence::evidence_page;
pub(crate) use form::DecisionForm;
pub(super) use queue::review_queue_page;
pub(crate) use watch::differences_here;
