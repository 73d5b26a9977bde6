//! What is deployed, tested: the template in LocalStack, the Lambda programs under cargo-lambda, the same tests as on the embedded stack.
//!
//! The functions' own tests with LocalStack's engines (told by `SLUICE_ENGINES`, and `SLUICE_ENGINES_TABLES` for its tables), and the browser's.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::browser::Browser;
use super::count::{self, Count};
use super::runner;
use super::stack::{TestStack, free_ports, interrupt};
use crate::failure::{Failure, Outcome};
use crate::install::localstack::{self, Emulators};
use crate::progress::Board;
use crate::stack::{self, health, speaks};
use crate::workspace::Workspace;

/// How long LocalStack may take until it answers.
const PATIENCE: Duration = Duration::from_mins(3);

/// LocalStack, running, with all that the tests on it need.
pub(crate) struct Deployed {
    emulators: Emulators,
    faketime: PathBuf,
    /// Of stacks on it.
    program: PathBuf,
    emulator: Emulator,
}

impl Deployed {
    /// Builds and installs what is missing, and starts the emulator. The error is what a machine lacks for it, as a count.
    pub(crate) fn start(workspace: &Workspace) -> Outcome<Result<Self, Count>> {
        if let Some(lacks) = Emulators::lacks() {
            return count::left_out(lacks, "what is deployed is NOT tested in this run").map(Err);
        }
        let board = Board::new(3);
        let emulators = stack::emulators(&board, workspace)?;
        let faketime = board.step("libfaketime", |step| localstack::faketime(step, workspace))?;
        stack::build_with_tests(&board, workspace)?;
        let program = workspace.target().join("debug/sluice-localstack");
        drop(board);
        let emulator = Emulator::start(workspace, &program, &emulators)?;
        Ok(Ok(Self {
            emulators,
            faketime,
            program,
            emulator,
        }))
    }

    /// The functions' own tests, on LocalStack's engines. What they say goes to `words`.
    pub(crate) fn functions(&self, workspace: &Workspace, words: &mut dyn Write) -> Outcome<Count> {
        let mut functions = workspace.cargo();
        functions
            .args(["test", "--test", "engines", "--no-fail-fast"])
            // They mostly wait for LocalStack, which works on several requests at once.
            .args(["--", "--test-threads", "4"])
            .env("SLUICE_ENGINES", self.emulator.url())
            .env("SLUICE_ENGINES_TABLES", self.emulator.tables_url());
        runner::tests_into(words, &mut functions, count::cargo_test)
    }

    /// The page in a browser, with the functions under cargo-lambda.
    pub(crate) fn browser_tests(&self, workspace: &Workspace, browser: &Browser) -> Outcome<Count> {
        let tell = |command: &mut Command| {
            self.emulators.tell(command);
            command
                .env("SLUICE_LOCALSTACK", self.emulator.url())
                .env("SLUICE_FAKETIME", &self.faketime);
        };
        let stack = TestStack::start(workspace, &self.program, "localstack", tell)?;
        let mut playwright = browser
            .with_program(self.program.clone())
            .playwright(workspace, std::slice::from_ref(&stack));
        // Those whose way is another one here (`e2e/support/stacks.ts`).
        playwright.args(["--grep", "@deployed"]);
        tell(&mut playwright);
        runner::tests(&mut playwright, count::playwright)
    }
}

/// LocalStack, stopped when dropped.
pub(crate) struct Emulator {
    child: Child,
    port: u16,
    /// Of DynamoDB Local.
    tables: u16,
}

impl Emulator {
    /// Starts it by `program`, which is `sluice-localstack`.
    pub(crate) fn start(
        workspace: &Workspace,
        program: &Path,
        emulators: &Emulators,
    ) -> Outcome<Self> {
        let port = free_ports().ok_or_else(|| {
            Failure::new(
                "There is no free port for LocalStack.",
                "Stop some servers.",
            )
        })?;
        let tables = port + 1;
        let log = workspace.log("localstack-emulator");
        let mut command = Command::new(program);
        emulators.tell(&mut command);
        let child = command
            .args(["emulator", &port.to_string(), &tables.to_string()])
            .arg(&log)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .spawn()
            .map_err(|error| Failure::file(program, &error))?;
        let mut emulator = Self {
            child,
            port,
            tables,
        };
        let since = Instant::now();
        while !(health(port, "/_localstack/health") && speaks(tables)) {
            let ended = matches!(emulator.child.try_wait(), Ok(Some(_)));
            if ended || since.elapsed() > PATIENCE {
                return Err(Failure::new(
                    "LocalStack does not answer.",
                    format!("All that it said is in {}.", log.display()),
                ));
            }
            thread::sleep(Duration::from_millis(100));
        }
        Ok(emulator)
    }

    /// Where it is.
    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Where DynamoDB Local is, which it asks.
    fn tables_url(&self) -> String {
        format!("http://127.0.0.1:{}", self.tables)
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        interrupt(&mut self.child, "LocalStack");
    }
}
