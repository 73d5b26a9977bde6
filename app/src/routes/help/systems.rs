//! Systems that sign in by themselves: how an organisation gets one, what it does, and how it is stopped.

use super::{link, points, say, section_heading, steps, word};
use crate::address::{HelpTopic, PagePath};
use crate::components::{Column, table_below_heading, text_cell};
use crate::session::use_session;
use leptos::{html::*, prelude::*};
use sluice_shared::directory::{MachineScope, Route, routes};

pub(super) fn content() -> AnyView {
    div()
        .child((
            say("A gateway or a scheduler of yours can send files and follow them without anybody at a screen. It has a name, a client ID and a secret of its own, and does \
                 nothing in a person's name. No system signs, decides or keeps people: a file that it sends is signed by an Authorised Responsible Officer before."),
            section_heading("begin", "How your organisation gets one"),
            steps(vec![
                "Ask the DCC's service desk for a system: what it is called, and what it has to do.".into_any(),
                "Whoever keeps the sign-ins makes a client for it, and hands its client ID and its secret to whoever runs it.".into_any(),
                "A DCC administrator registers the client ID for your organisation, with what it may do, and a second one approves.".into_any(),
                ("From then on it is listed on ", link(PagePath::People, "People"), ", under ", strong().child("Systems"), ", with when it was last used.").into_any(),
            ]),
            section_heading("may", "What a system may do"),
            say("Each has what it needs of these, and no more. It asks for the scope when it signs in."),
            scopes(),
            section_heading("sends", "How it sends a file"),
            steps(vec![
                ("Sign the file as ", link(PagePath::HelpTopic(HelpTopic::Signing), "Signing"), " says under signing elsewhere.").into_any(),
                ("It gets a token for its client ID and secret from the token address of the sign-in service. What takes effect needs one of the last five minutes: a token for each file.").into_any(),
                ("It announces the file with ", word("POST /api/submissions"), ", and puts it where the answer says within five minutes.").into_any(),
                "It asks for the submission until there is an outcome, with pauses that grow, and fetches the receipt.".into_any(),
            ]),
            say((
                "Every address, field and problem is in the ",
                beside_the_api(routes::DOCS, "description of the API"),
                ", which programs read as ",
                beside_the_api(routes::OPENAPI, "OpenAPI"),
                ".",
            )),
            section_heading("refused", "When it is refused"),
            points(vec![
                (word("sign-in-needed"), ", ", word("sign-in-too-old"), ": get another token, and send the same request again with the same key.").into_any(),
                (word("not-registered"), ", ", word("scope-missing"), ": ask the DCC what is registered.").into_any(),
                (word("system-stopped"), ": somebody stopped it. Ask your administrator why, before anything else.").into_any(),
            ]),
            section_heading("stop", "Its secret may be in other hands"),
            say(("Your administrator stops it at once on ", link(PagePath::People, "People"), ", ", strong().child("Systems"), ". A DCC administrator can, too. Its tokens open nothing any more, and what it \
                 had begun to send is not taken. It does not come back: the DCC registers another one.")),
        ))
        .into_any()
}

/// A link to what anybody may fetch of the API.
fn beside_the_api(route: Route, text: &'static str) -> AnyView {
    let address = use_session().address_for_anybody(route);
    // It is no page of this application.
    let link = a().class("govuk-link").href(address).rel("external");
    link.child(text).into_any()
}

fn scopes() -> AnyView {
    let rows = MachineScope::ALL.into_iter();
    let rows = rows.map(|scope| vec![text_cell(scope.in_words()), text_cell(word(scope.as_str()))]);
    table_below_heading(
        "What a system may do, and the scope for it",
        &[Column::Text("It may"), Column::Text("Scope")],
        rows.collect(),
    )
}
