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
