//! `sluice-admin`: run by hand, with an administrator's rights on the directory's table, when a deployment begins, and when too few DCC
//! administrators are left to approve anything.

mod administrator;

use std::process::ExitCode;

use administrator::administrator;
use clap::{Args, Parser, Subcommand};
use sluice_functions::stores::{Directory, NotWritten, StoreError};
use sluice_functions::{Clients, Ports, variable};
use sluice_shared::directory::{FirstAdministrators, ReplacedAdministrator};
use sluice_shared::identifiers::{ChangeReason, ChangeRequestId, PersonId};

/// What is read of the environment, and where one finds the commands that set it.
const READS: &str = "\
It reads SLUICE_TABLE_DIRECTORY, and of AWS what Lambda sets, no profile: AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY,
AWS_SESSION_TOKEN (where the key needs one). infra/DEPLOYING.md has the command that sets them, and says when to do what.";

/// The people with whom a deployment begins, and the way back in when they are lost
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
    /// Put another administrator in the place of a DCC administrator who is lost, or whose sign-in and key are in other hands
    Replace(Replace),
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

#[derive(Debug, Args)]
struct Replace {
    /// The `sub` of the sign-in of whoever is lost: it can do nothing from now on, and its keys never count again
    #[arg(long, value_name = "SIGN_IN", required = true)]
    lost: String,
    /// Who comes in their place: as for `begin`. Who had lost a sign-in has a new one
    #[arg(long, num_args = 3, value_names = ["SIGN_IN", "NAME", "SUBJECT"], required = true)]
    by: Vec<String>,
    /// Why, for whoever asks later: it stays on record
    #[arg(long, required = true)]
    reason: String,
}

#[tokio::main]
async fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Begin(wanted) => begin(&wanted).await,
        Command::Replace(wanted) => replace(&wanted).await,
    };
    match done {
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
    directory()?
        .begin(&first)
        .await
        .map_err(|error| not_begun(&error))?;
    Ok(format!(
        "{} are registered. Each signs in, makes a key on Signing key and gets a certificate for the subject; then they keep the rest on Directory.",
        first.people().map(|person| person.name).join(" and ")
    ))
}

async fn replace(wanted: &Replace) -> Result<String, String> {
    let replaced = ReplacedAdministrator {
        lost: PersonId::parse(&wanted.lost).map_err(|error| format!("--lost: {error}"))?,
        new: administrator("--by", &wanted.by)?,
        reason: ChangeReason::parse(&wanted.reason)
            .map_err(|error| format!("--reason: {error}"))?,
    };
    let ports = Ports::system();
    let references = [(); 2].map(|()| {
        let mut bytes = [0; 10];
        (ports.random)(&mut bytes);
        ChangeRequestId::from_random(bytes)
    });
    let done = directory()?
        .replace_administrator(&replaced, (ports.clock)(), references)
        .await
        .map_err(|error| not_replaced(&error))?;
    Ok(format!(
        "{} is in the place of {}, who can do nothing any more; {} of theirs stopped. {0} signs in, makes a key on Signing key and gets a certificate \
         for the subject.",
        done.new.name,
        done.lost.name,
        match done.stopped.len() {
            1 => "1 key".to_owned(),
            number => format!("{number} keys"),
        }
    ))
}

fn directory() -> Result<Directory, String> {
    let clients = Clients::from_environment().map_err(|error| error.to_string())?;
    let table = std::env::var(variable::TABLE_DIRECTORY)
        .map_err(|_| format!("{} is not set", variable::TABLE_DIRECTORY))?;
    Ok(Directory::new(&clients.dynamodb, &table))
}

fn not_replaced(error: &NotWritten) -> String {
    match error {
        NotWritten::Store(StoreError::Conflict(_)) => {
            "The new sign-in is registered already, or somebody changed the DCC's people at this moment, and nothing was written. Look at Directory, and \
             try again."
                .to_owned()
        }
        other => other.to_string(),
    }
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
