//! A line of the table that `cargo xtask figures` prints.

use std::fmt;

/// What a figure should be.
#[derive(Debug, Clone)]
pub struct Aim {
    /// In words.
    pub words: &'static str,
    /// Whether it is.
    pub reached: bool,
}

/// What was measured.
#[derive(Debug, Clone)]
pub struct Figure {
    /// What it is.
    pub what: String,
    /// Its value, with its unit.
    pub measured: String,
    /// What it should be; none: it explains another.
    pub aim: Option<Aim>,
}

impl Figure {
    /// A figure that explains another.
    pub fn plain(what: impl Into<String>, measured: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            measured: measured.into(),
            aim: None,
        }
    }

    /// A figure with an aim.
    pub fn aiming(
        what: impl Into<String>,
        measured: impl Into<String>,
        words: &'static str,
        reached: bool,
    ) -> Self {
        Self {
            aim: Some(Aim { words, reached }),
            ..Self::plain(what, measured)
        }
    }
}

/// Values that tabs separate, as `infra/xtask/src/figures/row.rs` reads them; nobody else's program is measured here.
impl fmt::Display for Figure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (words, reached) = match &self.aim {
            None => ("", ""),
            Some(Aim { words, reached }) => (*words, if *reached { "yes" } else { "no" }),
        };
        write!(
            out,
            "{}\t{}\t{words}\t{reached}\t",
            self.what, self.measured
        )
    }
}

/// `1,000,000`.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_is_five_values() {
        let line = Figure::aiming("Cold", "12 ms", "under 40 ms", true).to_string();
        assert_eq!(line, "Cold\t12 ms\tunder 40 ms\tyes\t");
        assert_eq!(
            Figure::plain("… more", "1").to_string(),
            "… more\t1\t\t\t",
            "the last three may be empty"
        );
    }

    #[test]
    fn numbers_are_grouped_by_thousands() {
        assert_eq!(
            [7, 1_000, 100_000, 1_000_000].map(grouped),
            ["7", "1,000", "100,000", "1,000,000"]
        );
    }
}
