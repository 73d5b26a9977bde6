//! What each function does in AWS, put together from the adapters, each of which names its own.
//!
//! A test holds the roles of `infra/template.yaml` to this table, another one this table to the calls that the functions make.
use crate::{function::Function, inbox, queue, receipts, schema, stores};

pub use crate::need::{Need, Resource};

/// What Lambda itself does with the role of a function that queues feed.
const MESSAGES: &[Need] = &[
    taken_from(Resource::IntakeQueue),
    taken_from(Resource::DecisionsQueue),
    taken_from(Resource::RequestsQueue),
];

const fn taken_from(on: Resource) -> Need {
    Need {
        by: &[Function::Intake],
        actions: &[
            "sqs:ReceiveMessage",
            "sqs:DeleteMessage",
            "sqs:GetQueueAttributes",
        ],
        on,
    }
}

/// What Lambda itself does with every function's role.
const LOG: &[&str] = &["logs:CreateLogStream", "logs:PutLogEvents"];

/// Whose rights a function does something with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rights {
    /// Those of its own role.
    OwnRole,
    /// Those of the tenants' role, which `api` takes on for one organisation at a time.
    TenantRole,
}

/// What `api` asks of the directory before it knows whose rights to take on, and how somebody is called who is of another organisation.
const OF_PEOPLE: (&str, Resource) = ("dynamodb:GetItem", Resource::Table(schema::DIRECTORY));

impl Function {
    /// What it does with these rights, and nothing else: each action with what it is on.
    pub fn needs_by(self, rights: Rights) -> impl Iterator<Item = (&'static str, Resource)> {
        let is_api = self == Self::Api;
        let by_tenants_role =
            move |on: Resource| is_api && matches!(on, Resource::Table(_) | Resource::Index(..));
        let needs = self.needs();
        let needs =
            needs.filter(move |(_, on)| by_tenants_role(*on) == (rights == Rights::TenantRole));
        let also = [OF_PEOPLE, ("sts:AssumeRole", Resource::TenantRole)];
        let also = also.into_iter();
        needs.chain(also.filter(move |_| is_api && rights == Rights::OwnRole))
    }

    /// Everything that it does, and nothing else, whosever rights it does it with: each action with what it is on.
    pub fn needs(self) -> impl Iterator<Item = (&'static str, Resource)> {
        let adapters = [
            stores::ANNOUNCEMENTS_NEEDS,
            stores::SUBMISSIONS_NEEDS,
            stores::THRESHOLDS_NEEDS,
            stores::QUARANTINE_NEEDS,
            stores::DIRECTORY_NEEDS,
            stores::DECISIONS_NEEDS,
            stores::REQUESTS_NEEDS,
            stores::ACTIVITY_NEEDS,
            stores::REVIEWING_NEEDS,
            inbox::NEEDS,
            queue::NEEDS,
            receipts::NEEDS,
            MESSAGES,
        ];
        let named = adapters
            .into_iter()
            .flatten()
            .filter(move |need| need.by.contains(&self))
            .flat_map(|need| need.actions.iter().map(|action| (*action, need.on)));
        named.chain(LOG.iter().map(move |action| (*action, Resource::Log(self))))
    }

    /// Whether it signs receipts: then it has their key, and nobody else has.
    pub fn signs_receipts(self) -> bool {
        self.needs().any(|(_, on)| on == Resource::ReceiptKey)
    }
}
