//! How an adapter says what it does in AWS, and for which functions.
use std::fmt;

use crate::{
    function::Function,
    schema::{Index, Table},
};

/// What an action is on; its text names it as the template does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resource {
    /// A table.
    Table(Table),
    /// An index of a table.
    Index(Table, Index),
    /// Every object of the inbox.
    Uploads,
    /// The queue by which storage and `intake` itself feed `intake`.
    IntakeQueue,
    /// The queue by which `review` does.
    DecisionsQueue,
    /// The queue by which `api` and `review` tell of changes of the directory.
    RequestsQueue,
    /// The key that encrypts uploads; S3 uses it with the rights of whoever calls S3.
    DataKey,
    /// The key that signs receipts.
    ReceiptKey,
    /// The role that `api` takes on for each organisation.
    TenantRole,
    /// The function's own log.
    Log(Function),
}

/// Actions of some functions on one resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Need {
    /// Who does it.
    pub by: &'static [Function],
    /// What is done, as IAM names it.
    pub actions: &'static [&'static str],
    /// On what.
    pub on: Resource,
}

impl fmt::Display for Resource {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Table(table) => write!(out, "{}.Arn", table.logical_id()),
            Self::Index(table, index) => {
                write!(out, "{}.Arn/index/{}", table.logical_id(), index.name)
            }
            Self::Uploads => out.write_str("InboxBucket.Arn/*"),
            Self::IntakeQueue => out.write_str("IntakeQueue.Arn"),
            Self::DecisionsQueue => out.write_str("DecisionsQueue.Arn"),
            Self::RequestsQueue => out.write_str("RequestsQueue.Arn"),
            Self::DataKey => out.write_str("DataKey.Arn"),
            Self::ReceiptKey => out.write_str("ReceiptKey.Arn"),
            Self::TenantRole => out.write_str("TenantRole.Arn"),
            Self::Log(function) => write!(out, "{}.Arn", function.log_id()),
        }
    }
}
