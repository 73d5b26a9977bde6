//! Lists from indexes, page by page. They may be a moment behind.
use aws_sdk_dynamodb::{
    operation::query::QueryOutput, operation::query::builders::QueryFluentBuilder,
};

use super::{
    Cursor, List, StoreError,
    item::{Item, TableClient, text},
};

/// A part of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Page<T> {
    /// What it holds.
    pub items: Vec<T>,
    /// Where the list goes on; `None` at its end.
    pub next: Option<Cursor>,
}

impl<T> Page<T> {
    /// What an answer holds, each item by `read`.
    pub(super) fn from_answer(
        answer: QueryOutput,
        read: impl Fn(&Item) -> Result<T, StoreError>,
    ) -> Result<Self, StoreError> {
        Ok(Self {
            items: answer
                .items
                .unwrap_or_default()
                .iter()
                .map(read)
                .collect::<Result<_, _>>()?,
            next: Cursor::after(answer.last_evaluated_key),
        })
    }
}

impl TableClient {
    /// Asks for at most `limit` items of a list, from `cursor` on.
    pub(super) fn list_page(
        &self,
        list: &List,
        limit: i32,
        cursor: Option<Cursor>,
    ) -> QueryFluentBuilder {
        self.client
            .query()
            .table_name(&self.name)
            .index_name(list.index.name)
            .key_condition_expression("#partition = :partition")
            .expression_attribute_names("#partition", list.index.partition)
            .expression_attribute_values(":partition", text(&list.partition))
            .scan_index_forward(list.oldest_first)
            .limit(limit)
            .set_exclusive_start_key(cursor.map(|cursor| cursor.start_key(list)))
    }
}
