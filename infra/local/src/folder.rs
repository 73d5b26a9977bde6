//! The folder that a stack keeps everything in: one stack at a time has it.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::clock::Clock;
use crate::demo::people::{PEOPLE, Person};
use crate::files;
use crate::identity;
use crate::start_error::StartError;

/// `stack.json`: what `sluice-local token` needs to know of the stack that has this folder.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StackFile {
    pub(crate) issuer: String,
}

impl StackFile {
    pub(crate) fn write(&self, state: &Path) -> io::Result<()> {
        files::write_json(&state.join("stack.json"), self)
    }
}

/// Mints an access token of the stack in `state`, running or not, as if the person had just signed in.
pub fn mint_token(state: &Path, person: &str) -> Result<String, String> {
    mint_token_ahead(state, person, 0)
}

/// The same by a clock so many seconds ahead.
pub fn mint_token_ahead(state: &Path, person: &str, ahead_seconds: i64) -> Result<String, String> {
    let person = Person::find(person).ok_or_else(|| {
        let known = PEOPLE.map(|person| person.id).join(", ");
        format!("There is no demo person {person}. There are: {known}")
    })?;
    let none = format!(
        "There is no stack in {}: start one first, or name its folder with --state",
        state.display()
    );
    let stack: StackFile = files::read_json(&state.join("stack.json")).map_err(|_| none.clone())?;
    let key = identity::IssuerKey::open(&state.join("identity")).map_err(|_| none)?;
    Ok(identity::mint(
        &key,
        person,
        &stack.issuer,
        Clock::default().seconds().saturating_add(ahead_seconds),
        24 * 60 * 60,
    ))
}

/// Says that the folder is taken for as long as the file is held open.
pub(crate) fn lock(state: &Path) -> Result<File, StartError> {
    let path = state.join("lock");
    let named = path.display().to_string();
    let file = File::create(&path).map_err(|source| StartError::State {
        path: named,
        source,
    })?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(_) => Err(StartError::StateInUse(state.display().to_string())),
    }
}

/// Removes everything but the lock, which is held.
pub(crate) fn empty(state: &Path) -> io::Result<()> {
    for entry in fs::read_dir(state)? {
        let entry = entry?;
        if entry.file_name() == "lock" {
            continue;
        }
        if entry.file_type()?.is_dir() {
            fs::remove_dir_all(entry.path())?;
        } else {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}
