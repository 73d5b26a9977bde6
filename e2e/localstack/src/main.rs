//! `sluice-localstack`: Sluice on emulators of AWS. Its command line is that of `sluice-local`, and one more: `emulator PORT LOG` runs LocalStack
//! alone, for several stacks or tests. What it needs beside is told by the environment (`surroundings.rs`).
//!
//! What is deployed comes from `infra/template.yaml` by CloudFormation; the functions are the built Lambda programs behind
//! cargo-lambda's runtime API; their messages come by an event source mapping as the template describes it. Sign-in, certificates and the
//! page are those of the embedded stack, since the emulator has neither Cognito nor CloudFront.

mod aws;
mod deploy;
mod emulator;
mod environment;
mod faketime;
mod gateway;
mod health;
mod runtime;
mod sqs;
mod stack;
mod surroundings;
mod template;

use std::path::Path;
use std::process::ExitCode;

use sluice_local::arguments::{Command, HELP};
use sluice_local::stack::mint_token;
use sluice_local::{program, welcome};

use emulator::{Emulator, Installed};
use stack::Stack;
use surroundings::Surroundings;

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// LocalStack alone, until Ctrl-C.
async fn emulator(port: &str, log: &Path) -> Result<(), String> {
    let port = port
        .parse()
        .map_err(|_| format!("emulator needs a port, not {port}"))?;
    let installed = Installed::read()
        .ok_or("SLUICE_LOCALSTACK_HOME is not set: `cargo xtask test --localstack` sets it")?;
    let emulator = Emulator::start(&installed, port, log)
        .await
        .map_err(|error| error.to_string())?;
    println!(
        "LocalStack runs:  {}\nWhat it says goes to {}",
        emulator.url(),
        log.display()
    );
    program::asked_to_stop().await?;
    emulator.stop().await;
    Ok(())
}

async fn run() -> Result<(), String> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [command, port, log] = arguments.as_slice()
        && command == "emulator"
    {
        return emulator(port, Path::new(log)).await;
    }
    match Command::parse(arguments)? {
        Command::Help => print!("{}", HELP.replace("sluice-local", "sluice-localstack")),
        Command::Token { person, state } => println!("{}", mint_token(&state, &person)?),
        Command::Up(options) => {
            program::log();
            let surroundings = Surroundings::read()?;
            let stack = Stack::start(&options, surroundings)
                .await
                .map_err(|error| error.to_string())?;
            print!("{}", welcome::text(stack.urls(), &options.state));
            println!("Tables and uploads are in the emulator, which forgets them when it stops.");
            program::asked_to_stop().await?;
            println!("Stopping. The emulator forgets what was sent.");
            stack.stop().await;
        }
    }
    Ok(())
}
