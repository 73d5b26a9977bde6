//! Debian's and Ubuntu's packages.

use std::path::Path;
use std::process::Command;
use std::sync::{Mutex, PoisonError};

use crate::command::{self, which};
use crate::failure::{Failure, Outcome};
use crate::progress::Step;

/// One at a time: steps run side by side, and apt-get waits for some of its locks only. Holds whether the lists were fetched.
static TURN: Mutex<bool> = Mutex::new(false);

/// Installs `packages`, or says what a person has to install: `purpose` is what is missing, in their words.
pub(crate) fn install(step: &Step<'_>, packages: &[&str], purpose: &str, log: &Path) -> Outcome {
    let mut lists_fetched = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let list = packages.join(" ");
    let by_hand = || {
        Failure::new(
            format!("{purpose} is missing."),
            format!("Install it (Debian, Ubuntu: apt-get install {list}), then try again."),
        )
    };
    if which("apt-get").is_none() {
        return Err(Failure::new(
            format!(
                "{purpose} is missing, and only Debian's and Ubuntu's packages are installed by this command."
            ),
            format!("Install {purpose} in your system's way, then try again."),
        ));
    }
    let prefix = privilege().ok_or_else(by_hand)?;
    step.say(&format!(
        "{purpose} is missing: installing {list} from the distribution"
    ));
    let apt = |arguments: &[&str]| {
        let mut command = Command::new(prefix.first().copied().unwrap_or("env"));
        command.args(prefix.get(1..).unwrap_or_default());
        command
            .args([
                "DEBIAN_FRONTEND=noninteractive",
                "apt-get",
                "-qq",
                "-o",
                "DPkg::Lock::Timeout=300",
            ])
            .args(arguments);
        command
    };
    let install: Vec<&str> = ["install", "-y", "--no-install-recommends"]
        .iter()
        .chain(packages)
        .copied()
        .collect();
    // Old lists install old packages without a word, so they are fetched before the first package; where that fails, the packages
    // that are known may still do.
    if !*lists_fetched {
        *lists_fetched = command::run_quietly(step, &mut apt(&["update"]), log).is_ok();
    }
    command::run(step, &mut apt(&install), log).map_err(|failure| {
        failure.said_as(format!(
            "{purpose} is missing, and apt-get could not install {list}."
        ))
    })
}

/// The words before `apt-get` that let us install: none for root, `sudo` where it asks no password.
fn privilege() -> Option<Vec<&'static str>> {
    if command::answer(Command::new("id").arg("-u")).as_deref() == Some("0") {
        return Some(vec!["env"]);
    }
    command::answer(Command::new("sudo").args(["-n", "true"])).map(|_| vec!["sudo", "-n", "env"])
}
