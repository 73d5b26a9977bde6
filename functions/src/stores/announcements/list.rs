use super::{Announcement, Announcements, listed_at, partition_of};
use crate::{
    schema,
    stores::{
        Cursor, List, Page, StoreError,
        item::{Item, key_of, read_record, read_text},
    },
};

impl Announcements {
    /// A part of a list, in the order of that of submissions. What cannot be read, or stands where it does not belong, is left out: one
    /// item that somebody forged must not take the list from everybody.
    pub async fn list_page(
        &self,
        list: &List,
        limit: i32,
        cursor: Option<Cursor>,
    ) -> Result<Page<Announcement>, StoreError> {
        let answer = self
            .table
            .list_page(list, limit, cursor)
            .send()
            .await
            .map_err(|error| StoreError::aws("list announcements", &error))?;
        let page = Page::from_answer(answer, |item| Ok(listed(item)))?;
        Ok(Page {
            items: page.items.into_iter().flatten().collect(),
            next: page.next,
        })
    }
}

fn listed(item: &Item) -> Option<Announcement> {
    let announcement = match read_record::<Announcement>(item) {
        Ok(announcement) => announcement,
        Err(error) => {
            tracing::warn!(%error, "an announcement is left out of a list");
            return None;
        }
    };
    let stands_at = (
        read_text(item, "pk"),
        read_text(item, schema::BY_ORGANISATION.partition),
        read_text(item, schema::BY_ORGANISATION.sort),
    );
    let listed = listed_at(announcement.started_at, &announcement.id);
    let pk = partition_of(&announcement);
    let belongs = (
        Some(pk.as_str()),
        Some(announcement.organisation.as_str()),
        Some(&*listed),
    );
    if stands_at != belongs {
        tracing::warn!(item = %key_of(item), "an announcement is left out of a list where it does not belong");
        return None;
    }
    Some(announcement)
}
