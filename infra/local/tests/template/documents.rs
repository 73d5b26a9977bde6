//! What the documents point to exists: every relative link, every path from the root in code marks, and every test named behind one
//! (`file::name`).

use std::fs;
use std::path::{Path, PathBuf};

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn documents() -> Vec<PathBuf> {
    let mut found = Vec::new();
    for folder in ["", "infra", "infra/decisions"] {
        for entry in fs::read_dir(root().join(folder)).expect("the folder is there") {
            let path = entry.expect("the folder can be listed").path();
            if path.extension().is_some_and(|extension| extension == "md") {
                found.push(path);
            }
        }
    }
    assert!(found.len() > 15, "{found:?}");
    found
}

/// The targets of `[words](target)` that are files here.
fn links(text: &str) -> impl Iterator<Item = &str> {
    text.split("](")
        .skip(1)
        .filter_map(|rest| rest.split_once(')').map(|(target, _)| target))
        .filter(|target| !target.contains("://") && !target.starts_with('#'))
}

/// Code marks that are a path from the root: they begin with the name of a folder that is there. Patterns and placeholders are none.
fn paths(text: &str) -> impl Iterator<Item = &str> {
    const FOLDERS: [&str; 6] = ["shared/", "functions/", "app/", "infra/", "e2e/", ".ci/"];
    text.split('`')
        .skip(1)
        .step_by(2)
        .filter(|code| FOLDERS.iter().any(|folder| code.starts_with(folder)))
        .filter(|code| !code.contains([' ', '*', '{', '<', '…', '\n']))
        // Kept out of the repository on purpose: a deployer's own certificates.
        .filter(|code| !code.starts_with("infra/trust/"))
}

#[test]
fn what_a_document_points_to_exists() {
    for document in documents() {
        let text = fs::read_to_string(&document).expect("a document is text");
        let folder = document.parent().expect("a file is in a folder");
        for link in links(&text) {
            let file = link.split('#').next().unwrap_or_default();
            assert!(
                folder.join(file).exists(),
                "{}: there is no {link}",
                document.display()
            );
        }
        for path in paths(&text) {
            let (file, named) = path.split_once("::").unwrap_or((path, ""));
            let there = root().join(file);
            let is_there = if named.is_empty() {
                there.exists()
            } else {
                fs::read_to_string(&there).is_ok_and(|code| code.contains(&format!("fn {named}(")))
            };
            assert!(is_there, "{}: there is no {path}", document.display());
        }
    }
}

#[test]
fn decision_records_are_numbered_without_a_gap_and_dated() {
    let mut names: Vec<PathBuf> = documents()
        .into_iter()
        .filter(|path| {
            path.parent()
                .is_some_and(|folder| folder.ends_with("decisions"))
        })
        .collect();
    names.sort();
    for (index, path) in names.iter().enumerate() {
        let number = index + 1;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        assert!(name.starts_with(&format!("{number:04}-")), "{name}");
        let text = fs::read_to_string(path).expect("a record is text");
        let mut lines = text.lines();
        assert!(
            lines
                .next()
                .is_some_and(|line| line.starts_with(&format!("# {number}. "))),
            "{name}"
        );
        let date = lines.nth(1).unwrap_or_default();
        assert!(
            date.split(';')
                .next()
                .is_some_and(|day| day.ends_with(" 2026") || day.ends_with(" 2027")),
            "{name}: {date}"
        );
    }
}
