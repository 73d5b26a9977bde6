//! A process that is killed: the test starts itself again as a child that works on the parent's engines until it gets to a step, says
//! so, and waits for `SIGKILL`. What is left is what a killed function leaves.

use std::io::{BufRead, BufReader, Write as _};
use std::os::unix::process::ExitStatusExt;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::AtomicI64;

use serde_json::{Value, json};
use sluice_functions::{Ports, Step, StepHook, intake};

use super::{Place, World, clock, messages};

/// Orders of the child, in its environment.
const ORDERS: &str = "SLUICE_TEST_CHILD";
/// Says on the child's output that it is where it is to be killed.
const THERE: &str = "waiting to be killed";
const SIGKILL: i32 = 9;

/// What a child is to do.
pub(crate) struct Child {
    orders: Value,
}

impl Child {
    /// Handles a message of this body.
    pub(crate) fn intake(world: &World, body: &str) -> Self {
        let place = world.place.to_json();
        Self {
            orders: json!({ "place": place, "ahead": world.ahead(), "body": body }),
        }
    }

    /// Runs it until it is at `step`, and kills it there.
    pub(crate) async fn killed_at(mut self, step: Step) {
        self.orders["step"] = format!("{step:?}").into();
        tokio::task::spawn_blocking(move || self.run(step))
            .await
            .unwrap();
    }

    fn run(&self, step: Step) {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args([
                "support::child::child_that_is_killed",
                "--exact",
                "--nocapture",
            ])
            .env(ORDERS, self.orders.to_string())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
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
    let wanted = orders["step"].as_str().unwrap().to_owned();
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
    let batch = messages(&[json!({ "messageId": "one", "body": orders["body"] })]);
    intake::handle(&backend, batch).await;
}
