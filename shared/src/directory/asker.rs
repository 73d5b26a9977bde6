use super::{Entrance, Machine, MachineScope, Permission, Person, PersonRef, PersonRole};
use crate::identifiers::{OrganisationId, PersonId};

/// Who asks something of the service: somebody, or something that an organisation runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asker {
    /// A person.
    Person(Person),
    /// A system.
    Machine(MachineAsker),
}

/// A system, as far as it is let by its registration and by the token that it came with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MachineAsker {
    machine: Machine,
    in_token: Vec<MachineScope>,
}

impl MachineAsker {
    /// With the scopes that its token says.
    pub const fn new(machine: Machine, in_token: Vec<MachineScope>) -> Self {
        Self { machine, in_token }
    }

    /// The system.
    pub const fn machine(&self) -> &Machine {
        &self.machine
    }

    /// What it may use: what it is registered for, what its token says, and what systems of its organisation can have, whatever is registered. One that was
    /// stopped may use nothing.
    pub fn scopes(&self) -> Vec<MachineScope> {
        let Machine {
            scopes,
            organisation,
            stopped,
            ..
        } = &self.machine;
        let scopes = scopes.as_slice().iter().copied();
        let used = |scope: &MachineScope| {
            self.in_token.contains(scope) && scope.is_for(organisation) && stopped.is_none()
        };
        scopes.filter(used).collect()
    }

    /// Whether it may do something. What needs no role needs some scope: a token without any is for something else.
    fn may(&self, permission: Permission) -> bool {
        let scopes = self.scopes();
        match permission {
            Permission::Anyone | Permission::SignedIn => !scopes.is_empty(),
            _ => permission
                .scope()
                .is_some_and(|scope| scopes.contains(&scope)),
        }
    }
}

impl Asker {
    /// By which they are named.
    pub const fn id(&self) -> &PersonId {
        match self {
            Self::Person(person) => &person.id,
            Self::Machine(asker) => asker.machine.id.as_person_id(),
        }
    }

    /// Where they belong.
    pub const fn organisation(&self) -> &OrganisationId {
        match self {
            Self::Person(person) => &person.organisation,
            Self::Machine(asker) => &asker.machine.organisation,
        }
    }

    /// Whether they may do something.
    pub fn may(&self, permission: Permission) -> bool {
        match self {
            Self::Person(person) => person.may(permission),
            Self::Machine(asker) => asker.may(permission),
        }
    }

    /// Whether they are of the DCC, and so are answered at the entrance of staff.
    pub fn is_dcc(&self) -> bool {
        match self {
            Self::Person(person) => person.is_dcc(),
            Self::Machine(asker) => asker.machine.organisation.is_dcc(),
        }
    }

    /// Whether they may see what belongs to an organisation.
    pub fn sees(&self, organisation: &OrganisationId) -> bool {
        self.organisation() == organisation || self.is_dcc()
    }

    /// The entrance at which they are answered.
    pub fn entrance(&self) -> Entrance {
        if self.is_dcc() {
            Entrance::Staff
        } else {
            Entrance::Users
        }
    }

    /// The person; `None` for a system.
    pub const fn person(&self) -> Option<&Person> {
        match self {
            Self::Person(person) => Some(person),
            Self::Machine(_) => None,
        }
    }

    /// What a person is registered for; a system has no roles.
    pub fn roles(&self) -> Vec<PersonRole> {
        match self {
            Self::Person(person) => person.roles_that_count().collect(),
            Self::Machine(_) => Vec::new(),
        }
    }

    /// What a system may use; a person has no scopes.
    pub fn scopes(&self) -> Vec<MachineScope> {
        match self {
            Self::Person(_) => Vec::new(),
            Self::Machine(asker) => asker.scopes(),
        }
    }
}

impl From<&Asker> for PersonRef {
    fn from(asker: &Asker) -> Self {
        match asker {
            Asker::Person(person) => person.into(),
            Asker::Machine(asker) => asker.machine().into(),
        }
    }
}
