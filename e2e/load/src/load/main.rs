//! `sluice-load`: many submissions at once to a stack that runs, and small ones beside a very large one. It prints a figure a line.
//!
//! A time is a person's: from "Send" (the start of the submission) to the outcome, asked for as the page does. What comes before, checking
//! and signing, is done before anything is sent. How many there are and how long one is waited for is bounded.

mod among;
mod arguments;
mod burst;
mod fairness;
mod sending;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser as _;
use sluice_functions::stores::Quarantine;
use sluice_functions::{Clients, Ports};
use sluice_load::{Failure, HeldEvent, NETWORK, SignedFile};
use sluice_local::account::{ACCESS_KEY, REGION, SECRET_KEY};
use sluice_local::pki::Signer;
use sluice_local::stack::mint_token;
use sluice_shared::instant::UtcTime;
use sluice_testing::Client;

use arguments::Arguments;
use sending::Prepared;

/// Who signs, and who sends.
const ARO: &str = "supplier-aro-1";
/// The same of another organisation.
const OTHER_ARO: &str = "network-aro-1";

#[tokio::main]
async fn main() -> ExitCode {
    match run(&Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: &Arguments) -> Result<(), Failure> {
    let mut load = Load::open(arguments).await?;
    for figure in burst::figures(&mut load).await? {
        println!("{figure}");
    }
    for figure in among::figures(&mut load).await? {
        println!("{figure}");
    }
    for figure in fairness::figures(&mut load).await? {
        println!("{figure}");
    }
    Ok(())
}

/// A stack, and what it takes to send files to it.
struct Load {
    client: Client,
    other_client: Client,
    quarantine: Quarantine,
    signer: Signer,
    other_signer: Signer,
    /// The reference of the next event. From the time on, so that a second run on the same stack finds them free.
    next: u64,
    page: String,
    state: PathBuf,
}

/// A client of somebody who has just signed in: sending needs a sign-in of the last minutes, and there are runs that take longer.
fn signed_in(page: &str, state: &Path, person: &str) -> Result<Client, Failure> {
    Ok(Client::over_http(page, mint_token(state, person)?)?)
}

impl Load {
    async fn open(arguments: &Arguments) -> Result<Self, Failure> {
        let clients = Clients::from_lookup(|name| match name {
            "AWS_ENDPOINT_URL_DYNAMODB" => Some(arguments.dynamodb.clone()),
            _ => std::env::var(name).ok().or_else(|| demonstration(name)),
        })?;
        // A deployment's name ends with the time at which it was made, so the last of them is the newest.
        let tables = clients.dynamodb.list_tables().send().await?;
        let held = |name: &&String| name.to_lowercase().contains("quarantine");
        let table = tables.table_names().iter().filter(held).max();
        let table = table.ok_or("there is no table of quarantine events")?;
        Ok(Self {
            client: signed_in(&arguments.page, &arguments.state, ARO)?,
            other_client: signed_in(&arguments.page, &arguments.state, OTHER_ARO)?,
            quarantine: Quarantine::new(&clients.dynamodb, table),
            signer: Signer::of_person(&arguments.state, ARO)?,
            other_signer: Signer::of_person(&arguments.state, OTHER_ARO)?,
            next: u64::try_from(now().unix_millis())?.saturating_mul(1_000),
            page: arguments.page.clone(),
            state: arguments.state.clone(),
        })
    }

    /// Opens an event of so many communications, and signs the file that decides all of it.
    async fn prepare(&mut self, rows: u64) -> Result<Prepared, Failure> {
        self.client = signed_in(&self.page, &self.state, ARO)?;
        let event = HeldEvent::new(self.next, rows);
        self.next += 1;
        event.open(&self.quarantine, now()).await?;
        Self::sign(&event, &self.signer)
    }

    /// The same of the other organisation.
    async fn prepare_other(&mut self, rows: u64) -> Result<Prepared, Failure> {
        self.other_client = signed_in(&self.page, &self.state, OTHER_ARO)?;
        let event = HeldEvent::of_owner(NETWORK, self.next, rows);
        self.next += 1;
        event.open(&self.quarantine, now()).await?;
        Self::sign(&event, &self.other_signer)
    }

    fn sign(event: &HeldEvent, signer: &Signer) -> Result<Prepared, Failure> {
        let file = SignedFile::new(event, signer, now())?;
        Ok(Prepared::new(format!("load-{}", event.reference), file))
    }

    async fn prepare_many(&mut self, count: usize, rows: u64) -> Result<Vec<Prepared>, Failure> {
        let mut all = Vec::with_capacity(count);
        for _ in 0..count {
            all.push(self.prepare(rows).await?);
        }
        Ok(all)
    }
}

fn now() -> UtcTime {
    (Ports::system().clock)()
}

/// What the stacks of this machine take, where the environment says nothing else.
fn demonstration(name: &str) -> Option<String> {
    let value = match name {
        "AWS_REGION" => REGION,
        "AWS_ACCESS_KEY_ID" => ACCESS_KEY,
        "AWS_SECRET_ACCESS_KEY" => SECRET_KEY,
        _ => return None,
    };
    Some(value.to_owned())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use sluice_local::stack::{Options, Stack};
    use sluice_testing::TestFolder;

    use super::*;

    #[tokio::test(flavor = "multi_thread")]
    async fn a_file_is_accepted_and_one_about_nothing_is_an_error() {
        let state = TestFolder::new().unwrap();
        let options = Options::for_tests(state.path());
        let stack = Stack::start(options).await.unwrap();
        let mut load = Load::open(&Arguments {
            page: stack.urls().page.to_string(),
            state: state.path().to_owned(),
            dynamodb: stack.urls().dynamodb.to_string(),
        })
        .await
        .unwrap();
        let good = load.prepare(20).await.unwrap();
        let about_nothing = Load::sign(&HeldEvent::new(7_000, 20), &load.signer).unwrap();
        let good = good.send(load.client.clone()).await;
        assert_eq!(good.error, None);
        let wrong = about_nothing.send(load.client.clone()).await;
        assert_eq!(wrong.error.as_deref(), Some("a file is rejected"));
        assert_eq!(sending::errors(&[good, wrong]), 1);
        stack.stop().await;
    }
}
