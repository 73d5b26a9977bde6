//! Who waits for which task. Pure: what waits is a parameter.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Names a task, and the file that it read. No two tasks of a page have the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TaskId(u32);

impl TaskId {
    /// As a number of JavaScript's.
    pub(super) fn to_number(self) -> f64 {
        f64::from(self.0)
    }

    /// From a number of JavaScript's; none when it is no task's.
    pub(super) fn from_number(number: f64) -> Option<Self> {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "what does not come back the same was no task's"
        )]
        let id = number as u32;
        (f64::from(id).to_bits() == number.to_bits()).then_some(Self(id))
    }
}

/// The tasks that were asked for and not yet answered, each with what waits for its answer.
#[derive(Debug)]
pub(super) struct Waiting<W> {
    last: u32,
    tasks: BTreeMap<TaskId, W>,
}

impl<W> Waiting<W> {
    pub(super) const fn new() -> Self {
        Self {
            last: 0,
            tasks: BTreeMap::new(),
        }
    }

    /// Something waits for a new task.
    pub(super) fn begin(&mut self, waiter: W) -> TaskId {
        self.last += 1;
        let id = TaskId(self.last);
        self.tasks.insert(id, waiter);
        id
    }

    /// What waits for a task, while it is being done.
    pub(super) fn get(&self, id: TaskId) -> Option<&W> {
        self.tasks.get(&id)
    }

    /// The task is answered: what waited for it. None for a task that was given up, however late its answer comes.
    pub(super) fn settle(&mut self, id: TaskId) -> Option<W> {
        self.tasks.remove(&id)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.tasks.is_empty()
    }

    /// Gives up all tasks: what waited for them.
    pub(super) fn give_up(&mut self) -> Vec<W> {
        std::mem::take(&mut self.tasks).into_values().collect()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn an_answer_goes_to_the_task_that_it_answers_whichever_comes_first() {
        let mut waiting = Waiting::new();
        let (large, small) = (waiting.begin("large"), waiting.begin("small"));
        assert_eq!(waiting.settle(small), Some("small"));
        assert_eq!(waiting.settle(large), Some("large"));
        assert_eq!(waiting.give_up(), Vec::<&str>::new());
    }

    #[test]
    fn an_answer_is_heard_once() {
        let mut waiting = Waiting::new();
        let id = waiting.begin("only");
        assert_eq!(waiting.settle(id), Some("only"));
        assert_eq!(waiting.settle(id), None);
    }

    #[test]
    fn the_answer_to_a_task_that_was_given_up_reaches_nobody_who_came_later() {
        let mut waiting = Waiting::new();
        let replaced = waiting.begin("replaced");
        assert_eq!(waiting.give_up(), ["replaced"]);
        let after = waiting.begin("after");
        assert_ne!(replaced, after);
        assert_eq!(waiting.get(replaced), None);
        assert_eq!(waiting.settle(replaced), None);
        assert_eq!(waiting.settle(after), Some("after"));
    }

    #[test]
    fn a_number_that_is_no_tasks_is_none() {
        let mut waiting = Waiting::new();
        let id = waiting.begin(());
        assert_eq!(TaskId::from_number(id.to_number()), Some(id));
        for number in [-1.0, 0.5, 4_294_967_296.0, f64::NAN, -0.0] {
            assert_eq!(TaskId::from_number(number), None);
        }
    }
}
