use sluice_shared::{identifiers::SubmissionId, instant::UtcTime};

/// Where a submission stands in lists, in whichever table it is: two tables are one list by it.
///
/// Milliseconds with leading zeros sort as text; RFC 3339 with and without a fraction does not.
pub(crate) fn listed_at(started_at: UtcTime, id: &SubmissionId) -> String {
    format!("{:015}#{id}", started_at.unix_millis())
}
