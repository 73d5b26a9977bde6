//! The command line: few words, each explained by `--help`.

use std::path::PathBuf;

use crate::stack::Options;

/// What `--help` prints.
pub const HELP: &str = "\
sluice-local: everything that Sluice runs on, in one process on this machine

  sluice-local up [--port 8600] [--state .sluice/state] [--page .sluice/page] [--fresh]
      starts it; Ctrl-C stops it, and what it holds stays
      --fresh            start over: forget everything in the state folder
      --testing          test controls on the identity port, and certificates that must be refused
      --token-minutes N  how long a sign-in lasts (15)
  sluice-local token PERSON [--state .sluice/state]
      prints an access token of a demo person, good for 24 hours
";

/// What to do.
#[derive(Debug)]
pub enum Command {
    /// Start a stack.
    Up(Options),
    /// Print a token.
    Token {
        /// Whose.
        person: String,
        /// Of the stack in this folder.
        state: PathBuf,
    },
    /// Print the help.
    Help,
}

impl Command {
    /// Reads the arguments after the program's name; an error says which one is not understood.
    pub fn parse(arguments: impl IntoIterator<Item = String>) -> Result<Self, String> {
        let mut arguments = arguments.into_iter();
        match arguments.next().as_deref() {
            Some("up") => up(arguments),
            Some("token") => token(arguments),
            Some("help" | "--help" | "-h") | None => Ok(Self::Help),
            Some(other) => Err(format!(
                "There is no command {other}. Try: sluice-local --help"
            )),
        }
    }
}

fn up(mut arguments: impl Iterator<Item = String>) -> Result<Command, String> {
    let mut options = Options::new(".sluice/state");
    while let Some(argument) = arguments.next() {
        let mut value = || {
            arguments
                .next()
                .ok_or_else(|| format!("{argument} needs a value"))
        };
        match argument.as_str() {
            "--port" => options.port = number(&argument, &value()?)?,
            "--state" => options.state = value()?.into(),
            "--page" => options.page = Some(value()?.into()),
            "--token-minutes" => options.token_minutes = number(&argument, &value()?)?,
            "--fresh" => options.fresh = true,
            "--testing" => options.testing = true,
            "--help" | "-h" => return Ok(Command::Help),
            _ => {
                return Err(format!(
                    "up does not know {argument}. Try: sluice-local --help"
                ));
            }
        }
    }
    Ok(Command::Up(options))
}

fn token(mut arguments: impl Iterator<Item = String>) -> Result<Command, String> {
    let (mut person, mut state) = (None, PathBuf::from(".sluice/state"));
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--state" => state = arguments.next().ok_or("--state needs a value")?.into(),
            "--help" | "-h" => return Ok(Command::Help),
            _ if person.is_none() && !argument.starts_with('-') => person = Some(argument),
            _ => {
                return Err(format!(
                    "token does not know {argument}. Try: sluice-local --help"
                ));
            }
        }
    }
    let person = person.ok_or("token needs a person: sluice-local token supplier-aro-1")?;
    Ok(Command::Token { person, state })
}

fn number<T: std::str::FromStr>(name: &str, text: &str) -> Result<T, String> {
    text.parse()
        .map_err(|_| format!("{name} needs a number, not {text}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Command, String> {
        Command::parse(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn options_are_read_in_any_order() {
        let Ok(Command::Up(options)) = parse("up --fresh --port 9000 --page built") else {
            panic!("a good line")
        };
        assert!(options.fresh && !options.testing);
        assert_eq!(
            (options.port, options.page),
            (9000, Some(PathBuf::from("built")))
        );
    }

    #[test]
    fn what_is_not_understood_is_named() {
        assert!(parse("up --prot 9000").is_err_and(|error| error.contains("--prot")));
        assert!(parse("up --port nine").is_err_and(|error| error.contains("nine")));
        assert!(parse("token").is_err_and(|error| error.contains("person")));
    }
}
