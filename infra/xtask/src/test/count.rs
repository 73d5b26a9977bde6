//! How many tests passed, read off what the runners say at their end.

use std::fmt;

use super::failed_test::FailedTest;
use crate::failure::{Failure, Outcome};

/// What a runner counted.
#[derive(Clone, Default, Debug, PartialEq, Eq)]
pub(crate) struct Count {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
    pub(crate) skipped: u64,
    /// Those of the failed tests that their runner named.
    pub(crate) named: Vec<FailedTest>,
}

impl Count {
    pub(crate) fn failure() -> Self {
        Self {
            failed: 1,
            ..Self::default()
        }
    }

    pub(crate) fn skip() -> Self {
        Self {
            skipped: 1,
            ..Self::default()
        }
    }

    pub(crate) fn success() -> Self {
        Self {
            passed: 1,
            ..Self::default()
        }
    }

    pub(crate) fn plus(mut self, mut other: Self) -> Self {
        self.named.append(&mut other.named);
        Self {
            passed: self.passed + other.passed,
            failed: self.failed + other.failed,
            skipped: self.skipped + other.skipped,
            named: self.named,
        }
    }
}

impl fmt::Display for Count {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} passed, {} failed", self.passed, self.failed)?;
        if self.skipped > 0 {
            write!(formatter, ", {} skipped", self.skipped)?;
        }
        Ok(())
    }
}

/// CI has what it takes, and says so by this variable; a run there that tests less than it seems to would be worth nothing.
const NOTHING_LEFT_OUT: &str = "SLUICE_LEAVE_NOTHING_OUT";

/// Says what this machine lacks, and what is not tested for that: one check is skipped.
pub(crate) fn left_out(lacks: &str, so: &str) -> Outcome<Count> {
    if std::env::var_os(NOTHING_LEFT_OUT).is_some_and(|value| !value.is_empty()) {
        return Err(Failure::new(
            format!("{lacks}."),
            "In CI these tests are not left out: install it there.",
        ));
    }
    println!("{lacks}: {so}.");
    Ok(Count::skip())
}

/// A line of `cargo test`: `test result: ok. 12 passed; 0 failed; 1 ignored; …`.
pub(crate) fn cargo_test(line: &str) -> Count {
    let Some((_, counts)) = line
        .strip_prefix("test result: ")
        .and_then(|rest| rest.split_once(". "))
    else {
        return Count::default();
    };
    let number = |word: &str| {
        counts
            .split(';')
            .find_map(|part| part.trim().strip_suffix(word)?.trim().parse().ok())
            .unwrap_or(0)
    };
    Count {
        passed: number("passed"),
        failed: number("failed"),
        skipped: number("ignored"),
        named: Vec::new(),
    }
}

/// A line of Playwright's summary: `  12 passed (3.4s)`, `  1 failed`, `  1 skipped`, `  2 did not run`, `  1 flaky`.
pub(crate) fn playwright(line: &str) -> Count {
    let Some((number, word)) = line
        .strip_prefix("  ")
        .and_then(|rest| rest.split_once(' '))
    else {
        return Count::default();
    };
    let Ok(number) = number.parse::<u64>() else {
        return Count::default();
    };
    match word.split(" (").next().unwrap_or_default() {
        "passed" => Count {
            passed: number,
            ..Count::default()
        },
        // A test that passes only at a second try is a defect here.
        "failed" | "flaky" | "interrupted" => Count {
            failed: number,
            ..Count::default()
        },
        "skipped" | "did not run" => Count {
            skipped: number,
            ..Count::default()
        },
        _ => Count::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargos_result_lines_are_counted() {
        let line = "test result: FAILED. 12 passed; 2 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s";
        assert_eq!(
            cargo_test(line),
            Count {
                passed: 12,
                failed: 2,
                skipped: 1,
                named: Vec::new(),
            }
        );
        assert_eq!(cargo_test("test files::reads ... ok"), Count::default());
    }

    #[test]
    fn playwrights_summary_is_counted() {
        assert_eq!(
            playwright("  12 passed (3.4s)"),
            Count {
                passed: 12,
                ..Count::default()
            }
        );
        assert_eq!(
            playwright("  1 flaky"),
            Count {
                failed: 1,
                ..Count::default()
            }
        );
        assert_eq!(
            playwright("  2 did not run"),
            Count {
                skipped: 2,
                ..Count::default()
            }
        );
        assert_eq!(
            playwright("  3 [chromium] › send.spec.ts:4:1 › passed"),
            Count::default()
        );
    }

    #[test]
    fn the_closing_line_names_what_was_skipped_only_if_there_was_any() {
        assert_eq!(
            Count {
                passed: 3,
                ..Count::default()
            }
            .to_string(),
            "3 passed, 0 failed"
        );
        assert_eq!(
            Count {
                passed: 3,
                failed: 1,
                skipped: 2,
                named: Vec::new(),
            }
            .to_string(),
            "3 passed, 1 failed, 2 skipped"
        );
    }
}
