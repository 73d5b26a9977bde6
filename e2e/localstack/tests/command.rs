//! The program as somebody meets it who starts it by hand.
#![allow(clippy::unwrap_used, missing_docs)]

use std::process::{Command, Output};

fn program(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_sluice-localstack"))
        .args(arguments)
        .env_remove("SLUICE_LOCALSTACK")
        .env_remove("SLUICE_LOCALSTACK_HOME")
        .env_remove("SLUICE_LOCALSTACK_IMAGE")
        .env_remove("SLUICE_CARGO_LAMBDA")
        .output()
        .unwrap()
}

#[test]
fn without_an_emulator_it_says_who_starts_one_and_touches_nothing() {
    let state = std::env::temp_dir().join(format!("sluice-localstack-{}", std::process::id()));
    let output = program(&["up", "--port", "0", "--state", state.to_str().unwrap()]);
    assert!(!output.status.success());
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("SLUICE_LOCALSTACK"), "{said}");
    assert!(said.contains("cargo xtask up --localstack"), "{said}");
    assert!(!state.exists());
}

#[test]
fn its_help_names_it() {
    let output = program(&["up", "--help"]);
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.contains("sluice-localstack up [OPTIONS]"), "{said}");
    assert!(said.contains("--port"), "{said}");
    assert!(!said.contains("sluice-local up"), "{said}");
}
