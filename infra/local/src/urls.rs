//! Where the parts of a stack are.

use crate::origin::Origin;
use crate::other_issuer::OtherIssuer;

/// Where everything is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Urls {
    /// The page and the API.
    pub page: Origin,
    /// The `OpenID Connect` issuer and the demo CA.
    pub identity: Origin,
    /// S3.
    pub s3: Origin,
    /// `DynamoDB`.
    pub dynamodb: Origin,
    /// SQS.
    pub sqs: Origin,
    /// Who signs people in, if it is not the embedded issuer.
    pub other_issuer: Option<OtherIssuer>,
}

impl Urls {
    /// Who signs people in, as tokens name it.
    pub fn issuer(&self) -> &str {
        self.other_issuer
            .as_ref()
            .map_or(self.identity.as_str(), OtherIssuer::address)
    }

    /// STS, which has no port of its own: it is below the tables, whose sessions it gives.
    pub fn sts(&self) -> String {
        format!("{}{STS_PATH}", self.dynamodb)
    }
}

/// Where STS is below the tables' address.
pub(crate) const STS_PATH: &str = "/sts";
