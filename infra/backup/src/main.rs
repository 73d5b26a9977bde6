//! `sluice-backup`: run by hand, with an administrator's rights, against the tables that the environment names.

use std::path::PathBuf;
use std::process::ExitCode;

use sluice_backup::{Inbox, Others, announce, export, restore, verify};
use sluice_functions::{Clients, Tables};

const HELP: &str = "\
sluice-backup: the tables of a deployment, in a folder and back

  sluice-backup export FOLDER    writes all tables; stop the functions first, or export tables restored to one instant
  sluice-backup restore FOLDER [--replace]
                                 makes the tables what the folder says; --replace also removes what it does not have
  sluice-backup verify FOLDER    compares every item
  sluice-backup announce         sends intake the uploads and decisions that wait; do it after a restore

It reads SLUICE_TABLE_SUBMISSIONS, _THRESHOLDS, _QUARANTINE, _DIRECTORY (announce also SLUICE_INBOX_BUCKET and SLUICE_QUEUE_URL),
and of AWS what Lambda sets, no profile: AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN (where the key needs one).
infra/DEPLOYING.md has the command that sets them, and says when to do what.
";

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match run(&arguments).await {
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

async fn run(arguments: &[&str]) -> Result<String, String> {
    let said = match arguments {
        ["export", folder] => {
            let (clients, tables) = (clients()?, tables()?);
            let items = export(&clients.dynamodb, &tables, &PathBuf::from(folder))
                .await
                .map_err(|error| error.to_string())?;
            format!("{items} items are in {folder}.")
        }
        ["restore", folder, replace @ ..] => {
            let others = match replace {
                [] => Others::Refuse,
                ["--replace"] => Others::Remove,
                other => return Err(format!("restore does not know {}", other.join(" "))),
            };
            let (clients, tables) = (clients()?, tables()?);
            let done = restore(&clients.dynamodb, &tables, &PathBuf::from(folder), others)
                .await
                .map_err(|error| error.to_string())?;
            format!(
                "{} items written, {} removed, {} were as in the backup. Next: sluice-backup verify {folder}",
                done.written, done.removed, done.kept
            )
        }
        ["verify", folder] => {
            let (clients, tables) = (clients()?, tables()?);
            let found = verify(&clients.dynamodb, &tables, &PathBuf::from(folder))
                .await
                .map_err(|error| error.to_string())?;
            if !found.is_none() {
                return Err(format!(
                    "The tables are not what {folder} says: {} items missing, {} changed, {} that it does not have.",
                    found.missing, found.changed, found.others
                ));
            }
            format!("All {} items are as in {folder}.", found.same)
        }
        ["announce"] => {
            let (clients, tables) = (clients()?, tables()?);
            let inbox = Inbox {
                s3: &clients.s3,
                bucket: &variable("SLUICE_INBOX_BUCKET")?,
                sqs: &clients.sqs,
                queue_url: &variable("SLUICE_QUEUE_URL")?,
            };
            let sent = announce(&clients.dynamodb, &tables.submissions, &inbox)
                .await
                .map_err(|error| error.to_string())?;
            format!(
                "{} uploads and {} decisions are on their way to intake.",
                sent.uploads, sent.decisions
            )
        }
        [] | ["help" | "--help" | "-h"] => HELP.trim_end().to_owned(),
        other => {
            return Err(format!(
                "That is not understood: {}. Try: sluice-backup --help",
                other.join(" ")
            ));
        }
    };
    Ok(said)
}

fn clients() -> Result<Clients, String> {
    Clients::from_environment().map_err(|_| {
        let names = ["AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"];
        let missing = names.iter().find_map(|name| variable(name).err());
        missing.unwrap_or_default()
    })
}

fn tables() -> Result<Tables, String> {
    Ok(Tables {
        submissions: variable("SLUICE_TABLE_SUBMISSIONS")?,
        thresholds: variable("SLUICE_TABLE_THRESHOLDS")?,
        quarantine: variable("SLUICE_TABLE_QUARANTINE")?,
        directory: variable("SLUICE_TABLE_DIRECTORY")?,
    })
}

fn variable(name: &str) -> Result<String, String> {
    std::env::var(name)
        .ok()
        .filter(|value| !value.is_empty())
        .ok_or_else(|| format!("The environment variable {name} is not set. infra/DEPLOYING.md has the commands that set it."))
}
