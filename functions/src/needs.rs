//! What each function does in AWS, put together from the adapters, each of which names its own.
//!
//! A test holds the roles of `infra/template.yaml` to this table, another one this table to the calls that the functions make.
use std::fmt;

use crate::{
    inbox, queue, receipts,
    stores::{self, schema},
};

/// A function of the template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Function {
    /// Answers people.
    Api,
    /// Checks and records what they send.
    Intake,
}

/// What an action is on; its text names it as the template does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resource {
    /// A table.
    Table(schema::Table),
    /// An index of a table.
    Index(schema::Table, schema::Index),
    /// Every object of the inbox.
    Uploads,
    /// The queue that feeds `intake`.
    Queue,
    /// The key that encrypts uploads; S3 uses it with the rights of whoever calls S3.
    DataKey,
    /// The key that signs receipts.
    ReceiptKey,
    /// The function's own log.
    Log(Function),
}

/// Actions on one resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Need {
    /// What is done, as IAM names it.
    pub actions: &'static [&'static str],
    /// On what.
    pub on: Resource,
}

/// What the functions do by one adapter.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Needs {
    pub(crate) api: &'static [Need],
    pub(crate) intake: &'static [Need],
}

/// What Lambda itself does with a function's role: it writes the log, and takes messages for `intake`.
const LAMBDA: Needs = Needs {
    api: &[Need {
        actions: &["logs:CreateLogStream", "logs:PutLogEvents"],
        on: Resource::Log(Function::Api),
    }],
    intake: &[
        Need {
            actions: &["logs:CreateLogStream", "logs:PutLogEvents"],
            on: Resource::Log(Function::Intake),
        },
        Need {
            actions: &[
                "sqs:ReceiveMessage",
                "sqs:DeleteMessage",
                "sqs:GetQueueAttributes",
            ],
            on: Resource::Queue,
        },
    ],
};

/// Everything that a function does, and nothing else.
pub fn of(function: Function) -> impl Iterator<Item = (&'static str, Resource)> {
    [
        stores::SUBMISSIONS_NEEDS,
        stores::THRESHOLDS_NEEDS,
        stores::QUARANTINE_NEEDS,
        stores::DIRECTORY_NEEDS,
        inbox::NEEDS,
        queue::NEEDS,
        receipts::NEEDS,
        LAMBDA,
    ]
    .into_iter()
    .flat_map(move |needs| match function {
        Function::Api => needs.api,
        Function::Intake => needs.intake,
    })
    .flat_map(|need| need.actions.iter().map(|action| (*action, need.on)))
}

impl fmt::Display for Resource {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Table(table) => write!(out, "{}.Arn", table.logical_id()),
            Self::Index(table, index) => {
                write!(out, "{}.Arn/index/{}", table.logical_id(), index.name)
            }
            Self::Uploads => out.write_str("InboxBucket.Arn/*"),
            Self::Queue => out.write_str("IntakeQueue.Arn"),
            Self::DataKey => out.write_str("DataKey.Arn"),
            Self::ReceiptKey => out.write_str("ReceiptKey.Arn"),
            Self::Log(Function::Api) => out.write_str("ApiLogs.Arn"),
            Self::Log(Function::Intake) => out.write_str("IntakeLogs.Arn"),
        }
    }
}
