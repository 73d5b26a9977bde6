//! The systems of the demonstration, which sign in by client credentials. One table: sign-in service and directory read it.

use sluice_shared::directory::MachineScope;

use super::people::Organisation;

/// A system of the demonstration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Machine {
    /// Its client id.
    pub id: &'static str,
    /// What it is called.
    pub name: &'static str,
    /// Whose it is.
    pub organisation: Organisation,
    /// What it is registered for; without any, it can sign in and is registered nowhere yet.
    pub scopes: &'static [MachineScope],
}

/// All of them.
pub const MACHINES: [Machine; 3] = [
    Machine {
        id: "supplier-gateway",
        name: "Supplier gateway",
        organisation: Organisation::LargeSupplier,
        scopes: &[
            MachineScope::ReadSubmissions,
            MachineScope::SendFiles,
            MachineScope::ReadQuarantine,
        ],
    },
    Machine {
        id: "supplier-forecast",
        name: "Supplier forecast",
        organisation: Organisation::LargeSupplier,
        scopes: &[],
    },
    Machine {
        id: "dcc-monitor",
        name: "DCC monitor",
        organisation: Organisation::Dcc,
        scopes: &[
            MachineScope::ReadSubmissions,
            MachineScope::ReadThresholds,
            MachineScope::ReadQuarantine,
        ],
    },
];

impl Machine {
    /// The system with this client id.
    pub fn find(id: &str) -> Option<&'static Self> {
        MACHINES.iter().find(|machine| machine.id == id)
    }

    /// The secret that it signs in with. Everybody can read it here: it opens a demonstration on one machine, and nothing else.
    pub fn secret(&self) -> String {
        format!("{}-demo-secret", self.id)
    }
}
