//! A page with its decisions as JSON: the stored forms in base64, so that a million communications stay some 32 bytes each.

use serde::{Deserialize, Serialize};

use super::{DecidedPage, HeldPage, PageDecisions, PageShare};
use crate::base64::Base64Bytes;
use crate::identifiers::SubmissionId;
use crate::instant::UtcTime;

/// [`DecidedPage`] as it travels.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PageJson {
    number: u32,
    page: Base64Bytes,
    decisions: Base64Bytes,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    shares: Vec<ShareJson>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct ShareJson {
    submission: SubmissionId,
    decided_at: UtcTime,
    decisions: Base64Bytes,
}

impl From<DecidedPage> for PageJson {
    fn from(decided: DecidedPage) -> Self {
        let bytes = |decisions: &PageDecisions| Base64Bytes(decisions.as_bytes().to_vec());
        let share = |share: &PageShare| ShareJson {
            submission: share.submission,
            decided_at: share.decided_at,
            decisions: bytes(&share.decisions),
        };
        Self {
            number: decided.number,
            page: Base64Bytes(decided.page.encode()),
            decisions: bytes(&decided.decisions),
            shares: decided.shares.iter().map(share).collect(),
        }
    }
}

impl TryFrom<PageJson> for DecidedPage {
    type Error = String;

    fn try_from(json: PageJson) -> Result<Self, Self::Error> {
        let page = HeldPage::decode(&json.page.0).map_err(|error| error.to_string())?;
        let decode = |bytes: &Base64Bytes| {
            PageDecisions::decode(page.len(), &bytes.0).map_err(|error| error.to_string())
        };
        let share = |share: ShareJson| {
            Ok::<_, String>(PageShare {
                submission: share.submission,
                decided_at: share.decided_at,
                decisions: decode(&share.decisions)?,
            })
        };
        Ok(Self {
            number: json.number,
            decisions: decode(&json.decisions)?,
            shares: json
                .shares
                .into_iter()
                .map(share)
                .collect::<Result<_, _>>()?,
            page,
        })
    }
}
