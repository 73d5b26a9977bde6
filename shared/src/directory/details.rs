use serde::{Deserialize, Serialize};

use crate::identifiers::{ContactAddress, Eui64Range};

/// What is known of an organisation beside its name and its User IDs. Each may be absent, as of those that were registered before.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OrganisationDetails {
    /// Its Party Category under the Smart Energy Code.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub category: Option<PartyCategory>,
    /// The EUI-64s that were allocated to it: its User IDs lie in there.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub allocated: Option<Eui64Range>,
    /// Where it is told of what concerns all of it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub contact: Option<ContactAddress>,
}

/// A Party Category of the Smart Energy Code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum PartyCategory {
    /// A supplier with many customers.
    LargeSupplier,
    /// Any other supplier.
    SmallSupplier,
    /// A distributor of electricity.
    ElectricityNetwork,
    /// A transporter of gas.
    GasNetwork,
    /// Any other party.
    OtherParty,
}

impl PartyCategory {
    /// All of them, as a form lists them.
    pub const ALL: [Self; 5] = [
        Self::LargeSupplier,
        Self::SmallSupplier,
        Self::ElectricityNetwork,
        Self::GasNetwork,
        Self::OtherParty,
    ];

    /// In words.
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::LargeSupplier => "Large supplier",
            Self::SmallSupplier => "Small supplier",
            Self::ElectricityNetwork => "Electricity network",
            Self::GasNetwork => "Gas network",
            Self::OtherParty => "Other SEC party",
        }
    }
}
