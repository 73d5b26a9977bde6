//! `sluice-localstack`: Sluice on emulators of AWS. Its command line is that of `sluice-local`, and one command more. What it needs beside is told by the environment (`tools.rs`).
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
mod template;
mod tools;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use sluice_local::arguments::Command as StackCommand;
use sluice_local::stack::mint_token_ahead;
use sluice_local::{program, welcome};

use emulator::{Emulator, EmulatorPorts, Installed};
use stack::Stack;
use tools::Tools;

/// Sluice on emulators of AWS: the template deployed to LocalStack, the functions under cargo-lambda
#[derive(Debug, Parser)]
#[command(name = "sluice-localstack", arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    #[command(flatten)]
    Stack(StackCommand),
    /// Run LocalStack alone, for several stacks or tests; Ctrl-C stops it
    Emulator {
        /// Where it listens
        port: u16,
        /// Where DynamoDB Local does
        tables: u16,
        /// Where what it says goes
        log: PathBuf,
    },
}

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
async fn emulator(ports: EmulatorPorts, log: &Path) -> Result<(), String> {
    let installed = Installed::from_environment()
        .ok_or("SLUICE_LOCALSTACK_HOME is not set: `cargo xtask test --localstack` sets it")?;
    let emulator = Emulator::start(&installed, ports, log)
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
    match Arguments::parse().command {
        Command::Emulator { port, tables, log } => {
            emulator(EmulatorPorts { all: port, tables }, &log).await?;
        }
        Command::Stack(StackCommand::Token {
            person,
            state,
            ahead_seconds,
        }) => {
            println!("{}", mint_token_ahead(&state, &person, ahead_seconds)?);
        }
        Command::Stack(StackCommand::Up(options)) => {
            program::log();
            let tools = Tools::from_environment()?;
            let stack = Stack::start(&options, tools)
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
