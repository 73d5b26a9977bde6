//! Sample files, on the local stack only.

use super::{draft::DraftFile, flow::Flow};
use crate::{
    api::{PageRequests, http, use_page_requests},
    browser,
    components::{details, quiet_button, size},
};
use leptos::{html::*, prelude::*};
use serde::Deserialize;

#[derive(Clone, Deserialize)]
struct Samples {
    samples: Vec<Sample>,
}

#[derive(Clone, Deserialize)]
struct Sample {
    name: String,
    title: String,
    expect: String,
    length: u64,
}

/// The samples with what to expect of each; nothing where there are none.
pub(super) fn samples(flow: Flow) -> AnyView {
    let Some(folder) = flow.session.config().samples else {
        return ().into_any();
    };
    let all = RwSignal::new(Vec::<Sample>::new());
    let (index, page) = (format!("{folder}index.json"), use_page_requests());
    leptos::task::spawn_local(async move {
        if let Ok(answer) = http::get(&index, page).await
            && let Ok(samples) = answer.json::<Samples>().await
        {
            let _ = all.try_set(samples.samples);
        }
    });
    details("Sample files to try", move || {
        let items: Vec<AnyView> = all
            .get()
            .into_iter()
            .map(|sample| item(flow, page, &folder, sample))
            .collect();
        ul().class("govuk-list govuk-list--spaced").child(items)
    })
}

fn item(flow: Flow, page: Option<PageRequests>, folder: &str, sample: Sample) -> AnyView {
    let address = format!("{folder}{}", sample.name);
    let take = {
        let (address, name) = (address.clone(), sample.name.clone());
        move |_| {
            let (address, name) = (address.clone(), name.clone());
            let turn = flow.begin();
            leptos::task::spawn_local(async move {
                let fetched = async { http::get(&address, page).await?.bytes().await };
                let fetched = fetched.await;
                if !flow.is(turn) {
                    return;
                }
                match fetched {
                    Ok(bytes) => {
                        let file = browser::file_of(&bytes);
                        let signature = None;
                        flow.choose(name, DraftFile { file, signature }, flow.replaces())
                            .await;
                    }
                    Err(error) => flow.problem.set(Some(error)),
                }
            });
        }
    };
    li().child((
        strong().child(sample.title.clone()),
        ". ",
        sample.expect,
        br(),
        a().class("govuk-link app-breakable")
            .href(address)
            .download("")
            .child(sample.name),
        format!(" ({}) · ", size(sample.length)),
        quiet_button(
            (
                "Choose",
                span()
                    .class("govuk-visually-hidden")
                    .child(format!(": {}", sample.title)),
            ),
            take,
        ),
    ))
    .into_any()
}
