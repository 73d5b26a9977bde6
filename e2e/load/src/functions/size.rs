//! How large a function is in the archive that is deployed.

use std::io::{Cursor, Write as _};
use std::path::Path;

use sluice_functions::Function;
use sluice_load::{Failure, Figure};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// Aim of each function's archive, in bytes.
const MOST: usize = 4_000_000;

pub(super) fn figure(folder: &Path, function: Function) -> Result<Figure, Failure> {
    let name = function.name();
    let program = std::fs::read(folder.join(name))?;
    let archive = zipped(&program)?;
    let measured = format!(
        "{} ({} unpacked)",
        megabytes(archive),
        megabytes(program.len())
    );
    let what = format!("`{name}` for {}, zipped", std::env::consts::ARCH);
    Ok(Figure::aiming(what, measured, "under 4 MB", archive < MOST))
}

/// The bytes of an archive with the program as Lambda wants it: as `bootstrap`, deflated.
fn zipped(program: &[u8]) -> Result<usize, Failure> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(9))
        .unix_permissions(0o755);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    archive.start_file("bootstrap", options)?;
    archive.write_all(program)?;
    Ok(archive.finish()?.into_inner().len())
}

fn megabytes(bytes: usize) -> String {
    // Hundredths of a megabyte, rounded up: what is above the aim must not look as if it were at it.
    let hundredths = bytes.div_ceil(10_000);
    format!("{}.{:02} MB", hundredths / 100, hundredths % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_repeats_itself_is_small() {
        let size = zipped(&vec![7; 1_000_000]);
        assert!(size.is_ok_and(|size| (100..2_000).contains(&size)));
    }

    #[test]
    fn sizes_are_rounded_up() {
        assert_eq!(megabytes(3_999_999), "4.00 MB");
        assert_eq!(megabytes(3_240_001), "3.25 MB");
        assert_eq!(megabytes(40_000), "0.04 MB");
    }
}
