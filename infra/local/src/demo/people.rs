//! The organisations and people of the demonstration. One table: sign-in page, directory and demo PKI read it.

/// An organisation of the demonstration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Organisation {
    /// Import and gas supplier.
    LargeSupplier,
    /// Electricity distributor.
    NetworkOperator,
    /// The Data Communications Company.
    Dcc,
}

impl Organisation {
    /// In the order in which pages show them.
    pub const ALL: [Self; 3] = [Self::LargeSupplier, Self::NetworkOperator, Self::Dcc];

    /// As the directory knows it.
    pub const fn id(self) -> &'static str {
        match self {
            Self::LargeSupplier => "large-supplier",
            Self::NetworkOperator => "network-operator",
            Self::Dcc => "dcc",
        }
    }

    /// As people read it; the `O` of its certificates.
    pub const fn name(self) -> &'static str {
        match self {
            Self::LargeSupplier => "Large Supplier",
            Self::NetworkOperator => "Network Operator",
            Self::Dcc => "DCC",
        }
    }
}

/// What a person of the demonstration is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Signs files off, and may send them.
    Aro,
    /// Sends files that an ARO signed.
    Submitter,
    /// Decides on risky files.
    Reviewer,
    /// Watches what comes in.
    Operator,
    /// Keeps the organisation's people.
    OrganisationAdmin,
    /// Keeps organisations and people.
    DccAdmin,
    /// Can sign in, and is registered nowhere yet.
    Newcomer,
}

impl Part {
    /// What the person can do, in a sentence for the sign-in page.
    pub const fn can(self) -> &'static str {
        match self {
            Self::Aro => {
                "Signs files with a key of their own and sends them. Decides held communications and writes thresholds."
            }
            Self::Submitter => "Checks and sends files that an ARO has signed elsewhere.",
            Self::Reviewer => {
                "Sees the evidence of risky files, and accepts or refuses them, signed with a key of their own."
            }
            Self::Operator => {
                "Sees submissions, held communications and thresholds of every organisation."
            }
            Self::OrganisationAdmin => "Invites, changes and removes the organisation's people.",
            Self::Newcomer => {
                "Is not registered yet: the page says so, and what to tell the organisation's administrator."
            }
            Self::DccAdmin => {
                "Registers organisations and people, and approves what the other administrator asks for, signed with a key of their own."
            }
        }
    }
}

/// A person of the demonstration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Person {
    /// The `sub` of their tokens, and their id in the directory.
    pub id: &'static str,
    /// A role word: no one real.
    pub name: &'static str,
    /// Whom they work for.
    pub organisation: Organisation,
    /// What they do there.
    pub part: Part,
}

/// Everyone, in the order in which the sign-in page shows them.
pub const PEOPLE: [Person; 13] = [
    person(
        "supplier-aro-1",
        "Supplier ARO 1",
        Organisation::LargeSupplier,
        Part::Aro,
    ),
    person(
        "supplier-aro-2",
        "Supplier ARO 2",
        Organisation::LargeSupplier,
        Part::Aro,
    ),
    person(
        "supplier-submitter",
        "Supplier submitter",
        Organisation::LargeSupplier,
        Part::Submitter,
    ),
    person(
        "supplier-admin",
        "Supplier administrator",
        Organisation::LargeSupplier,
        Part::OrganisationAdmin,
    ),
    person(
        "supplier-newcomer",
        "Supplier newcomer",
        Organisation::LargeSupplier,
        Part::Newcomer,
    ),
    person(
        "network-aro-1",
        "Network ARO 1",
        Organisation::NetworkOperator,
        Part::Aro,
    ),
    person(
        "network-aro-2",
        "Network ARO 2",
        Organisation::NetworkOperator,
        Part::Aro,
    ),
    person(
        "network-submitter",
        "Network submitter",
        Organisation::NetworkOperator,
        Part::Submitter,
    ),
    person(
        "reviewer-1",
        "DCC reviewer 1",
        Organisation::Dcc,
        Part::Reviewer,
    ),
    person(
        "reviewer-2",
        "DCC reviewer 2",
        Organisation::Dcc,
        Part::Reviewer,
    ),
    person(
        "dcc-operator",
        "DCC operator",
        Organisation::Dcc,
        Part::Operator,
    ),
    person(
        "dcc-admin-1",
        "DCC administrator 1",
        Organisation::Dcc,
        Part::DccAdmin,
    ),
    person(
        "dcc-admin-2",
        "DCC administrator 2",
        Organisation::Dcc,
        Part::DccAdmin,
    ),
];

const fn person(
    id: &'static str,
    name: &'static str,
    organisation: Organisation,
    part: Part,
) -> Person {
    Person {
        id,
        name,
        organisation,
        part,
    }
}

impl Person {
    /// The person with this id.
    pub fn find(id: &str) -> Option<&'static Self> {
        PEOPLE.iter().find(|person| person.id == id)
    }

    /// Whether the first start registers them.
    pub fn is_registered(&self) -> bool {
        self.part != Part::Newcomer
    }

    /// What their certificates say whom they belong to (RFC 4514); none: they sign nothing.
    pub fn signer_subject(&self) -> Option<String> {
        matches!(self.part, Part::Aro | Part::Reviewer | Part::DccAdmin)
            .then(|| format!("CN={},O={},C=GB", self.name, self.organisation.name()))
    }
}
