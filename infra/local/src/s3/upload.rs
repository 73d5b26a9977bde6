//! An upload while it arrives: bytes into a file of its own, digests as they pass.

use std::io;
use std::path::{Path, PathBuf};

use base64ct::{Base64, Encoding};
use s3s::checksum::ChecksumHasher;
use s3s::crypto::{Checksum as _, Crc32, Crc32c, Crc64Nvme, Md5, Sha1, Sha256};
use s3s::dto::Checksum;
use tokio::fs::File;
use tokio::io::AsyncWriteExt;

use crate::random;

/// Bytes on their way in. Dropped before it is stored, it leaves nothing behind.
pub(super) struct Upload {
    path: PathBuf,
    file: File,
    length: u64,
    md5: Md5,
    sums: ChecksumHasher,
}

/// A complete upload that no one can see yet. Dropped unstored, its file goes too.
pub(super) struct Received {
    path: PathBuf,
    stored: bool,
    pub(super) length: u64,
    /// The raw MD5, for `Content-MD5` and the entity tag.
    pub(super) md5: [u8; 16],
    /// SHA-256 and the checksums that were wanted, in base64.
    pub(super) sums: Checksum,
}

impl Upload {
    /// `wanted`: which checksums will be compared, by the end of their headers' names. SHA-256 is always kept.
    pub(super) async fn start(folder: &Path, wanted: impl Fn(&str) -> bool) -> io::Result<Self> {
        let path = folder.join(random::hex::<16>());
        let file = File::create_new(&path).await?;
        let sums = ChecksumHasher {
            crc32: wanted("crc32").then(Crc32::new),
            crc32c: wanted("crc32c").then(Crc32c::new),
            sha1: wanted("sha1").then(Sha1::new),
            sha256: Some(Sha256::new()),
            crc64nvme: wanted("crc64nvme").then(Crc64Nvme::new),
        };
        Ok(Self {
            path,
            file,
            length: 0,
            md5: Md5::new(),
            sums,
        })
    }

    pub(super) fn length(&self) -> u64 {
        self.length
    }

    pub(super) async fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.length += bytes.len() as u64;
        self.md5.update(bytes);
        self.sums.update(bytes);
        self.file.write_all(bytes).await
    }

    pub(super) async fn finish(mut self) -> io::Result<Received> {
        self.file.flush().await?;
        let mut md5 = [0; 16];
        md5.copy_from_slice(std::mem::take(&mut self.md5).finalize().as_ref());
        Ok(Received {
            path: std::mem::take(&mut self.path),
            stored: false,
            length: self.length,
            md5,
            sums: std::mem::take(&mut self.sums).finalize(),
        })
    }
}

impl Drop for Upload {
    fn drop(&mut self) {
        if !self.path.as_os_str().is_empty() {
            forget(&self.path);
        }
    }
}

impl Received {
    /// Moves the bytes to their place. The version's own file, written after this, makes them an object.
    pub(super) fn move_to(&mut self, place: &Path) -> io::Result<()> {
        std::fs::rename(&self.path, place)?;
        self.stored = true;
        Ok(())
    }

    pub(super) fn etag(&self) -> String {
        hex::encode(self.md5)
    }

    pub(super) fn md5_base64(&self) -> String {
        Base64::encode_string(&self.md5)
    }
}

impl Drop for Received {
    fn drop(&mut self) {
        if !self.stored {
            forget(&self.path);
        }
    }
}

fn forget(path: &Path) {
    if let Err(error) = std::fs::remove_file(path) {
        tracing::warn!(%error, "the bytes of an unfinished upload stay until the next start");
    }
}
