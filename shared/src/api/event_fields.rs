use serde::Deserialize;

use super::QuarantineEventView;
use crate::identifiers::{Eui64, OrganisationId, QuarantineEventRef, Srv, SubmissionId};
use crate::instant::UtcTime;
use crate::quarantine::{Breach, Counts, Deadline, QuarantineEvent, SrvCounts};

/// A quarantine event as it stands in JSON: its fields beside those of its view, and the counts of a service beside its name. Read as what is
/// spread in another, each would be kept first and then be read anew, for which the page would carry a second copy of their readers.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct EventFields {
    reference: QuarantineEventRef,
    user_id: Eui64,
    organisation: OrganisationId,
    breach: Breach,
    quarantined_at: UtcTime,
    pages: u32,
    counts: Counts,
    by_srv: Vec<SrvFields>,
    deciding_for: Option<SubmissionId>,
    organisation_name: String,
    due_at: UtcTime,
    listed_at: UtcTime,
    deadline: Deadline,
}

#[derive(Deserialize)]
struct SrvFields {
    srv: Srv,
    held: u64,
    release: u64,
    delete: u64,
}

impl From<EventFields> for QuarantineEventView {
    fn from(fields: EventFields) -> Self {
        let by_srv = fields.by_srv.into_iter().map(|of| SrvCounts {
            srv: of.srv,
            counts: Counts {
                held: of.held,
                release: of.release,
                delete: of.delete,
            },
        });
        Self {
            event: QuarantineEvent {
                reference: fields.reference,
                user_id: fields.user_id,
                organisation: fields.organisation,
                breach: fields.breach,
                quarantined_at: fields.quarantined_at,
                pages: fields.pages,
                counts: fields.counts,
                by_srv: by_srv.collect(),
                deciding_for: fields.deciding_for,
            },
            organisation_name: fields.organisation_name,
            due_at: fields.due_at,
            listed_at: fields.listed_at,
            deadline: fields.deadline,
        }
    }
}
