//! Asking the API as a system does.

use http::{Method, StatusCode};
use serde_json::Value;
use sluice_local::demo::machines::Machine;
use sluice_local::demo::people::Organisation;
use sluice_shared::directory::{self, Entrance, MachineScope, MachineScopes};
use sluice_testing::Client;

use super::World;

/// The supplier's system: sends, reads submissions and quarantine.
pub(crate) const GATEWAY: &str = "supplier-gateway";
/// The supplier's, which nobody has registered.
pub(crate) const FORECAST: &str = "supplier-forecast";
/// The DCC's.
pub(crate) const MONITOR: &str = "dcc-monitor";

impl World {
    /// A token of a system, with these scopes, whatever it is registered for.
    pub(crate) fn machine_token(&self, id: &str, scopes: &[MachineScope]) -> String {
        let machine = Machine::find(id).unwrap();
        self.stack.identity().machine_token(machine, scopes, 600)
    }

    /// The API as a system with all scopes in its token asks it, at its entrance.
    pub(crate) fn machine(&self, id: &str) -> Client {
        let token = self.machine_token(id, &MachineScope::ALL);
        let entrance = match Machine::find(id).unwrap().organisation {
            Organisation::Dcc => Entrance::Staff,
            Organisation::LargeSupplier | Organisation::NetworkOperator => Entrance::Users,
        };
        Client::in_process(self.router(), token).at(entrance)
    }

    /// Registers a system of the demonstration for these scopes, past every rule.
    pub(crate) async fn register_machine(&self, id: &str, scopes: &[MachineScope]) {
        let known = Machine::find(id).unwrap();
        let machine = directory::Machine {
            id: id.parse().unwrap(),
            name: known.name.parse().unwrap(),
            organisation: known.organisation.id().parse().unwrap(),
            scopes: MachineScopes::parse(scopes).unwrap(),
            registered_at: self.now(),
            registered_by: (&self.registered("dcc-admin-1").await.unwrap()).into(),
            stopped: None,
        };
        let directory = &self.backend.directory;
        directory.put_machine_as_it_is(&machine).await.unwrap();
    }

    /// A system as the directory knows it.
    pub(crate) async fn registered_machine(&self, id: &str) -> Option<directory::Machine> {
        let organisation = Machine::find(id).unwrap().organisation.id();
        let (organisation, id) = (organisation.parse().unwrap(), id.parse().unwrap());
        let directory = &self.backend.directory;
        directory.machine_of(&organisation, &id).await.unwrap()
    }
}

/// What somebody is answered, whatever it is.
pub(crate) async fn answered(
    client: &Client,
    method: Method,
    path: &str,
    body: Option<&Value>,
) -> (StatusCode, Value) {
    let key = [("idempotency-key", "asked-by-a-system")];
    let body = body.map_or_else(Vec::new, |body| body.to_string().into_bytes());
    let answer = client.send_raw(method, path, &key, body).await.unwrap();
    let json = serde_json::from_slice(answer.body()).unwrap_or(Value::Null);
    (answer.status(), json)
}
