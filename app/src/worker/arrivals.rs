//! A file on its way into the worker: what has arrived is read while the rest is still coming.

use js_sys::{Promise, Uint8Array};
use sluice_shared::identifiers::FileDigest;
use std::collections::VecDeque;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, DedicatedWorkerGlobalScope};

/// Bytes asked for at a time.
const PIECE: u32 = 4 << 20;
/// Pieces that are on their way at once. When no more are to be asked for, all are awaited, so that the browser digests the file,
/// on a thread of its own, while these last ones are read.
const AHEAD: usize = 8;

/// The file, as far as it has arrived.
pub(super) struct Arrivals {
    file: Blob,
    whole: Uint8Array,
    /// Where the pieces start that are on their way, in order.
    coming: VecDeque<(u32, Promise)>,
    asked: u32,
    arrived: u32,
    read: u32,
    digesting: Option<Promise>,
}

impl Arrivals {
    pub(super) fn of(file: &Blob) -> Self {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "files of more bytes than the profile allows, far below 4 GB, are refused before"
        )]
        let length = file.size() as u32;
        let mut arrivals = Self {
            file: file.clone(),
            whole: Uint8Array::new_with_length(length),
            coming: VecDeque::new(),
            asked: 0,
            arrived: 0,
            read: 0,
            digesting: None,
        };
        arrivals.ask();
        arrivals
    }

    /// Bytes of the file.
    pub(super) fn length(&self) -> u64 {
        u64::from(self.whole.length())
    }

    /// How much of it [`next`](Self::next) has given, from 0 to 1.
    pub(super) fn part_read(&self) -> f64 {
        f64::from(self.read) / f64::from(self.whole.length())
    }

    /// The first bytes, `most` of them, or fewer where the file is shorter.
    pub(super) async fn start(&mut self, most: u32) -> Result<Vec<u8>, String> {
        let most = most.min(self.whole.length());
        while self.arrived < most {
            self.arrive().await?;
        }
        Ok(self.whole.subarray(0, most).to_vec())
    }

    /// The next bytes to read; none after the last.
    pub(super) async fn next(&mut self) -> Result<Option<Uint8Array>, String> {
        if self.read == self.whole.length() {
            return Ok(None);
        }
        if self.read == self.arrived {
            self.arrive().await?;
        }
        self.ask();
        if self.asked == self.whole.length() {
            self.all().await?;
        }
        let from = self.read;
        self.read = self.arrived.min(from.saturating_add(PIECE));
        Ok(Some(self.whole.subarray(from, self.read)))
    }

    /// The file, when all of it has arrived.
    pub(super) async fn all(&mut self) -> Result<&Uint8Array, String> {
        while self.arrived < self.whole.length() {
            self.arrive().await?;
            self.ask();
        }
        if self.digesting.is_none() {
            self.digesting = Some(begin_digest(&self.whole).map_err(|error| format!("{error:?}"))?);
        }
        Ok(&self.whole)
    }

    /// The file; what has not arrived is zero.
    pub(super) fn whole(&self) -> &Uint8Array {
        &self.whole
    }

    /// SHA-256 of the file.
    pub(super) async fn digest(mut self) -> Result<FileDigest, String> {
        self.all().await?;
        let digesting = self.digesting.ok_or("the digest was not begun")?;
        let digest = JsFuture::from(digesting)
            .await
            .map_err(|error| format!("{error:?}"))?;
        let mut bytes = [0; 32];
        Uint8Array::new(&digest).copy_to(&mut bytes);
        Ok(FileDigest::new(bytes))
    }

    /// Keeps as many pieces on their way as there may be.
    fn ask(&mut self) {
        while self.coming.len() < AHEAD && self.asked < self.whole.length() {
            let (from, to) = (
                self.asked,
                self.whole.length().min(self.asked.saturating_add(PIECE)),
            );
            let Ok(piece) = self
                .file
                .slice_with_f64_and_f64(f64::from(from), f64::from(to))
            else {
                // Then it never arrives, and whoever waits for it hears that.
                return;
            };
            self.coming.push_back((from, piece.array_buffer()));
            self.asked = to;
        }
    }

    async fn arrive(&mut self) -> Result<(), String> {
        let gone = "the file can no longer be read";
        let (from, piece) = self.coming.pop_front().ok_or(gone)?;
        let bytes = Uint8Array::new(&JsFuture::from(piece).await.map_err(|_| gone)?);
        let to = from + bytes.length();
        if to > self.whole.length() {
            return Err(gone.into());
        }
        self.whole.set(&bytes, from);
        self.arrived = to;
        Ok(())
    }
}

/// SHA-256 by `WebCrypto`, twice as fast as ours.
fn begin_digest(bytes: &Uint8Array) -> Result<Promise, JsValue> {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    scope
        .crypto()?
        .subtle()
        .digest_with_str_and_buffer_source("SHA-256", bytes)
}
