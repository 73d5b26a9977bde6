//! What was done, how it went and how long it took.

use std::process::ExitCode;
use std::time::Instant;

use super::count::Count;
use crate::failure::Outcome;
use crate::progress::elapsed;

/// One line of the summary.
pub(crate) struct Line {
    name: &'static str,
    count: Count,
    took: String,
}

/// Does it under a heading of its own.
pub(crate) fn shown(name: &'static str, work: impl FnOnce() -> Outcome<Count>) -> Line {
    println!("\n== {name}");
    timed(name, work)
}

pub(crate) fn timed(name: &'static str, work: impl FnOnce() -> Outcome<Count>) -> Line {
    let since = Instant::now();
    let count = work().unwrap_or_else(|failure| {
        println!("{failure}");
        Count::failure()
    });
    Line {
        name,
        count,
        took: elapsed(since),
    }
}

pub(crate) fn summary(lines: &[Line]) -> ExitCode {
    let all = lines
        .iter()
        .fold(Count::default(), |sum, line| sum.plus(line.count.clone()));
    for test in &all.named {
        println!("\n{test}");
    }
    println!("\n== summary");
    for Line { name, count, took } in lines {
        let word = if count.failed == 0 { "ok" } else { "FAILED" };
        println!("{name:<28} {word:<6} {count} ({took})");
    }
    println!("\n{all}");
    if all.failed == 0 && all.passed > 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
