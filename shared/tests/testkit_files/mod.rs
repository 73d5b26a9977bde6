//! The files of `shared/testkit`, by name.
#![allow(
    dead_code,
    clippy::unwrap_used,
    reason = "each test takes what it needs"
)]

use std::fs;
use std::path::{Path, PathBuf};

use base64ct::{Base64, Encoding as _};

/// A file or folder of the testkit.
pub(crate) fn testkit_path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("testkit")
        .join(name)
}

/// The bytes of a file of the testkit: `signatures/good-p256.p7s`.
pub(crate) fn testkit_file(name: &str) -> Vec<u8> {
    fs::read(testkit_path(name)).unwrap()
}

/// The bytes of a file in `signatures/`.
pub(crate) fn signature_file(name: &str) -> Vec<u8> {
    testkit_file(&format!("signatures/{name}"))
}

/// A block of PEM (RFC 7468).
pub(crate) fn pem(label: &str, der: &[u8]) -> String {
    let body = Base64::encode_string(der);
    let lines: Vec<_> = body
        .as_bytes()
        .chunks(64)
        .map(|line| std::str::from_utf8(line).unwrap())
        .collect();
    format!(
        "-----BEGIN {label}-----\n{}\n-----END {label}-----\n",
        lines.join("\n")
    )
}
