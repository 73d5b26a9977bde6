//! The mapping from queue to function: failures come again alone, long records hold nobody up.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use aws_lambda_events::event::sqs::{SqsBatchResponse, SqsEvent};
use sluice_local::mapping::{Mapping, MappingConfig};
use sluice_local::queue::Queue;
use tokio::sync::{Notify, watch};
use tokio::task::JoinSet;

use crate::support::{folder, hasty_queue};

struct Running {
    stop: watch::Sender<bool>,
    paused: watch::Sender<bool>,
    tasks: JoinSet<()>,
}

fn run<F>(queue: &Queue, function: impl Fn(SqsEvent) -> F + Send + Sync + 'static) -> Running
where
    F: Future<Output = SqsBatchResponse> + Send,
{
    let config = MappingConfig {
        batch: 10,
        window: Duration::ZERO,
        at_once: 4,
        hold: Some(queue.settings().visibility),
        retry: Some(Duration::ZERO),
    };
    run_as(config, queue, function)
}

fn run_as<F>(
    config: MappingConfig,
    queue: &Queue,
    function: impl Fn(SqsEvent) -> F + Send + Sync + 'static,
) -> Running
where
    F: Future<Output = SqsBatchResponse> + Send,
{
    let (stop, stopped) = watch::channel(false);
    let (unpaused, paused) = watch::channel(false);
    let mut tasks = JoinSet::new();
    let mapping = Mapping {
        source: queue.clone(),
        config,
        stop: stopped,
        paused,
    };
    mapping.start(&mut tasks, function);
    Running {
        stop,
        paused: unpaused,
        tasks,
    }
}

async fn empty(queue: &Queue) {
    for _ in 0..1_000 {
        if queue.counts().visible + queue.counts().in_flight == 0 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("the queue did not empty: {:?}", queue.counts());
}

#[tokio::test]
async fn only_what_failed_comes_again_and_dies() {
    let folder = folder();
    let (queue, dead) = hasty_queue(&folder);
    for body in ["good", "bad", "fine"] {
        queue.send(body.to_owned()).unwrap();
    }
    let seen = Arc::new(Mutex::new(Vec::new()));
    let seen_by = Arc::clone(&seen);
    let running = run(&queue, move |event: SqsEvent| {
        let mut answer = SqsBatchResponse::default();
        for record in event.records {
            let body = record.body.unwrap();
            if body == "bad" {
                answer.add_failure(record.message_id.unwrap());
            }
            seen_by.lock().unwrap().push(body);
        }
        async { answer }
    });
    empty(&queue).await;
    assert_eq!(dead.counts().visible, 1);
    drop(running);
    let mut seen = seen.lock().unwrap().clone();
    seen.sort();
    assert_eq!(seen, ["bad", "bad", "fine", "good"]);
}

#[tokio::test]
async fn a_pause_holds_for_receives_that_already_wait() {
    let folder = folder();
    let (queue, _dead) = hasty_queue(&folder);
    queue.send("before".to_owned()).unwrap();
    let running = run(&queue, |_: SqsEvent| async { SqsBatchResponse::default() });
    empty(&queue).await;
    running.paused.send_replace(true);
    queue.send("meanwhile".to_owned()).unwrap();
    // One thread: whoever could take it has had its turn by then.
    for _ in 0..1_000 {
        tokio::task::yield_now().await;
    }
    assert_eq!(queue.counts().visible, 1);
    running.paused.send_replace(false);
    empty(&queue).await;
}

#[tokio::test]
async fn a_panic_loses_nothing() {
    let folder = folder();
    let (queue, dead) = hasty_queue(&folder);
    queue.send("panic".to_owned()).unwrap();
    let _running = run(&queue, |_: SqsEvent| async { panic!("a defect") });
    empty(&queue).await;
    assert_eq!(dead.counts().visible, 1);
}

#[tokio::test]
async fn a_long_record_stays_hidden_and_holds_nobody_up() {
    let folder = folder();
    let (queue, dead) = hasty_queue(&folder);
    let (begun, go_on) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let (tell, wait) = (Arc::clone(&begun), Arc::clone(&go_on));
    let done = Arc::new(Mutex::new(Vec::new()));
    let done_by = Arc::clone(&done);
    queue.send("long".to_owned()).unwrap();
    let _running = run(&queue, move |event: SqsEvent| {
        let (tell, wait, done) = (Arc::clone(&tell), Arc::clone(&wait), Arc::clone(&done_by));
        async move {
            for record in event.records {
                if record.body.as_deref() == Some("long") {
                    tell.notify_one();
                    wait.notified().await;
                }
                done.lock().unwrap().push(record.body.unwrap());
            }
            SqsBatchResponse::default()
        }
    });
    begun.notified().await;
    queue.send("short".to_owned()).unwrap();
    // Four times as long as a message is hidden, so that the long one would have come again.
    tokio::time::sleep(queue.settings().visibility * 4).await;
    assert_eq!(*done.lock().unwrap(), ["short"]);
    go_on.notify_one();
    empty(&queue).await;
    assert_eq!(*done.lock().unwrap(), ["short", "long"]);
    assert_eq!(dead.counts().visible, 0);
}

#[tokio::test]
async fn a_stop_lets_the_running_batch_end() {
    let folder = folder();
    let (queue, _) = hasty_queue(&folder);
    let begun = Arc::new(Notify::new());
    let tell = Arc::clone(&begun);
    queue.send("record".to_owned()).unwrap();
    let mut running = run(&queue, move |_: SqsEvent| {
        let tell = Arc::clone(&tell);
        async move {
            tell.notify_one();
            tokio::time::sleep(Duration::from_millis(100)).await;
            SqsBatchResponse::default()
        }
    });
    begun.notified().await;
    running.stop.send_replace(true);
    while running.tasks.join_next().await.is_some() {}
    assert_eq!(
        (queue.counts().visible, queue.counts().in_flight),
        (0, 0),
        "done and deleted"
    );
}

#[tokio::test]
async fn a_window_gathers_what_comes_meanwhile() {
    let folder = folder();
    let (queue, _) = hasty_queue(&folder);
    let batches = Arc::new(Mutex::new(Vec::new()));
    let batches_by = Arc::clone(&batches);
    queue.send("first".to_owned()).unwrap();
    let config = MappingConfig {
        batch: 2,
        // Full before it is over: the batch does not wait any longer then.
        window: Duration::from_mins(1),
        at_once: 1,
        hold: None,
        retry: None,
    };
    let _running = run_as(config, &queue, move |event: SqsEvent| {
        batches_by.lock().unwrap().push(event.records.len());
        async { SqsBatchResponse::default() }
    });
    while queue.counts().in_flight == 0 {
        tokio::task::yield_now().await;
    }
    queue.send("second".to_owned()).unwrap();
    empty(&queue).await;
    assert_eq!(*batches.lock().unwrap(), [2]);
}

#[tokio::test]
async fn without_a_time_of_its_own_what_failed_waits_for_the_queues() {
    let folder = folder();
    let (queue, dead) = hasty_queue(&folder);
    queue.send("bad".to_owned()).unwrap();
    let tried = Arc::new(Mutex::new(0));
    let tried_by = Arc::clone(&tried);
    let config = MappingConfig {
        batch: 1,
        window: Duration::ZERO,
        at_once: 1,
        hold: None,
        retry: None,
    };
    let _running = run_as(config, &queue, move |event: SqsEvent| {
        *tried_by.lock().unwrap() += 1;
        let mut answer = SqsBatchResponse::default();
        answer.add_failure(event.records[0].message_id.clone().unwrap());
        async { answer }
    });
    empty(&queue).await;
    assert_eq!((*tried.lock().unwrap(), dead.counts().visible), (2, 1));
}
