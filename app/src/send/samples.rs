//! Sample files, on the local stack only.

use super::flow::Flow;
use crate::{
    api::http,
    components::{details, quiet_button, size},
};
use leptos::{html::*, prelude::*};
use serde::Deserialize;
use web_sys::Blob;

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
    let index = format!("{folder}index.json");
    leptos::task::spawn_local(async move {
        if let Ok(answer) = http::get(&index).await
            && let Ok(samples) = answer.json::<Samples>().await
        {
            let _ = all.try_set(samples.samples);
        }
    });
    details("Sample files to try", move || {
        let items: Vec<AnyView> = all
            .get()
            .into_iter()
            .map(|sample| item(flow, &folder, sample))
            .collect();
        ul().class("govuk-list govuk-list--spaced").child(items)
    })
}

fn item(flow: Flow, folder: &str, sample: Sample) -> AnyView {
    let address = format!("{folder}{}", sample.name);
    let take = {
        let (address, name) = (address.clone(), sample.name.clone());
        move |_| {
            let (address, name) = (address.clone(), name.clone());
            let turn = flow.begin();
            leptos::task::spawn_local(async move {
                let fetched = async { http::get(&address).await?.bytes().await };
                let fetched = fetched.await;
                if !flow.is(turn) {
                    return;
                }
                match fetched {
                    Ok(bytes) => {
                        let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(bytes.as_slice()));
                        if let Ok(file) = Blob::new_with_u8_array_sequence(&parts) {
                            super::choose::take_sample(flow, name, file).await;
                        }
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
