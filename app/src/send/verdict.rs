//! The verdict on a file, worked out beforehand: by the service's own function, in the worker, over what the service knows now.

use crate::{
    api::{Api, ApiError, Me, calls, parse_json},
    browser, parts,
    service::{self, Service},
    worker::{self, Asked, Checked, Judged, Task, WorkerError},
};
use futures::{StreamExt, TryStreamExt, stream};
use js_sys::ArrayBuffer;
use sluice_shared::{
    files::{FileKind, Sender},
    finding::Findings,
    identifiers::QuarantineEventRef,
};
use std::{future::Future, pin::Pin};

/// Pages asked for at a time.
const AT_ONCE: usize = 4;

/// What is known beforehand of what the service will say.
#[derive(Clone, Debug)]
pub enum Verdict {
    /// All of it, if nothing changes until then.
    Judged(Box<Judged>),
    /// Nothing: the service gave no answer to judge by. It judges the file itself when it arrives.
    Unknown(ApiError),
    /// The file has errors of its own, so the service need not be asked.
    AtFault,
}

impl Verdict {
    /// What was judged.
    pub fn judged(&self) -> Option<&Judged> {
        match self {
            Self::Judged(judged) => Some(judged),
            Self::Unknown(_) | Self::AtFault => None,
        }
    }
}

/// Judges a file that was read. With the verdict goes all that is wrong with the file.
pub(super) async fn judge_file(
    api: Api,
    file: &Checked,
    service: &Service,
) -> Result<(Verdict, Findings), WorkerError> {
    // What is in force can turn an error of an ADT file into another one; of an exit file that is at fault it can say nothing.
    if file.read_as == FileKind::ExitQuarantine && !file.findings.is_acceptable() {
        return Ok((Verdict::AtFault, file.findings.clone()));
    }
    let answers = match known(api, file).await {
        Ok(answers) => answers,
        Err(error) => return Ok((Verdict::Unknown(error), file.findings.clone())),
    };
    let task = Task::Judge {
        file: file.id,
        profile: Box::new((*service.profile).clone()),
        now: service.now(),
    };
    let asked = Asked {
        answers,
        ..Asked::from(&task)
    };
    let mut judged: Judged = worker::ask(asked, |_| ()).await?;
    let findings = std::mem::take(&mut judged.findings);
    Ok((Verdict::Judged(Box::new(judged)), findings))
}

/// What the service knows that the verdict rests on. It stays as it came: the worker reads it.
async fn known(api: Api, file: &Checked) -> Result<Vec<ArrayBuffer>, ApiError> {
    let digest = file.content_sha256;
    match file.read_as {
        FileKind::Adt => Ok(vec![api.buffer(calls::known_for_adt(digest)).await?]),
        FileKind::ExitQuarantine => {
            let events = file.events.iter().copied();
            let known = api.buffer(calls::known_for_exit(digest, events)).await?;
            let pages = pages(api, &known).await?;
            Ok(std::iter::once(known).chain(pages).collect())
        }
    }
}

/// Of what is known of events, as much as it takes to ask for their pages. The worker reads the rest.
#[derive(serde::Deserialize)]
struct Pages {
    events: Vec<EventPages>,
}

#[derive(serde::Deserialize)]
struct EventPages {
    reference: QuarantineEventRef,
    pages: u32,
}

/// The pages of the events in an answer, in their order.
async fn pages(api: Api, known: &ArrayBuffer) -> Result<Vec<ArrayBuffer>, ApiError> {
    let known: Pages = parse_json(known).map_err(ApiError::Unreadable)?;
    let pages = known.events.iter().flat_map(|event| {
        let reference = event.reference;
        (0..event.pages).map(move |page| api.buffer(calls::communications(reference, page)))
    });
    stream::iter(pages).buffered(AT_ONCE).try_collect().await
}

/// A verdict, with all that is wrong.
pub type WrittenVerdict = Result<(Verdict, Findings), WorkerError>;

/// The verdict on a file that was written in the page and not signed yet. Ends whatever else the worker does.
pub async fn judge_written(api: Api, me: Me, file_name: String, bytes: Vec<u8>) -> WrittenVerdict {
    match parts::judge().await {
        Ok(judge) => judge(api, me, file_name, bytes).await,
        Err(_) => Err(WorkerError::Failed(
            "the part that judges files could not be loaded".into(),
        )),
    }
}

/// For the door of its part alone.
pub(crate) fn judge_written_here(
    api: Api,
    me: Me,
    file_name: String,
    bytes: Vec<u8>,
) -> Pin<Box<dyn Future<Output = WrittenVerdict>>> {
    Box::pin(async move { judge_bytes(api, &me, &file_name, &bytes).await })
}

async fn judge_bytes(api: Api, me: &Me, file_name: &str, bytes: &[u8]) -> WrittenVerdict {
    let service = service::ask(api).await;
    let file = browser::file_of(bytes);
    worker::stop();
    let task = Task::Check {
        file_name: file_name.to_owned(),
        said_to_be: None,
        sender: sender(me),
        profile: Box::new((*service.profile).clone()),
        now: service.now(),
    };
    let asked = Asked {
        file: Some(&file),
        ..Asked::from(&task)
    };
    let file: Checked = worker::ask(asked, |_| ()).await?;
    judge_file(api, &file, &service).await
}

/// Who sends, to a reader of files.
pub(super) fn sender(me: &Me) -> Sender {
    Sender {
        organisation: me.organisation.id.clone(),
        user_ids: me.organisation.user_ids.clone(),
    }
}
