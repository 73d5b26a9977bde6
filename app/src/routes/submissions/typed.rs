//! Texts that somebody has typed and not sent: in this tab's storage, until they are sent or whoever typed them signs out, so that neither a
//! reload nor a sign-in that ended loses them.

use crate::browser::storage;
use crate::session::use_session;
use leptos::prelude::*;

const KEY: &str = "sluice.typed-texts";
/// Texts that stand for one: whose, what for, as typed.
const TEXTS: usize = 3;

/// A text that is typed for something, as it was left; what is typed from now on is kept. `what` is the same for the same field of the same
/// page.
pub(crate) fn typed_text(what: String) -> RwSignal<String> {
    let me = use_session().me();
    let person = me.map(|me| me.person.id.to_string()).unwrap_or_default();
    let texts = storage::get_list(KEY);
    let kept = texts
        .chunks_exact(TEXTS)
        .find(|texts| texts[0] == person && texts[1] == what)
        .map(|texts| texts[2].clone());
    let text = RwSignal::new(kept.unwrap_or_default());
    Effect::watch(
        move || text.get(),
        move |now, _, _| keep(&person, &what, now),
        false,
    );
    text
}

/// For a text that was sent: also where its page was left meanwhile.
pub(crate) fn forget_typed(what: &str) {
    storage::set_list(KEY, &without(what, None));
}

fn keep(person: &str, what: &str, text: &str) {
    let mut kept = without(what, Some(person));
    if !text.is_empty() {
        kept.extend([person, what, text].map(str::to_owned));
    }
    storage::set_list(KEY, &kept);
}

/// All that is kept for something else, of one person or of all.
fn without(what: &str, person: Option<&str>) -> Vec<String> {
    let texts = storage::get_list(KEY);
    texts
        .chunks_exact(TEXTS)
        .filter(|texts| texts[1] != what && person.is_none_or(|person| texts[0] == person))
        .flatten()
        .cloned()
        .collect()
}
