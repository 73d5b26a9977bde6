//! The events of S3, in the form that AWS documents ("Event message structure", version 2.1).

use serde_json::json;

use super::version::Version;
use crate::account::REGION;
use crate::clock;
use crate::random;

/// An object was created by PUT. The key is URL-encoded, as S3 does it.
pub(super) fn created(bucket: &str, version: &Version) -> String {
    json!({ "Records": [{
        "eventVersion": "2.1",
        "eventSource": "aws:s3",
        "awsRegion": REGION,
        "eventTime": clock::rfc3339(version.modified),
        "eventName": "ObjectCreated:Put",
        "userIdentity": { "principalId": "AWS:SLUICELOCAL" },
        "requestParameters": { "sourceIPAddress": "127.0.0.1" },
        "responseElements": { "x-amz-request-id": request_id(), "x-amz-id-2": random::hex::<32>() },
        "s3": {
            "s3SchemaVersion": "1.0",
            "configurationId": "sluice-inbox-created",
            "bucket": {
                "name": bucket,
                "ownerIdentity": { "principalId": "SLUICELOCAL" },
                "arn": format!("arn:aws:s3:::{bucket}"),
            },
            "object": {
                "key": url_encoded(&version.key),
                "size": version.size,
                "eTag": version.etag,
                "versionId": version.version_id,
                "sequencer": version.sequencer(),
            },
        },
    }]})
    .to_string()
}

/// What S3 sends once when a bucket's notifications are set up, to see whether it may.
pub(super) fn test(bucket: &str, at: i64) -> String {
    json!({
        "Service": "Amazon S3",
        "Event": "s3:TestEvent",
        "Time": clock::rfc3339(at),
        "Bucket": bucket,
        "RequestId": request_id(),
        "HostId": random::hex::<32>(),
    })
    .to_string()
}

fn request_id() -> String {
    random::hex::<8>().to_uppercase()
}

/// Form encoding with the slash kept: a space is `+`.
fn url_encoded(key: &str) -> String {
    use std::fmt::Write as _;
    let mut out = String::with_capacity(key.len());
    for byte in key.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'*' | b'/' => {
                out.push(char::from(byte));
            }
            b' ' => out.push('+'),
            _ => write!(out, "%{byte:02X}").expect("a String takes all that is written to it"),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_form_encoded_and_keeps_its_slash() {
        assert_eq!(
            url_encoded("large-supplier/4F7K-2M9Q"),
            "large-supplier/4F7K-2M9Q"
        );
        assert_eq!(url_encoded("a b/é+%"), "a+b/%C3%A9%2B%25");
    }

    #[test]
    fn sequencers_sort_as_their_uploads_do() {
        let at = |sequence| Version {
            key: String::new(),
            version_id: String::new(),
            sequence,
            size: 0,
            etag: String::new(),
            sha256: String::new(),
            content_type: None,
            metadata: std::collections::BTreeMap::new(),
            modified: 0,
            notified: false,
        };
        assert!(at(9).sequencer() < at(10).sequencer());
        assert!(at(0xff).sequencer() < at(0x100).sequencer());
    }
}
