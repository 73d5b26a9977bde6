//! The tab's own storage: small texts that outlive a reload of this tab, and nothing secret but the one-time sign-in proof. Signing out
//! forgets them all.

use web_sys::Storage;

fn session_storage() -> Option<Storage> {
    super::window().session_storage().ok().flatten()
}

/// Reads a text.
pub fn get(key: &str) -> Option<String> {
    session_storage()?.get_item(key).ok().flatten()
}

/// Keeps a text for this tab. Where storage is refused (private windows), the text is lost with the page.
pub fn set(key: &str, value: &str) {
    if let Some(storage) = session_storage() {
        let _ = storage.set_item(key, value);
    }
}

/// Between two texts of a list. Nobody types it into a field.
const BETWEEN: &str = "\0";

/// Reads a list of texts; none, where nothing is kept.
pub fn get_list(key: &str) -> Vec<String> {
    let kept = get(key).filter(|kept| !kept.is_empty());
    kept.map_or_else(Vec::new, |kept| {
        kept.split(BETWEEN).map(str::to_owned).collect()
    })
}

/// Keeps a list of texts for this tab, as [`set`] does.
pub fn set_list(key: &str, texts: &[String]) {
    set(key, &texts.join(BETWEEN));
}

/// Forgets all.
pub fn clear() {
    if let Some(storage) = session_storage() {
        let _ = storage.clear();
    }
}

/// Forgets a text and returns it.
pub fn take(key: &str) -> Option<String> {
    let value = get(key)?;
    session_storage()?.remove_item(key).ok()?;
    Some(value)
}
