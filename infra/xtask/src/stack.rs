//! Starting the embedded stack.

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Command, ExitCode};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use crate::args::UpOptions;
use crate::command;
use crate::failure::{Failure, Outcome};
use crate::install::localstack::{Emulators, missing};
use crate::page;
use crate::progress::Board;
use crate::workspace::Workspace;

/// The page's port and those of identity, objects, tables and queue follow one another.
pub(crate) const PORTS: u16 = 5;

/// Builds what is not built, then becomes the stack.
pub(crate) fn up(workspace: &Workspace, options: &UpOptions) -> Outcome<ExitCode> {
    ports_are_free(options.port)?;
    if let Some(lacks) = Emulators::lacks().filter(|_| options.localstack) {
        return Err(missing(lacks));
    }
    let profile = options.profile();
    let page_steps = if page::is_built(workspace, profile)? {
        0
    } else {
        page::STEPS
    };
    let board = Board::new(page_steps + 1);
    // Page and stack have separate target folders, so they build side by side; the page builder comes first, since the page
    // waits for it in the end.
    let (builder, made) = mpsc::channel();
    let (page, stack) = thread::scope(|scope| {
        let page = scope.spawn(|| {
            page::build(&board, workspace, profile, move || {
                made.recv().unwrap_or_else(|_| Err(no_builder()))
            })
        });
        if page_steps > 0
            && builder
                .send(page::build_builder(&board, workspace))
                .is_err()
        {
            board.say("The page failed; finishing the stack, so that the next start is quicker.");
        }
        let stack = if options.localstack {
            build_with_tests(&board, workspace)
        } else {
            build(&board, workspace)
        };
        (page.join(), stack)
    });
    page.map_err(|_| {
        Failure::new(
            "The build of the page stopped in the middle.",
            "Run the same command again.",
        )
    })??;
    let mut command = Command::new(stack?);
    if options.localstack {
        command = Command::new(workspace.target().join("debug/sluice-localstack"));
        emulators(&board, workspace)?.tell(&mut command);
    }
    command
        .arg("up")
        .arg("--port")
        .arg(options.port.to_string());
    command
        .arg("--state")
        .arg(if options.localstack {
            // The emulator forgets; what the embedded stack holds must not be mixed with it.
            workspace.sluice("localstack-up-state")
        } else {
            workspace.state()
        })
        .arg("--page")
        .arg(workspace.page_folder());
    if options.fresh {
        command.arg("--fresh");
    }
    drop(board);
    if options.watch {
        page::watch::beside_the_stack()?;
    }
    become_command(&mut command)
}

pub(crate) fn emulators(board: &Board, workspace: &Workspace) -> Outcome<Emulators> {
    board.step("LocalStack and cargo-lambda", |step| {
        Emulators::ensure(step, workspace)
    })
}

fn no_builder() -> Failure {
    Failure::new("There is no page builder.", "Run the same command again.")
}

/// Prints what the stack says to `token PERSON`.
pub(crate) fn token(workspace: &Workspace, person: &str) -> Outcome<ExitCode> {
    let board = Board::new(1);
    let mut command = Command::new(build(&board, workspace)?);
    command
        .args(["token", person, "--state"])
        .arg(workspace.state());
    drop(board);
    become_command(&mut command)
}

/// Builds the stack's program and says where it is.
pub(crate) fn build(board: &Board, workspace: &Workspace) -> Outcome<PathBuf> {
    compile(board, workspace, &["build", "--package", "sluice-local"])
}

/// The same program as the Rust tests of the stack compile it, features of their own dependencies included: another build of the
/// large libraries would take minutes and prove nothing more.
pub(crate) fn build_with_tests(board: &Board, workspace: &Workspace) -> Outcome<PathBuf> {
    compile(board, workspace, &["test", "--no-run"])
}

fn compile(board: &Board, workspace: &Workspace, arguments: &[&str]) -> Outcome<PathBuf> {
    board.step("Stack: compiling", |step| {
        let mut cargo = workspace.cargo();
        command::show_progress(cargo.args(arguments));
        command::run(step, &mut cargo, &workspace.log("stack"))
    })?;
    Ok(workspace.target().join("debug/sluice-local"))
}

/// Says at once, before minutes of building, that the ports are taken.
fn ports_are_free(first: u16) -> Outcome {
    let last = first.checked_add(PORTS - 1).ok_or_else(|| {
        Failure::new(
            format!(
                "--port {first} leaves no room for the {} ports after it.",
                PORTS - 1
            ),
            "Name a lower port.",
        )
    })?;
    match (first..=last).find(|&port| TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_err()) {
        None => Ok(()),
        Some(taken) => Err(Failure::new(
            format!("Port {taken} on 127.0.0.1 is in use."),
            format!(
                "Stop what uses it (another `cargo xtask up`?), or take others: cargo xtask up --port {}",
                first.wrapping_add(100).max(1024)
            ),
        )),
    }
}

/// Whether what listens on `port` answers that it is well at `path`.
pub(crate) fn health(port: u16, path: &str) -> bool {
    status(port, path).is_some_and(|head| head.ends_with(b" 200"))
}

/// Whether what listens there speaks HTTP: before a container runs, its port is open already.
pub(crate) fn speaks(port: u16) -> bool {
    status(port, "/").is_some()
}

/// The protocol and the status of an answer, such as `HTTP/1.1 200`.
fn status(port: u16, path: &str) -> Option<[u8; 12]> {
    let ask = || -> std::io::Result<[u8; 12]> {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
        stream.set_read_timeout(Some(Duration::from_secs(5)))?;
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n"
        )?;
        let mut head = [0; 12];
        stream.read_exact(&mut head)?;
        Ok(head)
    };
    ask().ok()
}

/// Takes this process's place, so that Ctrl-C and every other signal reach the stack itself.
#[cfg(unix)]
pub(crate) fn become_command(command: &mut Command) -> Outcome<ExitCode> {
    use std::os::unix::process::CommandExt as _;
    let error = command.exec();
    Err(not_started(command, &error))
}

#[cfg(not(unix))]
pub(crate) fn become_command(command: &mut Command) -> Outcome<ExitCode> {
    match command.status() {
        Ok(status) if status.success() => Ok(ExitCode::SUCCESS),
        Ok(_) => Ok(ExitCode::FAILURE),
        Err(error) => Err(not_started(command, &error)),
    }
}

fn not_started(command: &Command, error: &std::io::Error) -> Failure {
    Failure::new(
        format!(
            "{} cannot be started: {error}",
            command.get_program().to_string_lossy()
        ),
        "Run the same command again.",
    )
}
