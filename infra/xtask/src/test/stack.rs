//! An embedded stack for the browser tests: its own ports, its own data. The data stay until the next run, to look
//! at when a test failed.

use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::failure::{Failure, Outcome};
use crate::stack::PORTS;
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
    pub(crate) fn start(workspace: &Workspace, program: &Path) -> Outcome<Self> {
        let port = free_ports().ok_or_else(|| {
            Failure::new(
                "There are no five free ports in a row.",
                "Stop some servers.",
            )
        })?;
        let state = workspace.sluice("test-state");
        let _ = fs::remove_dir_all(&state);
        let log_file = workspace.log("test-stack");
        fs::create_dir_all(workspace.sluice("logs"))
            .map_err(|error| Failure::file(&log_file, &error))?;
        let log = File::create(&log_file).map_err(|error| Failure::file(&log_file, &error))?;
        let errors = log
            .try_clone()
            .map_err(|error| Failure::file(&log_file, &error))?;
        let child = Command::new(program)
            .args(["up", "--port", &port.to_string(), "--state"])
            .arg(&state)
            .arg("--page")
            .arg(workspace.page())
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
            if answers(self.port) {
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
    /// As Ctrl-C does; by force only if that does not help.
    fn drop(&mut self) {
        let _ = Command::new("kill")
            .args(["-INT", &self.child.id().to_string()])
            .status();
        let since = Instant::now();
        while matches!(self.child.try_wait(), Ok(None)) {
            if since.elapsed() > Duration::from_secs(10) {
                println!("The stack did not stop at SIGINT in ten seconds.");
                let _ = self.child.kill();
                let _ = self.child.wait();
            }
            thread::sleep(Duration::from_millis(50));
        }
    }
}

/// Whether the API says that it is well: it does so last of all.
fn answers(port: u16) -> bool {
    let ask = || -> std::io::Result<bool> {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
        stream.set_read_timeout(Some(Duration::from_secs(5)))?;
        write!(
            stream,
            "GET /api/health HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n"
        )?;
        let mut head = [0; 12];
        stream.read_exact(&mut head)?;
        Ok(head.ends_with(b" 200"))
    };
    ask().unwrap_or(false)
}

/// The first of five free ports in a row, away from those of `up`.
fn free_ports() -> Option<u16> {
    let free = |port| TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok();
    (18_600..28_600)
        .step_by(100)
        .find(|&first| (first..first + PORTS).all(free))
}
