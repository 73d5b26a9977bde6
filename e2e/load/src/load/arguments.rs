//! The command line.

use std::path::PathBuf;

use clap::Parser;
use clap::builder::{NonEmptyStringValueParser, TypedValueParser as _};

/// Sends files to a running stack, and prints what that took
///
/// `AWS_REGION`, `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY` are taken where they are set.
#[derive(Debug, PartialEq, Eq, Parser)]
#[command(name = "sluice-load")]
pub(super) struct Arguments {
    /// Where the stack's page is
    #[arg(long, value_name = "URL", value_parser = NonEmptyStringValueParser::new().map(|url| url.trim_end_matches('/').to_owned()))]
    pub(super) page: String,
    /// The stack's state: the demo PKI and the issuer's key are in it
    #[arg(long, value_name = "FOLDER")]
    pub(super) state: PathBuf,
    /// The stack's tables: what is to be decided is put there first
    #[arg(long, value_name = "URL")]
    pub(super) dynamodb: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Arguments, String> {
        Arguments::try_parse_from(["sluice-load"].into_iter().chain(line.split_whitespace()))
            .map_err(|error| error.to_string())
    }

    #[test]
    fn all_three_are_needed_in_any_order() {
        let read = parse("--state s --dynamodb http://d --page http://p/");
        let expected = Arguments {
            page: "http://p".to_owned(),
            state: "s".into(),
            dynamodb: "http://d".to_owned(),
        };
        assert_eq!(read, Ok(expected));
        assert!(
            parse("--page http://p --state s").is_err_and(|error| error.contains("--dynamodb"))
        );
        assert!(parse("--page").is_err_and(|error| error.contains("value is required")));
        assert!(parse("--pgae http://p").is_err_and(|error| error.contains("--pgae")));
    }
}
