//! Which tests failed, and the first that each said of it: kept for the end of the run, where whoever reads a long log looks first.

use std::fmt;

/// Lines kept of what one failed test said.
const MOST: usize = 14;

/// How the line begins in which a browser test says where its page stood when it failed (`e2e/support/sluice.ts`): always kept.
const STOOD_AT: &str = "The page stood at ";

/// A failed test with the first lines of what it said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FailedTest {
    pub(crate) name: String,
    pub(crate) said: Vec<String>,
}

impl fmt::Display for FailedTest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "FAILED {}", self.name)?;
        self.said
            .iter()
            .try_for_each(|line| writeln!(formatter, "    {line}"))
    }
}

/// Picks failed tests out of a runner's lines. Both runners end with a heading for each failed test, and below it what it said.
#[derive(Default)]
pub(crate) struct FailedTests {
    found: Vec<FailedTest>,
    is_open: bool,
}

impl FailedTests {
    /// Takes the next line.
    pub(crate) fn see(&mut self, line: &str) {
        if let Some(name) = heading(line) {
            self.found.push(FailedTest {
                name: name.to_owned(),
                said: Vec::new(),
            });
            self.is_open = true;
        } else if is_end(line) {
            self.is_open = false;
        } else if self.is_open
            && !line.trim().is_empty()
            && let Some(test) = self.found.last_mut()
            && (test.said.len() < MOST || line.contains(STOOD_AT))
        {
            test.said.push(line.trim_end().to_owned());
        }
    }

    pub(crate) fn found(self) -> Vec<FailedTest> {
        self.found
    }
}

/// Of `cargo test`: `---- files::reads stdout ----`; of Playwright: `  1) [chromium] › tests/send.spec.ts:4:1 › title ────`.
fn heading(line: &str) -> Option<&str> {
    if let Some(rest) = line.strip_prefix("---- ") {
        return rest.strip_suffix(" stdout ----");
    }
    let (number, rest) = line.trim_start().split_once(") ")?;
    (line.starts_with("  ") && number.parse::<u32>().is_ok() && rest.starts_with('['))
        .then(|| rest.trim_end_matches(['─', ' ']))
}

/// Where the lists of names begin that both runners print last.
fn is_end(line: &str) -> bool {
    line == "failures:"
        || line.starts_with("test result: ")
        || line.strip_prefix("  ").is_some_and(|rest| {
            rest.strip_suffix(" failed")
                .is_some_and(|number| number.parse::<u32>().is_ok())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(text: &str) -> Vec<FailedTest> {
        let mut tests = FailedTests::default();
        text.lines().for_each(|line| tests.see(line));
        tests.found()
    }

    #[test]
    fn cargos_failed_tests_are_kept_with_what_they_said() {
        let text = "test a::b ... FAILED\ntest c ... ok\n\nfailures:\n\n---- a::b stdout ----\n\nthread 'a::b' panicked at x.rs:1:2:\nleft: 1\n\n\nfailures:\n    a::b\n\ntest result: FAILED. 1 passed; 1 failed";
        assert_eq!(
            seen(text),
            [FailedTest {
                name: "a::b".to_owned(),
                said: vec![
                    "thread 'a::b' panicked at x.rs:1:2:".to_owned(),
                    "left: 1".to_owned()
                ],
            }]
        );
    }

    #[test]
    fn playwrights_failed_tests_are_kept_with_what_they_said() {
        let text = "  ✘  4 [chromium] › tests/a.spec.ts:4:1 › one (5s)\n\n  1) [chromium] › tests/a.spec.ts:4:1 › one ────────\n\n    Error: not visible\n\n  2) [firefox] › tests/b.spec.ts:9:1 › two ──\n\n    Error: gone\n\n  2 failed\n    [chromium] › tests/a.spec.ts:4:1 › one\n  3 passed (3s)";
        let names: Vec<String> = seen(text)
            .iter()
            .map(|test| format!("{} {:?}", test.name, test.said))
            .collect();
        assert_eq!(
            names,
            [
                "[chromium] › tests/a.spec.ts:4:1 › one [\"    Error: not visible\"]",
                "[firefox] › tests/b.spec.ts:9:1 › two [\"    Error: gone\"]"
            ]
        );
    }

    #[test]
    fn only_the_first_lines_are_kept() {
        let text = format!("---- a stdout ----\n{}", "said\n".repeat(100));
        assert_eq!(seen(&text)[0].said.len(), MOST);
    }

    #[test]
    fn where_a_page_stood_is_kept_however_late_it_comes() {
        let text = format!(
            "---- a stdout ----\n{}    Error: The page stood at /send and said: Read\n",
            "said\n".repeat(100)
        );
        let said = &seen(&text)[0].said;
        assert_eq!(
            said.last().map(|line| line.trim()),
            Some("Error: The page stood at /send and said: Read")
        );
    }
}
