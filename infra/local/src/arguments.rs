//! The command line of local stacks: few words, each explained by `--help`.

use std::path::PathBuf;

use clap::{Parser, Subcommand};

use crate::options::{Options, STATE};

/// Everything that Sluice runs on, in one process on this machine
#[derive(Debug, Parser)]
#[command(name = "sluice-local", arg_required_else_help = true)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What every local stack can be told to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Start it; Ctrl-C stops it, and what it holds stays
    Up(Options),
    /// Print an access token of a demo person, good for 24 hours
    Token {
        /// Who, for example supplier-aro-1
        person: String,
        /// The folder that `up` keeps everything in
        #[arg(long, default_value = STATE)]
        state: PathBuf,
        /// By a clock so many seconds ahead, as tests turn that of the stack
        #[arg(long, default_value_t = 0, allow_negative_numbers = true, hide = true)]
        ahead_seconds: i64,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Command, String> {
        Arguments::try_parse_from(["sluice-local"].into_iter().chain(line.split_whitespace()))
            .map(|arguments| arguments.command)
            .map_err(|error| error.to_string())
    }

    #[test]
    fn options_are_read_in_any_order() {
        let Ok(Command::Up(options)) = parse("up --fresh --port 9000 --page built") else {
            panic!("a good line")
        };
        assert!(options.fresh && !options.testing && options.functions);
        assert_eq!(
            (options.port, options.page),
            (9000, Some(PathBuf::from("built")))
        );
    }

    #[test]
    fn without_options_a_stack_starts_as_a_program_would_start_it() {
        let Ok(Command::Up(options)) = parse("up") else {
            panic!("a good line")
        };
        assert_eq!(options, Options::new(STATE));
    }

    #[test]
    fn what_is_not_understood_is_named() {
        assert!(parse("up --prot 9000").is_err_and(|error| error.contains("--prot")));
        assert!(parse("up --port nine").is_err_and(|error| error.contains("nine")));
        assert!(parse("token").is_err_and(|error| error.contains("<PERSON>")));
        assert!(parse("donw").is_err_and(|error| error.contains("donw")));
    }
}
