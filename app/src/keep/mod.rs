//! What the page keeps in this browser: keys, drafts and decisions not yet submitted, in `IndexedDB`.
//!
//! Values are structured clones, so a `CryptoKey` that cannot be extracted, a `Blob` and a `Uint8Array` keep
//! their kind. Nothing here leaves this browser, and clearing the site's data removes all of it.

mod requests;

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{IdbDatabase, IdbObjectStore, IdbTransactionMode};

const DATABASE: &str = "sluice";
/// Raised whenever an object store is added; the upgrade creates those that are missing and keeps the others.
const VERSION: u32 = 1;

/// A group of kept values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ObjectStore {
    /// Signing keys with their certificates; the key is the person's id.
    Keys,
    /// Drafts of files on their way through the steps of sending.
    Drafts,
    /// The files of those drafts, apart, so that listing drafts reads no file.
    DraftFiles,
    /// Decisions on held communications that are not settled; the key is the person and the event, and the digest of the file for those
    /// that a file was written of.
    Decisions,
    /// Thresholds being written; the key is the person and the User ID, and `written` for those that a file was written of.
    Thresholds,
}

impl ObjectStore {
    const ALL: [Self; 5] = [
        Self::Keys,
        Self::Drafts,
        Self::DraftFiles,
        Self::Decisions,
        Self::Thresholds,
    ];

    const fn name(self) -> &'static str {
        match self {
            Self::Keys => "keys",
            Self::Drafts => "drafts",
            Self::DraftFiles => "draft-files",
            Self::Decisions => "decisions",
            Self::Thresholds => "thresholds",
        }
    }
}

/// The browser would not keep or give back a value: private windows, a full disk, or storage switched off.
#[derive(Clone, Debug, thiserror::Error)]
#[error("This browser did not keep what was asked: {0}. Private windows and full disks do that.")]
pub struct KeepError(String);

impl From<JsValue> for KeepError {
    fn from(value: JsValue) -> Self {
        let told = value
            .dyn_ref::<js_sys::Error>()
            .map(|error| String::from(error.message()));
        let told = told.or_else(|| {
            value
                .dyn_ref::<web_sys::DomException>()
                .map(web_sys::DomException::message)
        });
        Self(
            told.filter(|text| !text.is_empty())
                .unwrap_or_else(|| "no reason was given".to_owned()),
        )
    }
}

/// Asks the browser not to throw away what is kept here when disk space runs out. Some ask people first; whatever the answer, all goes on.
pub fn ask_to_persist() {
    let member = |of: &JsValue, name: &str| js_sys::Reflect::get(of, &JsValue::from_str(name)).ok();
    let storage = member(&js_sys::global(), "navigator")
        .and_then(|navigator| member(&navigator, "storage"))
        .unwrap_or_default();
    let asked = member(&storage, "persist")
        .and_then(|persist| persist.dyn_into::<js_sys::Function>().ok())
        .and_then(|persist| persist.call0(&storage).ok())
        .and_then(|promise| promise.dyn_into::<js_sys::Promise>().ok());
    if let Some(asked) = asked {
        wasm_bindgen_futures::spawn_local(async move {
            let _ = wasm_bindgen_futures::JsFuture::from(asked).await;
        });
    }
}

/// Keeps `value` under `key`, in place of what was there; returns when the browser has written it.
pub async fn put(place: ObjectStore, key: &str, value: &JsValue) -> Result<(), KeepError> {
    let (database, store) = open(place, IdbTransactionMode::Readwrite).await?;
    store.put_with_key(value, &JsValue::from_str(key))?;
    let outcome = requests::completed(&store.transaction()).await;
    database.close();
    outcome
}

/// What is kept under `key`.
pub async fn get(place: ObjectStore, key: &str) -> Result<Option<JsValue>, KeepError> {
    let (database, store) = open(place, IdbTransactionMode::Readonly).await?;
    let value = requests::settled(&store.get(&JsValue::from_str(key))?).await;
    database.close();
    value.map(|value| (!value.is_undefined()).then_some(value))
}

/// Removes what is kept under `key`; nothing there is no error.
pub async fn remove(place: ObjectStore, key: &str) -> Result<(), KeepError> {
    let (database, store) = open(place, IdbTransactionMode::Readwrite).await?;
    store.delete(&JsValue::from_str(key))?;
    let outcome = requests::completed(&store.transaction()).await;
    database.close();
    outcome
}

/// Every key of a place.
pub async fn keys(place: ObjectStore) -> Result<Vec<String>, KeepError> {
    let (database, store) = open(place, IdbTransactionMode::Readonly).await?;
    let keys = requests::settled(&store.get_all_keys()?).await;
    database.close();
    let keys = js_sys::Array::from(&keys?);
    Ok(keys.iter().filter_map(|key| key.as_string()).collect())
}

/// Every key and value of a place, by key.
pub async fn entries(place: ObjectStore) -> Result<Vec<(String, JsValue)>, KeepError> {
    let (database, store) = open(place, IdbTransactionMode::Readonly).await?;
    // Both requests are made before either is awaited: a transaction ends when it has nothing to do.
    let keys = store.get_all_keys()?;
    let values = store.get_all()?;
    let keys = requests::settled(&keys).await;
    let values = requests::settled(&values).await;
    database.close();
    let keys = js_sys::Array::from(&keys?);
    let values = js_sys::Array::from(&values?);
    Ok(keys
        .iter()
        .map(|key| key.as_string().unwrap_or_default())
        .zip(values.iter())
        .collect())
}

async fn open(
    place: ObjectStore,
    mode: IdbTransactionMode,
) -> Result<(IdbDatabase, IdbObjectStore), KeepError> {
    let database = requests::opened(DATABASE, VERSION, |database| {
        for place in ObjectStore::ALL {
            if !database.object_store_names().contains(place.name()) {
                database.create_object_store(place.name())?;
            }
        }
        Ok(())
    })
    .await?;
    let store = database
        .transaction_with_str_and_mode(place.name(), mode)?
        .object_store(place.name())?;
    Ok((database, store))
}
