//! An embedded stack for the browser tests: its own ports, its own data. The data stay until the next run, to look
//! at when a test failed.

use std::fs::{self, File};
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::failure::{Failure, Outcome};
use crate::stack::{PORTS, health};
use crate::workspace::Workspace;

/// How long the stack may take to answer, demo data and all.
const PATIENCE: Duration = Duration::from_mins(2);

/// A running stack, stopped when dropped.
pub(crate) struct TestStack {
    child: Child,
    port: u16,
    state: PathBuf,
}

impl TestStack {
    /// Starts `program` with data in `.sluice/NAME-state`; `prepare` tells it what it needs beside its arguments.
    pub(crate) fn start(
        workspace: &Workspace,
        program: &Path,
        name: &str,
        prepare: impl Fn(&mut Command),
    ) -> Outcome<Self> {
        let port = free_ports().ok_or_else(|| {
            Failure::new(
                "There are no five free ports in a row.",
                "Stop some servers.",
            )
        })?;
        let state = workspace.sluice(&format!("{name}-state"));
        let _ = fs::remove_dir_all(&state);
        let log_file = workspace.log(&format!("{name}-stack"));
        fs::create_dir_all(workspace.sluice("logs"))
            .map_err(|error| Failure::file(&log_file, &error))?;
        let log = File::create(&log_file).map_err(|error| Failure::file(&log_file, &error))?;
        let errors = log
            .try_clone()
            .map_err(|error| Failure::file(&log_file, &error))?;
        let mut command = Command::new(program);
        prepare(&mut command);
        let child = command
            .args(["up", "--port", &port.to_string(), "--state"])
            .arg(&state)
            .arg("--page")
            .arg(workspace.page_folder())
            .stdin(Stdio::null())
            .stdout(log)
            .stderr(errors)
            .spawn()
            .map_err(|error| Failure::file(program, &error))?;
        let mut stack = Self { child, port, state };
        stack.wait(&log_file)?;
        Ok(stack)
    }

    /// Where the page is.
    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The folder of its data.
    pub(crate) fn state(&self) -> &Path {
        &self.state
    }

    fn wait(&mut self, log: &Path) -> Outcome {
        let since = Instant::now();
        while since.elapsed() < PATIENCE {
            // The API is there last of all.
            if health(self.port, "/api/health") {
                return Ok(());
            }
            if let Ok(Some(status)) = self.child.try_wait() {
                println!("{}", fs::read_to_string(log).unwrap_or_default());
                return Err(Failure::new(
                    format!("The stack ended with {status}."),
                    "What it said is above.",
                ));
            }
            thread::sleep(Duration::from_millis(100));
        }
        println!("{}", fs::read_to_string(log).unwrap_or_default());
        Err(Failure::new(
            "The stack did not answer in two minutes.",
            "What it said is above.",
        ))
    }
}

impl Drop for TestStack {
    fn drop(&mut self) {
        interrupt(&mut self.child, "The stack");
    }
}

/// Ends a program as Ctrl-C does; by force only if that does not help.
pub(crate) fn interrupt(child: &mut Child, name: &str) {
    let _ = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status();
    let since = Instant::now();
    while matches!(child.try_wait(), Ok(None)) {
        if since.elapsed() > Duration::from_secs(20) {
            println!("{name} did not stop at SIGINT in twenty seconds.");
            let _ = child.kill();
            let _ = child.wait();
        }
        thread::sleep(Duration::from_millis(50));
    }
}

/// The first of five free ports in a row, away from those of `up`.
pub(crate) fn free_ports() -> Option<u16> {
    let free = |port| TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok();
    (18_600..28_600)
        .step_by(100)
        .find(|&first| (first..first + PORTS).all(free))
}
