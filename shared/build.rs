//! The default profile as JSON. People write it in TOML, with a reason beside each value; the page carries no reader of TOML for it.

use std::path::Path;
use std::{env, fs};

const PROFILE: &str = "data/default-profile.toml";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed={PROFILE}");
    let profile: serde_json::Value = toml::from_str(&fs::read_to_string(PROFILE)?)?;
    let folder = env::var_os("OUT_DIR").ok_or("cargo names a folder")?;
    fs::write(
        Path::new(&folder).join("default-profile.json"),
        serde_json::to_string(&profile)?,
    )?;
    Ok(())
}
