//! The versioned store on disk. Layout and reasons: `infra/decisions/`, "The store on disk".

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::event;
use super::upload::{Received, Upload};
use super::version::{Given, Version};
use crate::clock;
use crate::files;
use crate::random;

/// Why a store cannot be opened.
#[derive(Debug, thiserror::Error)]
#[error("{path} cannot be read as part of the local S3 store ({source}); start over with --fresh")]
pub struct OpenError {
    path: String,
    source: io::Error,
}

/// Why an upload was not stored.
#[derive(Debug)]
pub(super) enum CommitError {
    NoSuchBucket,
    /// `If-None-Match: *`, and there is an object.
    Exists,
    Io(io::Error),
}

/// Whether a PUT may follow another one of the same key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Condition {
    None,
    MustNotExist,
}

#[derive(Debug, Default)]
struct Bucket {
    settings: BucketSettings,
    /// By key, oldest version first.
    objects: BTreeMap<String, Vec<Version>>,
}

#[derive(Debug, Default, Clone, Serialize, Deserialize)]
struct BucketSettings {
    versioning: bool,
}

/// Takes an event, as S3 sends it to a queue. What it fails on is handed to it again at the next start.
pub type EventHandler = Box<dyn Fn(String) -> io::Result<()> + Send + Sync>;

/// Buckets, objects and versions: an index in memory over files that are written first.
pub struct Store {
    folder: PathBuf,
    on_event: EventHandler,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    buckets: BTreeMap<String, Bucket>,
    next_sequence: u64,
}

impl fmt::Debug for Store {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Store")
            .field("folder", &self.folder)
            .finish_non_exhaustive()
    }
}

impl Store {
    /// Reads what `folder` holds, drops uploads that a crash left unfinished and hands on the events that were not handed on.
    pub fn open(folder: &Path, on_event: EventHandler) -> Result<Self, OpenError> {
        let at = |path: &Path| {
            let path = path.display().to_string();
            move |source| OpenError { path, source }
        };
        let uploads = folder.join("uploads");
        if uploads.exists() {
            fs::remove_dir_all(&uploads).map_err(at(&uploads))?;
        }
        fs::create_dir_all(&uploads).map_err(at(&uploads))?;
        let buckets_folder = folder.join("buckets");
        fs::create_dir_all(&buckets_folder).map_err(at(&buckets_folder))?;
        let mut state = State {
            buckets: BTreeMap::new(),
            next_sequence: 1,
        };
        for (name, path) in files::folders(&buckets_folder).map_err(at(&buckets_folder))? {
            let bucket = Bucket::read_folder(&path).map_err(at(&path))?;
            let newest = bucket
                .objects
                .values()
                .flatten()
                .map(|version| version.sequence)
                .max();
            state.next_sequence = state
                .next_sequence
                .max(newest.map_or(1, |sequence| sequence + 1));
            state.buckets.insert(name, bucket);
        }
        let store = Self {
            folder: folder.to_owned(),
            on_event,
            state: Mutex::new(state),
        };
        store.hand_on_what_was_not().map_err(at(folder))?;
        Ok(store)
    }

    /// Makes a bucket; on its first making S3's test event is handed on. False: it was there.
    pub fn create_bucket(&self, name: &str) -> io::Result<bool> {
        let mut state = self.lock();
        if state.buckets.contains_key(name) {
            return Ok(false);
        }
        let bucket = Bucket::default();
        let folder = self.bucket_folder(name);
        fs::create_dir_all(folder.join("objects"))?;
        files::write_json(&folder.join("bucket.json"), &bucket.settings)?;
        (self.on_event)(event::test(name, clock::now_millis()))?;
        state.buckets.insert(name.to_owned(), bucket);
        Ok(true)
    }

    /// Turns versioning on or off. False: there is no such bucket.
    pub fn set_versioning(&self, name: &str, versioning: bool) -> io::Result<bool> {
        let mut state = self.lock();
        let Some(bucket) = state.buckets.get_mut(name) else {
            return Ok(false);
        };
        let settings = BucketSettings { versioning };
        files::write_json(&self.bucket_folder(name).join("bucket.json"), &settings)?;
        bucket.settings = settings;
        Ok(true)
    }

    /// Whether versioning is on; none: there is no such bucket.
    pub fn versioning(&self, name: &str) -> Option<bool> {
        self.lock()
            .buckets
            .get(name)
            .map(|bucket| bucket.settings.versioning)
    }

    /// The newest version, or the one with `version_id`.
    pub fn version(&self, bucket: &str, key: &str, version_id: Option<&str>) -> Option<Version> {
        let state = self.lock();
        let versions = state.buckets.get(bucket)?.objects.get(key)?;
        match version_id {
            None => versions.last().cloned(),
            Some(id) => versions
                .iter()
                .find(|version| version.version_id == id)
                .cloned(),
        }
    }

    /// Every version under `prefix`, by key, newest first, each with whether it is its key's newest.
    pub fn versions(&self, bucket: &str, prefix: &str) -> Vec<(Version, bool)> {
        let state = self.lock();
        let Some(bucket) = state.buckets.get(bucket) else {
            return Vec::new();
        };
        let mut all = Vec::new();
        for (_, versions) in bucket
            .objects
            .range(prefix.to_owned()..)
            .take_while(|(key, _)| key.starts_with(prefix))
        {
            all.extend(
                versions
                    .iter()
                    .rev()
                    .enumerate()
                    .map(|(age, version)| (version.clone(), age == 0)),
            );
        }
        all
    }

    /// Where the bytes of a version lie.
    pub fn data(&self, bucket: &str, version: &Version) -> PathBuf {
        self.object_folder(bucket, &version.key)
            .join(format!("{}.data", version.stem()))
    }

    pub(super) async fn upload(&self, wanted: impl Fn(&str) -> bool) -> io::Result<Upload> {
        Upload::start(&self.folder.join("uploads"), wanted).await
    }

    /// Makes a complete upload the newest version of its key and hands its event on. Of two at once under
    /// [`Condition::MustNotExist`] one wins.
    pub(super) fn commit(
        &self,
        bucket_name: &str,
        key: &str,
        given: Given,
        condition: Condition,
        mut received: Received,
    ) -> Result<Version, CommitError> {
        let mut state = self.lock();
        let sequence = state.next_sequence;
        let bucket = state
            .buckets
            .get_mut(bucket_name)
            .ok_or(CommitError::NoSuchBucket)?;
        let versions = bucket.objects.entry(key.to_owned()).or_default();
        if condition == Condition::MustNotExist && !versions.is_empty() {
            return Err(CommitError::Exists);
        }
        let versioning = bucket.settings.versioning;
        let mut version = Version {
            key: key.to_owned(),
            version_id: if versioning {
                random::hex::<16>()
            } else {
                "null".to_owned()
            },
            sequence,
            size: received.length,
            etag: received.etag(),
            sha256: received.sums.checksum_sha256.clone().unwrap_or_default(),
            content_type: given.content_type,
            metadata: given.metadata,
            modified: clock::now_millis(),
            notified: false,
        };
        self.write(bucket_name, &version, &mut received)
            .map_err(CommitError::Io)?;
        if !versioning {
            for old in versions.extract_if(.., |old| old.version_id == "null") {
                self.remove(bucket_name, &old).map_err(CommitError::Io)?;
            }
        }
        self.hand_on(bucket_name, &mut version)
            .map_err(CommitError::Io)?;
        versions.push(version.clone());
        state.next_sequence = sequence + 1;
        Ok(version)
    }

    fn write(&self, bucket: &str, version: &Version, received: &mut Received) -> io::Result<()> {
        fs::create_dir_all(self.object_folder(bucket, &version.key))?;
        received.move_to(&self.data(bucket, version))?;
        files::write_json(&self.record(bucket, version), version)
    }

    fn remove(&self, bucket: &str, version: &Version) -> io::Result<()> {
        fs::remove_file(self.record(bucket, version))?;
        fs::remove_file(self.data(bucket, version))
    }

    /// At least once: a crash between the two lines sends the event again at the next start.
    fn hand_on(&self, bucket: &str, version: &mut Version) -> io::Result<()> {
        (self.on_event)(event::created(bucket, version))?;
        version.notified = true;
        files::write_json(&self.record(bucket, version), version)
    }

    fn hand_on_what_was_not(&self) -> io::Result<()> {
        let mut state = self.lock();
        for (name, bucket) in &mut state.buckets {
            for version in bucket
                .objects
                .values_mut()
                .flatten()
                .filter(|version| !version.notified)
            {
                self.hand_on(name, version)?;
            }
        }
        Ok(())
    }

    fn bucket_folder(&self, bucket: &str) -> PathBuf {
        self.folder.join("buckets").join(bucket)
    }

    fn object_folder(&self, bucket: &str, key: &str) -> PathBuf {
        self.bucket_folder(bucket)
            .join("objects")
            .join(hex::encode(Sha256::digest(key)))
    }

    fn record(&self, bucket: &str, version: &Version) -> PathBuf {
        self.object_folder(bucket, &version.key)
            .join(format!("{}.json", version.stem()))
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // The index is changed only after the files are: a panic in between leaves it as the files were.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Bucket {
    fn read_folder(folder: &Path) -> io::Result<Self> {
        let settings = files::read_json(&folder.join("bucket.json"))?;
        let mut objects = BTreeMap::<String, Vec<Version>>::new();
        for (_, object) in files::folders(&folder.join("objects"))? {
            for record in files::with_extension(&object, "json")? {
                let version: Version = files::read_json(&record)?;
                objects
                    .entry(version.key.clone())
                    .or_default()
                    .push(version);
            }
        }
        for versions in objects.values_mut() {
            versions.sort_by_key(|version| version.sequence);
        }
        Ok(Self { settings, objects })
    }
}
