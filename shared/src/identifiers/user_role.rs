//! User Roles.

use std::fmt;

use super::text_form;

/// The capacity in which a User ID acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UserRole {
    /// IS: Import Supplier.
    ImportSupplier,
    /// ES: Export Supplier.
    ExportSupplier,
    /// GS: Gas Supplier.
    GasSupplier,
    /// RSA: Registered Supplier Agent.
    RegisteredSupplierAgent,
    /// ED: Electricity Distributor.
    ElectricityDistributor,
    /// GT: Gas Transporter.
    GasTransporter,
    /// OU: Other User.
    OtherUser,
    /// MDR: Meter Data Retriever.
    MeterDataRetriever,
    /// LC: Load Controller.
    LoadController,
}

/// Why a text is not a User Role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("is not one of IS, ES, GS, RSA, ED, GT, OU, MDR, LC")]
pub struct UserRoleError;

impl UserRole {
    /// Every role, in the order in which the field lists them.
    pub const ALL: [Self; 9] = [
        Self::ImportSupplier,
        Self::ExportSupplier,
        Self::GasSupplier,
        Self::RegisteredSupplierAgent,
        Self::ElectricityDistributor,
        Self::GasTransporter,
        Self::OtherUser,
        Self::MeterDataRetriever,
        Self::LoadController,
    ];

    /// Reads the short form, such as `IS`.
    pub fn parse(text: &str) -> Result<Self, UserRoleError> {
        Self::ALL
            .into_iter()
            .find(|role| role.as_str() == text)
            .ok_or(UserRoleError)
    }

    /// The short form, such as `IS`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ImportSupplier => "IS",
            Self::ExportSupplier => "ES",
            Self::GasSupplier => "GS",
            Self::RegisteredSupplierAgent => "RSA",
            Self::ElectricityDistributor => "ED",
            Self::GasTransporter => "GT",
            Self::OtherUser => "OU",
            Self::MeterDataRetriever => "MDR",
            Self::LoadController => "LC",
        }
    }

    /// The name in words, such as "Import Supplier".
    pub const fn name(self) -> &'static str {
        match self {
            Self::ImportSupplier => "Import Supplier",
            Self::ExportSupplier => "Export Supplier",
            Self::GasSupplier => "Gas Supplier",
            Self::RegisteredSupplierAgent => "Registered Supplier Agent",
            Self::ElectricityDistributor => "Electricity Distributor",
            Self::GasTransporter => "Gas Transporter",
            Self::OtherUser => "Other User",
            Self::MeterDataRetriever => "Meter Data Retriever",
            Self::LoadController => "Load Controller",
        }
    }
}

impl fmt::Display for UserRole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

text_form!(
    UserRole,
    UserRoleError,
    "A User Role, by its short form",
    "IS",
    "^(IS|ES|GS|RSA|ED|GT|OU|MDR|LC)$"
);
