//! The file and the signature that were sent, to download.

use crate::{
    api::{Api, ApiError, SubmissionDetail, calls, use_api},
    browser,
    components::busy_quiet_button,
    parts::{self, NotLoaded},
    session::use_session,
};
use leptos::prelude::*;
use sluice_shared::{
    directory::Permission,
    identifiers::{FileName, SubmissionId},
};
use std::{future::Future, pin::Pin};

type Downloading = Pin<Box<dyn Future<Output = Result<(), ApiError>>>>;

/// What there is to download of a submission, and for whom. Cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct SentFiles {
    api: Api,
    /// Whether there is anything, and the person may have it.
    open: bool,
    /// Why the last download failed.
    pub(super) failed: RwSignal<Option<ApiError>>,
}

impl SentFiles {
    pub(super) fn of(detail: &SubmissionDetail) -> Self {
        let may = use_session()
            .me()
            .is_some_and(|me| me.may(Permission::DownloadFiles));
        Self {
            api: use_api(),
            open: may && detail.file_kept,
            failed: RwSignal::new(None),
        }
    }

    /// The button that fetches the file. One that came inside its signature is fetched with it.
    pub(super) fn file(self, detail: &SubmissionDetail) -> Option<AnyView> {
        let (api, reference) = (self.api, detail.summary.reference);
        let words = if detail.enveloping {
            "Download the file, in its signature"
        } else {
            "Download the file"
        };
        self.button(words, move || Box::pin(download(api, reference)))
    }

    /// The button that fetches the signature that came beside the file.
    pub(super) fn signature(self, detail: &SubmissionDetail) -> Option<AnyView> {
        if detail.enveloping {
            return None;
        }
        let (api, reference) = (self.api, detail.summary.reference);
        let name = FileName::nearest(&format!("{}.p7s", detail.summary.file_name));
        self.button("Download the signature", move || {
            let name = name.clone();
            Box::pin(async move {
                let bytes = api.file(calls::sent_signature(reference)).await?;
                browser::download(name.as_str(), "application/pkcs7-signature", &bytes);
                Ok(())
            })
        })
    }

    fn button(
        self,
        words: &'static str,
        fetch: impl Fn() -> Downloading + 'static,
    ) -> Option<AnyView> {
        let failed = self.failed;
        let busy = RwSignal::new(false);
        let press = move |_| {
            failed.set(None);
            busy.set(true);
            let fetch = fetch();
            leptos::task::spawn_local(async move {
                let answer = fetch.await;
                // The page may have been left meanwhile, and the signals with it.
                let _ = busy.try_set(false);
                let _ = failed.try_set(answer.err());
            });
        };
        let said = move || if busy.get() { "Downloading…" } else { words };
        self.open
            .then(|| busy_quiet_button(said, move || busy.get(), press))
    }
}

/// Fetches the file and gives it to whoever asked.
async fn download(api: Api, reference: SubmissionId) -> Result<(), ApiError> {
    match parts::download().await {
        Ok(download) => download(api, reference).await,
        Err(NotLoaded) => Err(ApiError::refused(
            "The download did not start",
            "What fetches files could not be loaded. Check your network and try again. If Sluice was changed since you opened this page, \
             reload it.",
        )),
    }
}

/// For the door of its part alone.
pub(crate) fn download_here(api: Api, reference: SubmissionId) -> Downloading {
    Box::pin(async move {
        let (name, file) = api.sent_file(reference).await?;
        browser::download_blob(name.as_str(), file);
        Ok(())
    })
}
