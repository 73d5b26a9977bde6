//! What is printed once everything runs.

use std::fmt::Write as _;
use std::path::Path;

use crate::demo::people::{Organisation, PEOPLE};
use crate::urls::Urls;

/// The one address, the people, what to try first.
pub fn text(urls: &Urls, state: &Path) -> String {
    let mut out = format!(
        "\nSluice runs:  {}/\n\nSign in as one of (no passwords; this machine only):\n",
        urls.page
    );
    for organisation in Organisation::ALL {
        let people = PEOPLE
            .iter()
            .filter(|person| person.organisation == organisation);
        let names = people
            .map(|person| format!("{} ({})", person.name, person.id))
            .collect::<Vec<_>>();
        let _ = writeln!(out, "  {:<17} {}", organisation.name(), names.join(", "));
    }
    let _ = write!(
        out,
        "\nTry first:\n\
         \x20 1. As Supplier ARO 1: make a signing key, then send a sample file (Help has them to download).\n\
         \x20 2. Quarantine, event 1201: release or delete three held communications.\n\
         \x20 3. Send the risky thresholds file, then decide on it as DCC reviewer 1 in a private window,\n\
         \x20    with a signing key of that reviewer's own.\n\n\
         State is in {}. Ctrl-C stops; --fresh starts over.\n\n",
        state.display(),
    );
    out
}
