//! The way of a file.

use super::{link, points, say, section_heading, steps};
use crate::{address::PagePath, components::counted};
use leptos::{html::*, prelude::*};
use sluice_shared::profile::Profile;

pub(super) fn content(profile: &Profile) -> AnyView {
    let upload = &profile.upload;
    div()
        .child((
            steps(vec![
                (strong().child("Choose."), " A file that you wrote, one that was signed elsewhere, or one that the page writes: ", link(PagePath::Thresholds, "thresholds"), " or ", link(PagePath::Quarantine, "decisions"), ".").into_any(),
                (strong().child("Check."), " The page reads the file on your computer and lists everything that is wrong, by line. Nothing has left your computer yet.").into_any(),
                (strong().child("See what will change."), " Thresholds: old and new side by side, big changes marked. Decisions: how many are released, deleted, kept held. And whether a reviewer will decide first, and why.").into_any(),
                (strong().child("Sign."), " In the page with your key, unless the file came signed.").into_any(),
                (strong().child("Send."), " The file goes straight to the DCC's storage, by an address that works for this one file and for ", counted(u64::from(upload.valid_minutes), "minute", "minutes"), ". If the network drops, send again: nothing is sent twice.").into_any(),
                (strong().child("Check without effect, if you like."), " Beside Send: the service checks the file and its signature the same way, and says what it would do. Nothing takes effect, and there is no receipt.").into_any(),
                (strong().child("Outcome."), " You see the reference, what happened, and a receipt signed by the DCC to keep.").into_any(),
            ]),
            say("You can leave at any step. Drafts are kept in this browser and listed on the first page."),
            section_heading("outcomes", "Outcomes"),
            points(vec![
                (strong().child("Accepted"), ": it has taken effect.").into_any(),
                (strong().child("Needs review"), ": it is in order, but risky by a rule that you are shown. A DCC reviewer accepts or refuses it, with a reason. The reviewer may ask you something first: the question stands on Overview and on the submission’s page, where a submitter or an ARO answers it. Until then nothing has changed.").into_any(),
                (strong().child("Rejected"), ": something in the file or its signature is wrong. Every reason is listed by line. Correct the file and send it again; the earlier attempt stays in view.").into_any(),
                (strong().child("Refused"), ": a reviewer decided against it. You see the reason.").into_any(),
                (strong().child("Checked only"), ": it was checked without effect, and was not sent. Nothing has changed.").into_any(),
                (strong().child("Expired"), ": the file never arrived. Send it again.").into_any(),
            ]),
            section_heading("who", "Who may do what"),
            points(vec![
                "Submitters and AROs send files. AROs sign them. Who signs and who sends may be two people.".into_any(),
                "Everybody in your organisation who is registered sees its submissions, thresholds and held communications. Nobody from another User does.".into_any(),
                "Thresholds are sensitive: whoever knows them can stay just below. They are in no notification and no log.".into_any(),
            ]),
        ))
        .into_any()
}
