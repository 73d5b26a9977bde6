//! Running a test runner: its words are shown as they come, and counted.

use std::io::{BufRead as _, BufReader, Write};
use std::process::{Command, Stdio};

use super::count::Count;
use super::failed_test::FailedTests;
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

/// Runs a build that passes if cargo and the compiler have nothing to say against it. A warning fails it, but not the build, so that what
/// was built can be tested all the same.
pub(crate) fn without_warnings(cargo: &mut Command) -> Outcome<Count> {
    let mut child = cargo
        .stdin(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| not_started(cargo, &error))?;
    let mut warned = false;
    if let Some(stderr) = child.stderr.take() {
        for line in BufReader::new(stderr).split(b'\n') {
            let line = line.map_err(|error| not_started(cargo, &error))?;
            let line = String::from_utf8_lossy(&line);
            eprintln!("{line}");
            warned |= line.starts_with("warning");
        }
    }
    let status = child.wait().map_err(|error| not_started(cargo, &error))?;
    Ok(if status.success() && !warned {
        Count::success()
    } else {
        Count::failure()
    })
}

/// Runs a runner, adding up what `count` reads off its lines, which are shown. A runner that fails without a failed test (say, because
/// nothing compiled) counts as one failure.
pub(crate) fn tests(command: &mut Command, count: fn(&str) -> Count) -> Outcome<Count> {
    tests_into(&mut std::io::stdout(), command, count)
}

/// The same, its lines written to `words`: for what runs beside something else that is shown.
pub(crate) fn tests_into(
    words: &mut dyn Write,
    command: &mut Command,
    count: fn(&str) -> Count,
) -> Outcome<Count> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| not_started(command, &error))?;
    let mut sum = Count::default();
    let mut failed = FailedTests::default();
    if let Some(stdout) = child.stdout.take() {
        for line in BufReader::new(stdout).split(b'\n') {
            let line = line.map_err(|error| not_started(command, &error))?;
            let line = String::from_utf8_lossy(&line);
            writeln!(words, "{line}").map_err(|error| not_started(command, &error))?;
            let line = line.trim_end_matches('\r');
            sum = sum.plus(count(line));
            failed.see(line);
        }
    }
    sum.named = failed.found();
    let status = child.wait().map_err(|error| not_started(command, &error))?;
    if !status.success() && sum.failed == 0 {
        writeln!(words, "It ended with {status} and named no failed test.")
            .map_err(|error| not_started(command, &error))?;
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
