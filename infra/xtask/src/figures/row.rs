//! A line of the table, as those say it who measure.

use crate::failure::{Failure, Outcome};

/// How many values a line has.
pub(super) const COLUMNS: usize = 5;

/// What was measured, the value, the aim, whether it is reached, and what somebody else's program took. The last three may be empty.
pub(super) type Row = [String; COLUMNS];

/// Reads lines of values that tabs separate.
pub(super) fn read_rows(said: &str) -> Outcome<Vec<Row>> {
    said.lines().map(row).collect()
}

fn row(line: &str) -> Outcome<Row> {
    let values: Vec<String> = line
        .split('\t')
        .map(|value| value.trim().to_owned())
        .collect();
    values.try_into().map_err(|_| {
        Failure::new(
            format!("`{line}` is no figure: it needs {COLUMNS} values."),
            "Look at who wrote it: e2e/figures/report.ts, or shared/examples/check_a_million.rs.",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_may_be_empty_but_not_missing() {
        let rows =
            read_rows("Stall\t12 ms\tunder 60 ms\tyes\t\nPart\t1 s\t\t\t").unwrap_or_default();
        assert_eq!(rows.len(), 2);
        assert_eq!(rows[0], ["Stall", "12 ms", "under 60 ms", "yes", ""]);
        assert!(read_rows("Stall\t12 ms").is_err());
    }
}
