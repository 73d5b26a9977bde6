//! A file on its way through the steps, kept in this browser until the service has settled it.

use crate::{
    address::{Link, PagePath, Parameter},
    browser,
    components::{Order, now},
    keep::{self, KeepError, ObjectStore},
};
use js_sys::{Object, Reflect, Uint8Array};
use serde::{Deserialize, Serialize};
use sluice_shared::{
    files::FileKind,
    identifiers::{FileName, PersonId, SubmissionId},
    instant::UtcTime,
    json::read_json,
};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Blob;

/// How far a draft has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// No file yet.
    Choose,
    /// The file is being read, or has errors.
    Check,
    /// What it changes is shown.
    Changes,
    /// It waits for a signature.
    Sign,
    /// It waits to be sent, or is on its way.
    Send,
}

impl Step {
    /// The id of the step's heading on the page.
    pub const fn heading_id(self) -> &'static str {
        match self {
            Self::Choose => "step-choose",
            Self::Check => "step-check",
            Self::Changes => "step-changes",
            Self::Sign => "step-sign",
            Self::Send => "step-send",
        }
    }
}

/// What is known of a draft without its file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Draft {
    /// Names it in this browser.
    pub id: String,
    /// Whose it is: people who share a browser do not see each other's drafts.
    pub person: PersonId,
    /// The name of the file.
    pub file_name: String,
    /// Its size in bytes.
    pub length: u64,
    /// Which file it is; none before it was read.
    pub kind: Option<FileKind>,
    /// What people say that it is, where neither its content nor its name does.
    #[serde(default)]
    pub said_to_be: Option<FileKind>,
    /// What the file was called where it was chosen, if it cannot be sent under that name.
    #[serde(default)]
    pub called: Option<String>,
    /// How far it has come.
    pub step: Step,
    /// True once there is a signature, made here or elsewhere.
    pub signed: bool,
    /// When it was last changed.
    pub changed_at: UtcTime,
    /// The earlier submission that it corrects.
    pub replaces: Option<SubmissionId>,
    /// The service-management request that it belongs to, as typed.
    pub service_request: String,
    /// Sent with the start of the submission, so that starting twice starts once. New whenever the contents change.
    pub idempotency_key: String,
    /// The submission, once it was started.
    pub submission: Option<SubmissionId>,
    /// The submission by which it was checked without effect, last.
    #[serde(default)]
    pub check: Option<SubmissionId>,
}

/// The contents of a draft.
#[derive(Clone, Debug)]
pub(super) struct DraftFile {
    /// The file as it was chosen: CSV, or `.p7m`.
    pub file: Blob,
    /// The detached signature, made here or elsewhere.
    pub signature: Option<Vec<u8>>,
}

/// A name that is not guessed: 128 random bits.
pub(super) fn random_name() -> String {
    format!("{:032x}", u128::from_be_bytes(browser::random_bytes()))
}

impl Draft {
    /// A draft of a file that was just chosen.
    pub fn new(person: PersonId, file_name: &str, length: u64) -> Self {
        let name = FileName::nearest(file_name).to_string();
        Self {
            id: random_name(),
            person,
            called: (name != file_name).then(|| file_name.to_owned()),
            file_name: name,
            length,
            kind: None,
            said_to_be: None,
            step: Step::Check,
            signed: false,
            changed_at: now(),
            replaces: None,
            service_request: String::new(),
            idempotency_key: random_name(),
            submission: None,
            check: None,
        }
    }

    /// Says that what would be sent is no longer the same: the next start is another submission.
    pub fn changed(&mut self) {
        self.changed_at = now();
        self.idempotency_key = random_name();
        self.submission = None;
        self.check = None;
    }

    /// The page that goes on with it.
    pub fn link(&self) -> Link {
        PagePath::Send.with(Parameter::Draft, self.id.as_str())
    }

    /// Keeps what is known of it. Its file is kept by [`save_file`].
    pub async fn save(&self) -> Result<(), KeepError> {
        let text = serde_json::to_string(self).unwrap_or_default();
        keep::put(ObjectStore::Drafts, &self.id, &JsValue::from_str(&text)).await
    }
}

/// Keeps the contents of the draft `id`. Some browsers keep no [`Blob`] in private windows; its bytes they do.
pub(super) async fn save_file(id: &str, contents: &DraftFile) -> Result<(), KeepError> {
    if keep_file(id, &contents.file, contents.signature.as_deref())
        .await
        .is_ok()
    {
        return Ok(());
    }
    let bytes = browser::bytes_of(&contents.file).await?;
    let bytes = Uint8Array::from(bytes.as_slice());
    keep_file(id, &bytes, contents.signature.as_deref()).await
}

async fn keep_file(id: &str, file: &JsValue, signature: Option<&[u8]>) -> Result<(), KeepError> {
    let value = Object::new();
    Reflect::set(&value, &"file".into(), file)?;
    if let Some(signature) = signature {
        Reflect::set(&value, &"signature".into(), &Uint8Array::from(signature))?;
    }
    keep::put(ObjectStore::DraftFiles, id, &value).await
}

fn parse_file(contents: &JsValue) -> Option<Blob> {
    let file = Reflect::get(contents, &"file".into()).ok()?;
    match file.dyn_into::<Blob>() {
        Ok(file) => Some(file),
        Err(bytes) => {
            let bytes = bytes.dyn_into::<Uint8Array>().ok()?;
            Some(browser::file_of(&bytes.to_vec()))
        }
    }
}

/// The draft `id` of this person with its contents, if this browser has it.
pub(super) async fn load(
    id: &str,
    person: &PersonId,
) -> Result<Option<(Draft, DraftFile)>, KeepError> {
    let (Some(draft), Some(contents)) = (
        keep::get(ObjectStore::Drafts, id).await?,
        keep::get(ObjectStore::DraftFiles, id).await?,
    ) else {
        return Ok(None);
    };
    let Some(draft) = parse_draft(&draft).filter(|draft| draft.person == *person) else {
        return Ok(None);
    };
    let Some(file) = parse_file(&contents) else {
        return Ok(None);
    };
    let signature = Reflect::get(&contents, &"signature".into())?
        .dyn_into::<Uint8Array>()
        .ok();
    Ok(Some((
        draft,
        DraftFile {
            file,
            signature: signature.map(|bytes| bytes.to_vec()),
        },
    )))
}

/// All drafts of this person, the one changed last first.
pub async fn all(person: &PersonId) -> Result<Vec<Draft>, KeepError> {
    let kept = keep::entries(ObjectStore::Drafts).await?;
    let mut drafts: Vec<Draft> = kept
        .iter()
        .filter_map(|(_, value)| parse_draft(value))
        .collect();
    drafts.retain(|draft| draft.person == *person);
    Order::down("changed").sort(&mut drafts, |draft| draft.changed_at);
    Ok(drafts)
}

/// Removes a draft and its contents.
pub async fn remove(id: &str) -> Result<(), KeepError> {
    keep::remove(ObjectStore::Drafts, id).await?;
    keep::remove(ObjectStore::DraftFiles, id).await
}

fn parse_draft(value: &JsValue) -> Option<Draft> {
    read_json(&value.as_string()?).ok()
}

/// Takes a file that was written in the page (decisions, thresholds) on its way: keeps it as a draft, and returns the
/// link to the page that checks, signs and sends it.
pub async fn hand_over(
    person: &PersonId,
    file_name: &str,
    bytes: &[u8],
) -> Result<Link, KeepError> {
    let file = browser::file_of(bytes);
    let draft = Draft::new(person.clone(), file_name, bytes.len() as u64);
    save_file(
        &draft.id,
        &DraftFile {
            file,
            signature: None,
        },
    )
    .await?;
    draft.save().await?;
    Ok(draft.link())
}
