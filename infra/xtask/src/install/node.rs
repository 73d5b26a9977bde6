//! Node: sass, binaryen and the browser tests run on it.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::command::{self, answer, which};
use crate::failure::{Failure, Outcome};
use crate::install::apt;
use crate::progress::Step;
use crate::workspace::Workspace;

/// The oldest Node that sass and the browser tests accept.
const OLDEST: (u32, u32) = (20, 19);
/// What is brought from npm where the distribution's Node is older: npm carries the program in a package for each platform.
const BROUGHT: &str = "22.23.3";

/// A Node that is new enough.
#[derive(Clone)]
pub(crate) struct Node {
    program: PathBuf,
}

impl Node {
    /// Finds Node and npm; installs them, or a newer Node for this clone alone, where that can be done.
    pub(crate) fn ensure(step: &Step<'_>, workspace: &Workspace) -> Outcome<Self> {
        let log = workspace.log("node");
        if which("node").is_none() || which("npm").is_none() {
            apt::install(step, &["nodejs", "npm"], "Node with npm", &log)?;
        }
        let program = PathBuf::from("node");
        match version(&program) {
            Some(found) if found >= OLDEST => Ok(Self { program }),
            found => bring(step, workspace, &log).map_err(|failure| too_old(found, &failure)),
        }
    }

    /// A command that runs a script of an npm package, with this Node first on the search path for what it starts itself.
    pub(crate) fn script(&self, script: &Path) -> Command {
        let mut command = Command::new(&self.program);
        if let Some(folder) = self.program.parent().filter(|folder| folder.is_absolute()) {
            let path = std::env::var_os("PATH").unwrap_or_default();
            let folders = std::iter::once(folder.to_path_buf()).chain(std::env::split_paths(&path));
            if let Ok(path) = std::env::join_paths(folders) {
                command.env("PATH", path);
            }
        }
        command.arg(script);
        command
    }
}

fn bring(step: &Step<'_>, workspace: &Workspace, log: &Path) -> Outcome<Node> {
    let platform = match (std::env::consts::OS, std::env::consts::ARCH) {
        ("linux", "x86_64") => "linux-x64",
        ("linux", "aarch64") => "linux-arm64",
        _ => {
            return Err(Failure::new(
                "There is no newer Node for this platform on npm.",
                "Install it by hand.",
            ));
        }
    };
    let package = format!("node-{platform}");
    let home = workspace.tools().join(format!("node-{BROUGHT}"));
    let program = home.join("node_modules").join(&package).join("bin/node");
    if version(&program).is_none() {
        step.say(&format!(
            "Node here is older than {}.{}: bringing {BROUGHT} from npm for this clone",
            OLDEST.0, OLDEST.1
        ));
        std::fs::create_dir_all(&home).map_err(|error| Failure::file(&home, &error))?;
        let mut npm = Command::new("npm");
        npm.args([
            "install",
            "--no-save",
            "--no-audit",
            "--no-fund",
            "--ignore-scripts",
            "--prefix",
        ]);
        npm.arg(&home).arg(format!("{package}@{BROUGHT}"));
        command::run(step, &mut npm, log)?;
    }
    Ok(Node { program })
}

fn too_old(found: Option<(u32, u32)>, failure: &Failure) -> Failure {
    let found = found.map_or_else(
        || "does not start".to_owned(),
        |(major, minor)| format!("is {major}.{minor}"),
    );
    Failure::new(
        format!(
            "Node {found}; {}.{} or newer is needed, and bringing one failed: {failure}",
            OLDEST.0, OLDEST.1
        ),
        "Install a newer Node (with npm), then try again.",
    )
}

fn version(program: &Path) -> Option<(u32, u32)> {
    let said = answer(Command::new(program).arg("--version"))?;
    let mut numbers = said.trim_start_matches('v').split('.').map(str::parse);
    Some((numbers.next()?.ok()?, numbers.next()?.ok()?))
}
