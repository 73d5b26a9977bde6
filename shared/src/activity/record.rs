use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use super::{About, Act, ActivityOutcome, Recorder};
use crate::directory::{MachineScope, PersonRef, PersonRole};
use crate::identifiers::{CorrelationId, OrganisationId};
use crate::instant::UtcTime;

/// One line of the record of an organisation's activity. It is written once and never changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ActivityRecord {
    /// When.
    pub at: UtcTime,
    /// Which function recorded it, and so where it was done.
    pub recorder: Recorder,
    /// Whose record it is in: of whoever acted, and of everybody whose data it was about.
    pub organisation: OrganisationId,
    /// Who acted, as they were called then; absent where nobody did.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub person: Option<PersonRef>,
    /// Where that person belonged.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub person_organisation: Option<OrganisationId>,
    /// What that person was registered for.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub roles: Vec<PersonRole>,
    /// What it was let do, where a system acted.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub scopes: Vec<MachineScope>,
    /// What was done, or wanted.
    pub act: Act,
    /// What it was about.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub about: Vec<About>,
    /// What came of it.
    pub outcome: ActivityOutcome,
    /// Where the request came from, in the network, as the entrance of the API saw it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub address: Option<IpAddr>,
    /// The name of the request in the logs.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub correlation_id: Option<CorrelationId>,
}

impl ActivityRecord {
    /// What the columns of the list as a file are called.
    pub const HEADINGS: [&'static str; 13] = [
        "Time (UTC)",
        "Organisation",
        "Person",
        "Person's ID",
        "Person's organisation",
        "Roles",
        "What",
        "About",
        "Outcome",
        "Reason",
        "Where",
        "Network address",
        "Correlation ID",
    ];

    /// One line of it.
    pub fn cells(&self) -> Vec<String> {
        fn text<T: ToString>(value: Option<&T>) -> String {
            value.map(T::to_string).unwrap_or_default()
        }
        let person = self.person.as_ref();
        let roles = self.roles.iter().map(|role| role.in_words());
        let scopes = self.scopes.iter().map(|scope| scope.as_str());
        let about = self.about.iter().map(ToString::to_string);
        vec![
            self.at.to_string(),
            self.organisation.to_string(),
            text(person.map(|person| &person.name)),
            text(person.map(|person| &person.id)),
            text(self.person_organisation.as_ref()),
            roles.chain(scopes).collect::<Vec<_>>().join(", "),
            self.act.in_words().to_owned(),
            about.collect::<Vec<_>>().join(", "),
            self.outcome.name().in_words().to_owned(),
            text(self.outcome.code().as_ref()),
            self.recorder.in_words().to_owned(),
            text(self.address.as_ref()),
            text(self.correlation_id.as_ref()),
        ]
    }
}
