//! `sluice-backup`: run by hand, with an administrator's rights, against the tables that the environment names.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use sluice_backup::{Inbox, Others, announce, export, restore, verify};
use sluice_functions::{Clients, SettingsError, Tables, variable};

/// What is read of the environment, and where one finds the commands that set it.
const READS: &str = "\
It reads SLUICE_TABLE_ANNOUNCEMENTS, _SUBMISSIONS, _THRESHOLDS, _QUARANTINE, _DIRECTORY, _DECISIONS, _REQUESTS (announce also SLUICE_INBOX_BUCKET,
SLUICE_QUEUE_URL and SLUICE_DECISIONS_QUEUE_URL), and of AWS what Lambda sets, no profile: AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN (where the key needs one).
infra/DEPLOYING.md has the command that sets them, and says when to do what.";

/// The tables of a deployment, in a folder and back
#[derive(Debug, Parser)]
#[command(name = "sluice-backup", after_help = READS, arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Write all tables; stop the functions first, or export tables restored to one instant
    Export {
        /// Where they go
        folder: PathBuf,
    },
    /// Make the tables what the folder says
    Restore {
        /// What `export` wrote
        folder: PathBuf,
        /// Remove what the folder does not have, too
        #[arg(long)]
        replace: bool,
    },
    /// Compare every item
    Verify {
        /// What `export` wrote
        folder: PathBuf,
    },
    /// Send intake the uploads and decisions that wait; do it after a restore
    Announce,
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Arguments::parse().command).await {
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

async fn run(command: Command) -> Result<String, String> {
    let clients = Clients::from_environment().map_err(|error| not_set(&error))?;
    let tables = Tables::from_lookup(set).map_err(|error| not_set(&error))?;
    match command {
        Command::Export { folder } => export_to(&clients, &tables, &folder).await,
        Command::Restore { folder, replace } => {
            let others = if replace {
                Others::Remove
            } else {
                Others::Refuse
            };
            restore_from(&clients, &tables, &folder, others).await
        }
        Command::Verify { folder } => verify_by(&clients, &tables, &folder).await,
        Command::Announce => announce_to_intake(&clients, &tables).await,
    }
}

async fn export_to(clients: &Clients, tables: &Tables, folder: &Path) -> Result<String, String> {
    let items = export(&clients.dynamodb, tables, folder)
        .await
        .map_err(|error| error.to_string())?;
    Ok(format!("{items} items are in {}.", folder.display()))
}

async fn restore_from(
    clients: &Clients,
    tables: &Tables,
    folder: &Path,
    others: Others,
) -> Result<String, String> {
    let done = restore(&clients.dynamodb, tables, folder, others)
        .await
        .map_err(|error| error.to_string())?;
    Ok(format!(
        "{} items written, {} removed, {} were as in the backup. Next: sluice-backup verify {}",
        done.written,
        done.removed,
        done.kept,
        folder.display()
    ))
}

async fn verify_by(clients: &Clients, tables: &Tables, folder: &Path) -> Result<String, String> {
    let found = verify(&clients.dynamodb, tables, folder)
        .await
        .map_err(|error| error.to_string())?;
    let folder = folder.display();
    if !found.is_none() {
        return Err(format!(
            "The tables are not what {folder} says: {} items missing, {} changed, {} that it does not have.",
            found.missing, found.changed, found.others
        ));
    }
    Ok(format!("All {} items are as in {folder}.", found.same))
}

async fn announce_to_intake(clients: &Clients, tables: &Tables) -> Result<String, String> {
    let variable = |name| set(name).ok_or_else(|| not_set(&SettingsError::Missing(name)));
    let inbox = Inbox {
        s3: &clients.s3.client(),
        bucket: &variable(variable::INBOX_BUCKET)?,
        sqs: &clients.sqs,
        queue_url: &variable(variable::QUEUE_URL)?,
        decisions_queue_url: &variable(variable::DECISIONS_QUEUE_URL)?,
    };
    let sent = announce(&clients.dynamodb, tables, &inbox)
        .await
        .map_err(|error| error.to_string())?;
    Ok(format!(
        "{} uploads and {} decisions are on their way to intake.",
        sent.uploads, sent.decisions
    ))
}

fn set(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

fn not_set(error: &SettingsError) -> String {
    match error {
        SettingsError::Missing(name) => format!(
            "The environment variable {name} is not set. infra/DEPLOYING.md has the commands that set it."
        ),
        SettingsError::Invalid { .. } => error.to_string(),
    }
}
