//! The page while one works on it: built anew whenever its sources change. It reloads itself in the browser (`app/reload.js`).

use std::process::{Child, Command, ExitCode, Stdio};
use std::thread;
use std::time::Duration;

use super::{PageProfile, STEPS, build, build_builder, is_built, stamp};
use crate::failure::{Failure, Outcome};
use crate::progress::Board;
use crate::workspace::Workspace;

const PAUSE: Duration = Duration::from_millis(500);

/// Builds the page quickly, and again after each change, until it is stopped. `for_parent`: until the process that started it ends, too.
pub(crate) fn watch(workspace: &Workspace, for_parent: bool) -> Outcome<ExitCode> {
    let parent = parent_id();
    let mut tried = None;
    while !for_parent || parent_id() == parent {
        let now = stamp::stamp_of(workspace, PageProfile::Watched)?;
        // What did not compile is not tried again until somebody changes it.
        if tried.as_ref() != Some(&now) && !is_built(workspace, PageProfile::Watched)? {
            let board = Board::new(STEPS);
            match build(&board, workspace, PageProfile::Watched, || {
                build_builder(&board, workspace)
            }) {
                Ok(()) => board.say("The page is as its sources are."),
                Err(failure) => board.say(&format!("{failure}\nThe page stays as it was.")),
            }
        }
        tried = Some(now);
        thread::sleep(PAUSE);
    }
    Ok(ExitCode::SUCCESS)
}

/// Starts the watch beside what this process becomes.
pub(crate) fn beside_the_stack() -> Outcome<Child> {
    let started = std::env::current_exe().and_then(|program| {
        Command::new(program)
            .args(["page", "--watch", "--for-parent"])
            .stdin(Stdio::null())
            .spawn()
    });
    started.map_err(|error| {
        Failure::new(
            format!("The watch over the page's sources cannot be started: {error}"),
            "Run the same command again.",
        )
    })
}

#[cfg(unix)]
fn parent_id() -> u32 {
    std::os::unix::process::parent_id()
}

#[cfg(not(unix))]
fn parent_id() -> u32 {
    0
}
