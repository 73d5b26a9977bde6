//! `sluice-functions-figures FOLDER`: measures the functions that lie in the folder, built as they are deployed, and
//! prints a figure a line. Each runs as a process of its own against a stand-in for Lambda's runtime API; storage is an embedded stack.
//!
//! A cold start is the function's part of one: from the start of its process to its first poll, the program being in the machine's memory.
//! What Lambda does before (a sandbox, fetching and unpacking the program) is not in it.

mod engine_stack;
mod memory;
mod process;
mod runtime;
mod size;
mod starts;
mod warm;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use engine_stack::EngineStack;
use sluice_functions::Function;
use sluice_load::{Failure, Figure};

/// Measures the functions as they are deployed, each as a process of its own
#[derive(Parser)]
#[command(name = "sluice-functions-figures")]
struct Arguments {
    /// Where their built programs are
    folder: PathBuf,
}

#[tokio::main]
async fn main() -> ExitCode {
    match measure(&Arguments::parse().folder).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// One after the other: what is measured at once measures the other. Printed at once, so that a failure leaves what was seen.
async fn measure(folder: &Path) -> Result<(), Failure> {
    let print = |figures: Vec<Figure>| figures.iter().for_each(|figure| println!("{figure}"));
    for &function in Function::ALL {
        print(vec![size::figure(folder, function)?]);
    }
    let engines = EngineStack::start().await?;
    for &function in Function::ALL {
        print(vec![starts::figure(&engines, folder, function).await?]);
    }
    print(vec![warm::figure(&engines, folder).await?]);
    print(memory::figures(&engines, folder).await?);
    engines.stop().await;
    Ok(())
}
