//! Running a test runner: its words are shown as they come, and counted.

use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

use super::count::Count;
use crate::failure::{Failure, Outcome};

/// Runs a check that passes or fails as a whole.
pub(crate) fn check(command: &mut Command) -> Outcome<Count> {
    let status = command
        .stdin(Stdio::null())
        .status()
        .map_err(|error| not_started(command, &error))?;
    Ok(if status.success() {
        Count::success()
    } else {
        Count::failure()
    })
}

/// Runs a runner, adding up what `count` reads off its lines. A runner that fails without a failed test (say, because nothing
/// compiled) counts as one failure.
pub(crate) fn tests(command: &mut Command, count: fn(&str) -> Count) -> Outcome<Count> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| not_started(command, &error))?;
    let mut sum = Count::default();
    if let Some(stdout) = child.stdout.take() {
        for line in BufReader::new(stdout).split(b'\n') {
            let line = line.map_err(|error| not_started(command, &error))?;
            let line = String::from_utf8_lossy(&line);
            println!("{line}");
            sum = sum.plus(count(line.trim_end_matches('\r')));
        }
    }
    let status = child.wait().map_err(|error| not_started(command, &error))?;
    if !status.success() && sum.failed == 0 {
        println!("It ended with {status} and named no failed test.");
        return Ok(sum.plus(Count::failure()));
    }
    Ok(sum)
}

fn not_started(command: &Command, error: &std::io::Error) -> Failure {
    let program = command.get_program().to_string_lossy().into_owned();
    Failure::new(
        format!("`{program}` did not run: {error}"),
        format!("Check that `{program}` works, then try again."),
    )
}
