//! The command line.

use std::path::PathBuf;

pub(super) const HELP: &str = "\
sluice-load --page URL --state FOLDER --dynamodb URL
    sends files to the stack whose page is at URL, and prints what that took

  --state FOLDER   the stack's state: the demo PKI and the issuer's key are in it
  --dynamodb URL   its tables: what is to be decided is put there first
  AWS_REGION, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are taken where they are set
";

/// Where the stack is.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Arguments {
    pub(super) page: String,
    pub(super) state: PathBuf,
    pub(super) dynamodb: String,
}

impl Arguments {
    /// Reads the arguments after the program's name; none: help is asked for.
    pub(super) fn parse(
        arguments: impl IntoIterator<Item = String>,
    ) -> Result<Option<Self>, String> {
        let mut arguments = arguments.into_iter();
        let (mut page, mut state, mut dynamodb) = (None, None, None);
        while let Some(argument) = arguments.next() {
            let place = match argument.as_str() {
                "--page" => &mut page,
                "--state" => &mut state,
                "--dynamodb" => &mut dynamodb,
                "--help" | "-h" => return Ok(None),
                _ => return Err(format!("{argument} is not known. Try: sluice-load --help")),
            };
            let value = arguments.next();
            *place = Some(value.ok_or_else(|| format!("{argument} needs a value"))?);
        }
        let need = |name: &str, value: Option<String>| {
            value.ok_or_else(|| format!("{name} is missing. Try: sluice-load --help"))
        };
        Ok(Some(Self {
            page: need("--page", page)?.trim_end_matches('/').to_owned(),
            state: need("--state", state)?.into(),
            dynamodb: need("--dynamodb", dynamodb)?,
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Option<Arguments>, String> {
        Arguments::parse(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn all_three_are_needed_in_any_order() {
        let read = parse("--state s --dynamodb http://d --page http://p/");
        let expected = Arguments {
            page: "http://p".to_owned(),
            state: "s".into(),
            dynamodb: "http://d".to_owned(),
        };
        assert_eq!(read, Ok(Some(expected)));
        assert!(
            parse("--page http://p --state s").is_err_and(|error| error.contains("--dynamodb"))
        );
        assert!(parse("--page").is_err_and(|error| error.contains("value")));
        assert!(parse("--pgae http://p").is_err_and(|error| error.contains("--pgae")));
    }
}
