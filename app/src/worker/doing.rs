//! Which task the worker is at, so that a panic can name it.

use super::TaskId;
use std::{
    cell::Cell,
    future::Future,
    pin::Pin,
    task::{Context, Poll},
};

/// A task by its name and what it does: "reading the file".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) id: TaskId,
    pub(super) doing: &'static str,
}

thread_local! {
    /// Set only while a task's own steps run: tasks that wait take turns, and each is named only by its own.
    static NOW: Cell<Option<Named>> = const { Cell::new(None) };
}

/// The task whose step runs now.
pub(super) fn now() -> Option<Named> {
    NOW.get()
}

/// Does a task under its name.
pub(super) fn under<F>(name: Named, task: F) -> Doing<F> {
    Doing {
        name,
        task: Box::pin(task),
    }
}

/// The future of [`under`].
pub(super) struct Doing<F> {
    name: Named,
    task: Pin<Box<F>>,
}

impl<F: Future> Future for Doing<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        let before = NOW.replace(Some(self.name));
        let polled = self.task.as_mut().poll(context);
        NOW.set(before);
        polled
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::worker::waiting::Waiting;
    use std::task::Waker;

    /// Waits once, and tells under which name it ran before and after.
    async fn twice() -> [Option<Named>; 2] {
        let before = now();
        let mut waited = false;
        std::future::poll_fn(|_| {
            if std::mem::replace(&mut waited, true) {
                Poll::Ready(())
            } else {
                Poll::Pending
            }
        })
        .await;
        [before, now()]
    }

    #[test]
    fn tasks_that_take_turns_are_each_named_by_their_own() {
        let mut waiting = Waiting::new();
        let mut named = |doing| Named {
            id: waiting.begin(()),
            doing,
        };
        let (first, second) = (named("reading the file"), named("finding lines"));
        let (mut one, mut other) = (under(first, twice()), under(second, twice()));
        let mut context = Context::from_waker(Waker::noop());
        assert!(Pin::new(&mut one).poll(&mut context).is_pending());
        assert!(Pin::new(&mut other).poll(&mut context).is_pending());
        assert_eq!(now(), None);
        assert_eq!(
            Pin::new(&mut one).poll(&mut context),
            Poll::Ready([Some(first); 2])
        );
        assert_eq!(
            Pin::new(&mut other).poll(&mut context),
            Poll::Ready([Some(second); 2])
        );
    }
}
