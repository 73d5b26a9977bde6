//! `sluice-admin`: run by hand, with an administrator's rights on the directory's table, when a deployment begins.

mod administrator;

use std::process::ExitCode;

use administrator::administrator;
use clap::{Args, Parser, Subcommand};
use sluice_functions::stores::{Directory, StoreError};
use sluice_functions::{Clients, variable};
use sluice_shared::directory::FirstAdministrators;

/// What is read of the environment, and where one finds the commands that set it.
const READS: &str = "\
It reads SLUICE_TABLE_DIRECTORY, and of AWS what Lambda sets, no profile: AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY,
AWS_SESSION_TOKEN (where the key needs one). infra/DEPLOYING.md has the command that sets them, and says when to do what.";

/// The people with whom a deployment begins
#[derive(Debug, Parser)]
#[command(name = "sluice-admin", after_help = READS, arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Register the DCC and its first two administrators; where somebody is registered already, nothing is written
    Begin(Begin),
}

#[derive(Debug, Args)]
struct Begin {
    /// One of them: the `sub` of the sign-in, the name to show, and the subject of the certificate to sign with
    #[arg(long, num_args = 3, value_names = ["SIGN_IN", "NAME", "SUBJECT"], required = true)]
    first: Vec<String>,
    /// The other one: another person, with a certificate of their own
    #[arg(long, num_args = 3, value_names = ["SIGN_IN", "NAME", "SUBJECT"], required = true)]
    second: Vec<String>,
}

#[tokio::main]
async fn main() -> ExitCode {
    let Command::Begin(wanted) = Arguments::parse().command;
    match begin(&wanted).await {
        Ok(said) => {
            println!("{said}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn begin(wanted: &Begin) -> Result<String, String> {
    let first = administrator("--first", &wanted.first)?;
    let second = administrator("--second", &wanted.second)?;
    let first = FirstAdministrators::parse(first, second).map_err(|error| error.to_string())?;
    let clients = Clients::from_environment().map_err(|error| error.to_string())?;
    let table = std::env::var(variable::TABLE_DIRECTORY)
        .map_err(|_| format!("{} is not set", variable::TABLE_DIRECTORY))?;
    let directory = Directory::new(&clients.dynamodb, &table);
    directory
        .begin(&first)
        .await
        .map_err(|error| not_begun(&error))?;
    Ok(format!(
        "{} are registered. Each signs in, makes a key on Signing key and gets a certificate for the subject; then they keep the rest on Directory.",
        first.people().map(|person| person.name).join(" and ")
    ))
}

fn not_begun(error: &StoreError) -> String {
    match error {
        StoreError::Conflict(_) => {
            "The DCC, or one of these sign-ins, is registered already, and nothing was written. A deployment begins once: after that, DCC \
             administrators are asked for on Directory."
                .to_owned()
        }
        other => other.to_string(),
    }
}
