//! Brotli beside each file, made once at build time at the level that is too slow to use on the fly.

use std::fs;
use std::io::Write;
use std::path::Path;

/// Below this many bytes the headers of the answer weigh more than what is saved.
const WORTH_IT: u64 = 1_024;

/// Writes `NAME.br` beside every text or wasm file under `folder`.
pub(crate) fn compress_all(folder: &Path) -> Result<(), String> {
    for entry in fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))? {
        let entry = entry.map_err(|error| error.to_string())?;
        let path = entry.path();
        if path.is_dir() {
            compress_all(&path)?;
        } else if compresses(&path) && entry.metadata().is_ok_and(|data| data.len() >= WORTH_IT) {
            compress(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        }
    }
    Ok(())
}

fn compresses(path: &Path) -> bool {
    matches!(
        path.extension().and_then(|extension| extension.to_str()),
        Some("html" | "js" | "css" | "wasm" | "svg" | "json" | "txt" | "csv")
    )
}

fn compress(path: &Path) -> std::io::Result<()> {
    let content = fs::read(path)?;
    let mut name = path.as_os_str().to_owned();
    name.push(".br");
    let mut writer = brotli::CompressorWriter::new(fs::File::create(name)?, 1 << 16, 11, 24);
    writer.write_all(&content)?;
    writer.flush()
}
