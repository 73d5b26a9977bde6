//! What a reviewer decides: a statement that the reviewer signs, and what makes it count. Beside it, what is signed by nobody and decides
//! nothing: who has a submission in hand, and what was asked and answered about it.

mod assignment;
mod check;
mod question;
mod statement;
mod together;

pub use assignment::{AssignReview, Assignment, AssignmentBar, assign};
pub use check::{Decidable, DecisionFault, check_decision};
pub use question::{QuestionBar, QuestionCount, ReviewAnswer, ReviewQuestion, may_ask};
pub use statement::{DecisionStatement, SignedDecision};
pub use together::{TogetherBar, Waiting, in_anothers_hands, is_harmless, may_accept_together};
