//! What each function does in AWS, put together from the adapters, each of which names its own.
//!
//! A test holds the roles of `infra/template.yaml` to this table, another one this table to the calls that the functions make.
use crate::{function::Function, inbox, queue, receipts, stores};

pub use crate::need::{Need, Resource};

/// What Lambda itself does with the role of a function that queues feed.
const MESSAGES: &[Need] = &[
    taken_from(Resource::IntakeQueue),
    taken_from(Resource::DecisionsQueue),
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

impl Function {
    /// Everything that it does, and nothing else: each action with what it is on.
    pub fn needs(self) -> impl Iterator<Item = (&'static str, Resource)> {
        let adapters = [
            stores::ANNOUNCEMENTS_NEEDS,
            stores::SUBMISSIONS_NEEDS,
            stores::THRESHOLDS_NEEDS,
            stores::QUARANTINE_NEEDS,
            stores::DIRECTORY_NEEDS,
            stores::DECISIONS_NEEDS,
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
