//! A process that is killed: the test starts itself again as a child that works on the parent's engines until it gets to a step, says
//! so, and waits for `SIGKILL`. What is left is what a killed function leaves.

use std::io::{BufRead, BufReader, Write as _};
use std::os::unix::process::ExitStatusExt;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::AtomicI64;
use std::time::Duration;

use serde_json::{Value, json};
use sluice_functions::{Ports, Step, StepHook, intake};

use super::{Place, Proxy, Received, World, clock, messages};

/// Orders of the child, in its environment.
const ORDERS: &str = "SLUICE_TEST_CHILD";
/// Says on the child's output that it is where it is to be killed.
const THERE: &str = "waiting to be killed";
const SIGKILL: i32 = 9;
/// How often it is looked at whether a child has ended.
const POLL: Duration = Duration::from_millis(50);

/// What a child is to do.
pub(crate) struct Child {
    orders: Value,
}

impl Child {
    /// Handles this message.
    pub(crate) fn intake(world: &World, message: &Received) -> Self {
        let place = world.place.to_json();
        Self {
            orders: json!({ "place": place, "ahead": world.ahead(), "queue": message.url, "body": message.body }),
        }
    }

    /// Runs it until it is at `step`, and kills it there.
    pub(crate) async fn killed_at(mut self, step: Step) {
        self.orders["step"] = format!("{step:?}").into();
        tokio::task::spawn_blocking(move || self.run(step))
            .await
            .unwrap();
    }

    /// Runs it behind a proxy in front of the tables, and kills it when a call is left without an answer. False: it came to its
    /// end before.
    pub(crate) async fn killed_behind(mut self, proxy: &Proxy) -> bool {
        self.orders["place"]["dynamodb"] = proxy.origin.as_str().into();
        let mut child = self.spawn();
        let mut ended = tokio::time::interval(POLL);
        loop {
            tokio::select! {
                () = proxy.hung() => break,
                _ = ended.tick() => if let Some(status) = child.try_wait().unwrap() {
                    assert!(status.success(), "{status}");
                    return false;
                }
            }
        }
        child.kill().unwrap();
        assert_eq!(child.wait().unwrap().signal(), Some(SIGKILL));
        true
    }

    fn spawn(&self) -> std::process::Child {
        Command::new(std::env::current_exe().unwrap())
            .args([
                "support::child::child_that_is_killed",
                "--exact",
                "--nocapture",
            ])
            .env(ORDERS, self.orders.to_string())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap()
    }

    fn run(&self, step: Step) {
        let mut child = self.spawn();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let there = lines
            .map_while(Result::ok)
            .any(|line| line.ends_with(THERE));
        child.kill().unwrap();
        let status = child.wait().unwrap();
        assert!(there, "{step:?} was reached: {status}");
        assert_eq!(status.signal(), Some(SIGKILL), "{step:?}");
    }
}

/// Not a test by itself: the process that is killed. Without its environment it has nothing to do.
#[tokio::test(flavor = "multi_thread")]
async fn child_that_is_killed() {
    let Ok(orders) = std::env::var(ORDERS) else {
        return;
    };
    let orders: Value = serde_json::from_str(&orders).unwrap();
    let wanted = orders["step"].as_str().unwrap_or_default().to_owned();
    let step: StepHook = Arc::new(move |step| {
        if format!("{step:?}") == wanted {
            let mut out = std::io::stdout();
            writeln!(out, "{THERE}").unwrap();
            out.flush().unwrap();
            loop {
                std::thread::park();
            }
        }
    });
    let ports = Ports {
        clock: clock(Arc::new(AtomicI64::new(orders["ahead"].as_i64().unwrap()))),
        step,
        ..Ports::system()
    };
    let backend = Place::of_json(&orders["place"]).backend(ports);
    let text = |name: &str| orders[name].as_str().unwrap();
    let batch = messages(text("queue"), &[("one", text("body"))]);
    let answer = intake::handle(&backend, batch).await;
    assert!(answer.batch_item_failures.is_empty());
}
