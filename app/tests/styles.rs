//! The style sheet has every class of govuk-frontend that the page uses: the list in `styles/main.scss` is the page's own.
#![allow(clippy::unwrap_used, missing_docs)]

use std::{collections::BTreeSet, fs, path::Path};

fn app() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn sources(folder: &Path, text: &mut String) {
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, text);
        } else {
            text.push_str(&fs::read_to_string(&path).expect("text"));
        }
    }
}

/// The words that begin like this in the sources of the page.
fn words(prefix: &str) -> BTreeSet<String> {
    let mut text = fs::read_to_string(app().join("index.html")).expect("the page has an index");
    sources(&app().join("src"), &mut text);
    let part_of_a_word = |c: char| c.is_ascii_alphanumeric() || "-_!".contains(c);
    text.split(|c: char| !part_of_a_word(c))
        .filter(|word| word.starts_with(prefix))
        .map(str::to_owned)
        .collect()
}

fn style(name: &str) -> String {
    fs::read_to_string(app().join("styles").join(name)).expect("a file of styles")
}

/// What is no component: typography, lists and links, the frame's objects.
const OTHERS: [&str; 14] = [
    "body",
    "body-l",
    "body-s",
    "button-group",
    "form-group",
    // The library itself, in comments.
    "frontend",
    "heading-l",
    "heading-m",
    "heading-s",
    "link",
    "list",
    "main-wrapper",
    "template",
    "width-container",
];

#[test]
fn every_component_that_the_page_uses_is_in_its_styles() {
    let main = style("main.scss");
    let named = |name: &str| main.contains(&format!("govuk/components/{name}\""));
    let missing: Vec<String> = words("govuk-")
        .into_iter()
        .map(|class| class["govuk-".len()..].to_owned())
        .filter(|class| !class.starts_with('!') && !class.starts_with("visually-hidden"))
        .map(|class| {
            let block = class.split("__").next().unwrap_or_default();
            block.split("--").next().unwrap_or_default().to_owned()
        })
        .filter(|block| !block.is_empty() && !OTHERS.contains(&block.as_str()) && !named(block))
        .collect();
    assert_eq!(
        missing,
        <[String; 0]>::default(),
        "add them to styles/main.scss"
    );
}

#[test]
fn every_override_of_a_space_that_the_page_uses_is_in_its_styles() {
    let spacing = style("_spacing.scss");
    let missing: Vec<String> = words("govuk-!")
        .into_iter()
        .filter(|class| !spacing.contains(&format!(".{}", class.replace('!', "\\!"))))
        .collect();
    assert_eq!(
        missing,
        <[String; 0]>::default(),
        "add them to styles/_spacing.scss"
    );
}
