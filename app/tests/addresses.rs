//! Paths of the page and of the API are written in one place each, and nowhere by hand.
#![allow(clippy::unwrap_used, missing_docs)]

use std::{
    fs,
    path::{Path, PathBuf},
};

/// All sources of the page, by their path from `src`.
fn sources() -> Vec<(String, String)> {
    fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect(&path, files);
            } else {
                files.push(path);
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&root, &mut files);
    let name = |file: &Path| file.strip_prefix(&root).unwrap().display().to_string();
    files
        .iter()
        .map(|file| (name(file), fs::read_to_string(file).unwrap()))
        .collect()
}

/// Texts in a source that begin like a path: `"/` and a letter.
fn paths(source: &str) -> impl Iterator<Item = &str> {
    source.split("\"/").skip(1).filter_map(|rest| {
        let text = rest.split('"').next()?;
        text.starts_with(|first: char| first.is_ascii_alphabetic())
            .then_some(text)
    })
}

#[test]
fn no_path_is_written_by_hand() {
    let by_hand: Vec<String> = sources()
        .iter()
        .filter(|(name, _)| name != "address/path_test.rs")
        .flat_map(|(name, source)| paths(source).map(move |path| format!("{name}: /{path}")))
        .collect();
    // A file beside the page, which says where the API is.
    assert_eq!(by_hand, ["config.rs: /config.json"]);
}

#[test]
fn the_api_is_asked_in_one_place() {
    let with = |text: &str| -> Vec<String> {
        sources()
            .into_iter()
            .filter(|(_, source)| source.contains(text))
            .map(|(name, _)| name)
            .collect()
    };
    // Who is signed in decides at which entrance they are answered…
    assert_eq!(with("config().api"), ["session/mod.rs"]);
    assert_eq!(with("config.api"), Vec::<String>::new());
    // …and one file asks there.
    assert_eq!(with(".api_address()"), ["api/client.rs"]);
}
