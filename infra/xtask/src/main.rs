//! The project's own commands. `cargo xtask --help` lists them.
//!
//! This crate is the first thing that a newcomer compiles, so it stays small; what needs large libraries is a program of its own
//! (`infra/page-builder`, `infra/local`) that it calls.

mod args;
mod command;
mod failure;
mod figures;
mod install;
mod page;
mod progress;
mod stack;
mod test;
mod workspace;

use std::process::ExitCode;

use args::{Arguments, Task};
use clap::Parser as _;

fn main() -> ExitCode {
    match run(Arguments::parse().task) {
        Ok(code) => code,
        Err(failure) => {
            eprintln!("\n{failure}");
            ExitCode::FAILURE
        }
    }
}

fn run(task: Task) -> failure::Outcome<ExitCode> {
    let workspace = workspace::Workspace::find()?;
    match task {
        Task::Up(options) => stack::up(&workspace, &options),
        Task::Page {
            watch: true,
            for_parent,
            ..
        } => page::watch::watch(&workspace, for_parent),
        Task::Page { quick, list, .. } => {
            let profile = if quick {
                page::PageProfile::Quick
            } else {
                page::PageProfile::Release
            };
            let board = progress::Board::new(page::STEPS);
            page::build(&board, &workspace, profile, || {
                page::build_builder(&board, &workspace)
            })?;
            println!("The page is in {}", workspace.page_folder().display());
            if list {
                return page::release::list(&workspace);
            }
            Ok(ExitCode::SUCCESS)
        }
        Task::Test { only, localstack } => {
            let only = only.or(localstack.then_some(args::Part::Localstack));
            Ok(test::test(&workspace, only))
        }
        Task::Figures(options) => figures::measure(&workspace, &options),
        Task::VerifyPage(options) => page::release::verify(&workspace, &options),
        Task::Token { person } => stack::token(&workspace, &person),
    }
}
