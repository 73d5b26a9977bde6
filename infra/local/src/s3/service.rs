//! The operations of S3 that Sluice and its tests use, over [`Store`]. All others answer `NotImplemented`.

use std::collections::HashMap;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use base64ct::{Base64, Encoding};
use futures::TryStreamExt;
use futures::stream;
use http::StatusCode;
use s3s::dto::{
    BucketVersioningStatus, Checksum, CreateBucketInput, CreateBucketOutput, ETag, ETagCondition,
    GetBucketVersioningInput, GetBucketVersioningOutput, GetObjectInput, GetObjectOutput,
    HeadBucketInput, HeadBucketOutput, HeadObjectInput, HeadObjectOutput, ListObjectVersionsInput,
    ListObjectVersionsOutput, ObjectVersion, PutBucketVersioningInput, PutBucketVersioningOutput,
    PutObjectInput, PutObjectOutput, StreamingBlob, Timestamp,
};
use s3s::{S3, S3Error, S3ErrorCode, S3Request, S3Response, S3Result, TrailingHeaders, s3_error};
use tokio::io::{AsyncReadExt, AsyncSeekExt};

use super::store::{CommitError, Condition, Store};
use super::upload::{Received, Upload};
use super::version::{Given, Version};
use crate::clock;

/// Bytes read from disk at a time.
const CHUNK: u64 = 256 * 1024;

pub(super) struct Service {
    store: Arc<Store>,
}

impl Service {
    pub(super) fn new(store: Arc<Store>) -> Self {
        Self { store }
    }

    fn find(&self, bucket: &str, key: &str, version_id: Option<&str>) -> S3Result<Version> {
        if self.store.versioning(bucket).is_none() {
            return Err(s3_error!(NoSuchBucket));
        }
        self.store
            .version(bucket, key, version_id)
            .ok_or_else(|| match version_id {
                Some(_) => s3_error!(NoSuchVersion, "The specified version does not exist."),
                None => s3_error!(NoSuchKey, "The specified key does not exist."),
            })
    }
}

#[async_trait::async_trait]
impl S3 for Service {
    async fn create_bucket(
        &self,
        req: S3Request<CreateBucketInput>,
    ) -> S3Result<S3Response<CreateBucketOutput>> {
        if self
            .store
            .create_bucket(&req.input.bucket)
            .map_err(broken)?
        {
            Ok(S3Response::new(CreateBucketOutput::default()))
        } else {
            Err(s3_error!(BucketAlreadyOwnedByYou))
        }
    }

    async fn head_bucket(
        &self,
        req: S3Request<HeadBucketInput>,
    ) -> S3Result<S3Response<HeadBucketOutput>> {
        self.store
            .versioning(&req.input.bucket)
            .ok_or_else(|| s3_error!(NoSuchBucket))?;
        Ok(S3Response::new(HeadBucketOutput::default()))
    }

    async fn put_bucket_versioning(
        &self,
        req: S3Request<PutBucketVersioningInput>,
    ) -> S3Result<S3Response<PutBucketVersioningOutput>> {
        let status = req.input.versioning_configuration.status;
        let on = status.is_some_and(|status| status.as_str() == BucketVersioningStatus::ENABLED);
        if self
            .store
            .set_versioning(&req.input.bucket, on)
            .map_err(broken)?
        {
            Ok(S3Response::new(PutBucketVersioningOutput::default()))
        } else {
            Err(s3_error!(NoSuchBucket))
        }
    }

    async fn get_bucket_versioning(
        &self,
        req: S3Request<GetBucketVersioningInput>,
    ) -> S3Result<S3Response<GetBucketVersioningOutput>> {
        let on = self
            .store
            .versioning(&req.input.bucket)
            .ok_or_else(|| s3_error!(NoSuchBucket))?;
        let status =
            on.then(|| BucketVersioningStatus::from_static(BucketVersioningStatus::ENABLED));
        Ok(S3Response::new(GetBucketVersioningOutput {
            status,
            ..Default::default()
        }))
    }

    async fn put_object(
        &self,
        req: S3Request<PutObjectInput>,
    ) -> S3Result<S3Response<PutObjectOutput>> {
        let trailers = req.trailing_headers;
        let mut input = req.input;
        let condition = match input.if_none_match.take() {
            None => Condition::None,
            Some(ETagCondition::Any) => Condition::MustNotExist,
            Some(ETagCondition::ETag(_)) => {
                return Err(s3_error!(
                    NotImplemented,
                    "Only If-None-Match: * is known here"
                ));
            }
        };
        if self.store.versioning(&input.bucket).is_none() {
            return Err(s3_error!(NoSuchBucket));
        }
        if condition == Condition::MustNotExist
            && self
                .store
                .version(&input.bucket, &input.key, None)
                .is_some()
        {
            return Err(exists());
        }
        let length = input
            .content_length
            .and_then(|length| u64::try_from(length).ok());
        let length = length.ok_or_else(|| s3_error!(MissingContentLength))?;
        // In a header of its own, or announced to follow the body.
        let trailer = req.headers.get("x-amz-trailer").cloned();
        let announced = trailer
            .as_ref()
            .and_then(|names| names.to_str().ok())
            .unwrap_or_default();
        let wanted = |algorithm: &str| {
            let name = format!("x-amz-checksum-{algorithm}");
            req.headers.contains_key(&name)
                || announced.split(',').any(|named| named.trim() == name)
        };
        let upload = self.store.upload(wanted).await.map_err(broken)?;
        let received = receive(upload, input.body.take(), length).await?;
        check_digests(&input, trailers.as_ref(), &received)?;
        let given = Given {
            content_type: input.content_type.as_ref().map(ToString::to_string),
            metadata: input
                .metadata
                .take()
                .unwrap_or_default()
                .into_iter()
                .collect(),
        };
        let version = self
            .store
            .commit(&input.bucket, &input.key, given, condition, received)
            .map_err(|error| match error {
                CommitError::NoSuchBucket => s3_error!(NoSuchBucket),
                CommitError::Exists => exists(),
                CommitError::Io(error) => broken(error),
            })?;
        Ok(S3Response::new(PutObjectOutput {
            e_tag: Some(ETag::Strong(version.etag)),
            checksum_sha256: Some(version.sha256),
            version_id: Some(version.version_id),
            ..Default::default()
        }))
    }

    async fn get_object(
        &self,
        req: S3Request<GetObjectInput>,
    ) -> S3Result<S3Response<GetObjectOutput>> {
        let input = req.input;
        let version = self.find(&input.bucket, &input.key, input.version_id.as_deref())?;
        let range = match input.range {
            Some(range) => range
                .check(version.size)
                .map_err(|_| s3_error!(InvalidRange))?,
            None => 0..version.size,
        };
        let body = read_range(self.store.data(&input.bucket, &version), range.clone())
            .await
            .map_err(broken)?;
        Ok(S3Response::new(GetObjectOutput {
            body: Some(body),
            accept_ranges: Some("bytes".to_owned()),
            content_length: Some(signed(range.end - range.start)),
            content_range: input
                .range
                .map(|_| format!("bytes {}-{}/{}", range.start, range.end - 1, version.size)),
            content_type: content_type(&version),
            metadata: metadata(&version),
            // What a presigned download asks for; unsigned requests never come this far.
            content_disposition: input.response_content_disposition,
            cache_control: input.response_cache_control,
            checksum_sha256: (input.range.is_none() && input.checksum_mode.is_some())
                .then_some(version.sha256),
            last_modified: Some(modified(version.modified)),
            e_tag: Some(ETag::Strong(version.etag)),
            version_id: Some(version.version_id),
            ..Default::default()
        }))
    }

    async fn head_object(
        &self,
        req: S3Request<HeadObjectInput>,
    ) -> S3Result<S3Response<HeadObjectOutput>> {
        let input = req.input;
        let version = self.find(&input.bucket, &input.key, input.version_id.as_deref())?;
        Ok(S3Response::new(HeadObjectOutput {
            content_length: Some(signed(version.size)),
            metadata: metadata(&version),
            content_type: content_type(&version),
            checksum_sha256: input.checksum_mode.is_some().then_some(version.sha256),
            last_modified: Some(modified(version.modified)),
            e_tag: Some(ETag::Strong(version.etag)),
            version_id: Some(version.version_id),
            ..Default::default()
        }))
    }

    async fn list_object_versions(
        &self,
        req: S3Request<ListObjectVersionsInput>,
    ) -> S3Result<S3Response<ListObjectVersionsOutput>> {
        let input = req.input;
        self.store
            .versioning(&input.bucket)
            .ok_or_else(|| s3_error!(NoSuchBucket))?;
        let versions = self
            .store
            .versions(&input.bucket, input.prefix.as_deref().unwrap_or_default());
        let versions = versions
            .into_iter()
            .map(|(version, is_latest)| ObjectVersion {
                is_latest: Some(is_latest),
                size: Some(signed(version.size)),
                last_modified: Some(modified(version.modified)),
                e_tag: Some(ETag::Strong(version.etag)),
                key: Some(version.key),
                version_id: Some(version.version_id),
                ..Default::default()
            });
        Ok(S3Response::new(ListObjectVersionsOutput {
            name: Some(input.bucket),
            prefix: input.prefix,
            is_truncated: Some(false),
            versions: Some(versions.collect()),
            ..Default::default()
        }))
    }
}

/// Takes the body in; what stops half way, or is not as long as announced, is no upload.
async fn receive(
    mut upload: Upload,
    body: Option<StreamingBlob>,
    length: u64,
) -> S3Result<Received> {
    if let Some(mut body) = body {
        while let Some(bytes) = body
            .try_next()
            .await
            .map_err(|error| match error.to_string() {
                text if text.contains("Sha256Mismatch") => mismatch(),
                _ => incomplete(),
            })?
        {
            upload.write(&bytes).await.map_err(broken)?;
            if upload.length() > length {
                return Err(incomplete());
            }
        }
    }
    if upload.length() != length {
        return Err(incomplete());
    }
    upload.finish().await.map_err(broken)
}

/// Every digest that came along, in a header or a trailer, is that of the bytes.
fn check_digests(
    input: &PutObjectInput,
    trailers: Option<&TrailingHeaders>,
    received: &Received,
) -> S3Result<()> {
    if let Some(md5) = &input.content_md5 {
        if Base64::decode_vec(md5).map_or(0, |digest| digest.len()) != received.md5.len() {
            return Err(s3_error!(
                InvalidDigest,
                "The Content-MD5 you specified is not valid."
            ));
        }
        if *md5 != received.md5_base64() {
            return Err(s3_error!(
                BadDigest,
                "The Content-MD5 you specified did not match what we received."
            ));
        }
    }
    let trailers = trailers.and_then(TrailingHeaders::take);
    let Checksum {
        checksum_crc32,
        checksum_crc32c,
        checksum_crc64nvme,
        checksum_sha1,
        checksum_sha256,
        ..
    } = &received.sums;
    for (algorithm, announced, actual) in [
        ("crc32", &input.checksum_crc32, checksum_crc32),
        ("crc32c", &input.checksum_crc32c, checksum_crc32c),
        ("crc64nvme", &input.checksum_crc64nvme, checksum_crc64nvme),
        ("sha1", &input.checksum_sha1, checksum_sha1),
        ("sha256", &input.checksum_sha256, checksum_sha256),
    ] {
        let trailer = trailers
            .as_ref()
            .and_then(|trailers| trailers.get(format!("x-amz-checksum-{algorithm}")));
        let trailer = trailer.and_then(|value| value.to_str().ok());
        for announced in [announced.as_deref(), trailer].into_iter().flatten() {
            if Some(announced) != actual.as_deref() {
                let algorithm = algorithm.to_uppercase();
                return Err(s3_error!(
                    BadDigest,
                    "The {algorithm} you specified did not match the calculated checksum."
                ));
            }
        }
    }
    Ok(())
}

async fn read_range(path: PathBuf, range: std::ops::Range<u64>) -> io::Result<StreamingBlob> {
    let mut file = tokio::fs::File::open(path).await?;
    file.seek(io::SeekFrom::Start(range.start)).await?;
    let chunks = stream::try_unfold(
        (file, range.end - range.start),
        |(mut file, left)| async move {
            if left == 0 {
                return Ok::<_, io::Error>(None);
            }
            let mut chunk = vec![0; usize::try_from(left.min(CHUNK)).unwrap_or(usize::MAX)];
            file.read_exact(&mut chunk).await?;
            let left = left - chunk.len() as u64;
            Ok(Some((axum::body::Bytes::from(chunk), (file, left))))
        },
    );
    Ok(StreamingBlob::wrap(chunks))
}

fn content_type(version: &Version) -> Option<String> {
    version.content_type.clone()
}

fn metadata(version: &Version) -> Option<HashMap<String, String>> {
    let kept = version.metadata.clone();
    (!kept.is_empty()).then(|| kept.into_iter().collect())
}

fn modified(millis: i64) -> Timestamp {
    Timestamp::from(clock::date_time(millis))
}

fn signed(length: u64) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX)
}

fn exists() -> S3Error {
    s3_error!(
        PreconditionFailed,
        "At least one of the pre-conditions you specified did not hold"
    )
}

fn incomplete() -> S3Error {
    s3_error!(
        IncompleteBody,
        "You did not provide the number of bytes specified by the Content-Length HTTP header."
    )
}

fn mismatch() -> S3Error {
    let mut error = S3Error::new(S3ErrorCode::Custom("XAmzContentSHA256Mismatch".into()));
    error.set_message("The x-amz-content-sha256 you specified did not match what we received.");
    error.set_status_code(StatusCode::BAD_REQUEST);
    error
}

fn broken(error: io::Error) -> S3Error {
    tracing::error!(%error, "the S3 store's disk");
    s3_error!(error, InternalError)
}
