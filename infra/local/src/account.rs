//! The one AWS account of this machine: what the engines call themselves, and whom they let in.

/// The account's number, as addresses of queues and ARNs have it.
pub const ACCOUNT: &str = "000000000000";
/// The region that signatures must name.
pub const REGION: &str = "eu-west-2";
/// The one credential that the local S3 knows. It protects nothing: it is here so that signatures are really checked.
pub const ACCESS_KEY: &str = "SLUICELOCALDEMO00000";
/// The secret of [`ACCESS_KEY`].
pub const SECRET_KEY: &str = "sluice-local-demonstration-secret-0000000";
/// The queue that S3 and `intake` itself feed.
pub const QUEUE: &str = "sluice-intake";
/// The queue that `review` feeds.
pub const DECISIONS_QUEUE: &str = "sluice-decisions";
/// The queue that `api` and `review` feed with changes of the directory.
pub const REQUESTS_QUEUE: &str = "sluice-requests";
/// The bucket that takes uploads.
pub const BUCKET: &str = "sluice-inbox";
