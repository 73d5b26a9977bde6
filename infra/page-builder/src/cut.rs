//! Cutting the compiled module at the functions that the page marks as doors to its parts (`app/src/parts.rs`).

use std::collections::BTreeMap;
use std::fmt::Display;
use std::fs;
use std::path::{Path, PathBuf};

use wasm_split_cli_support::Options;

use crate::bind::STEM;
use crate::share::{self, Sharing};
use crate::{host, merge, unused};

/// The script that loads the parts.
const LOADER: &str = "./parts.js";

/// Writes the parts of `compiled` and their script into `folder`, and says where the main module is, which wasm-bindgen has yet to see.
pub(crate) fn cut(compiled: &Path, folder: &Path) -> Result<PathBuf, String> {
    let said = |error: &dyn Display| format!("{}: {error}", compiled.display());
    let whole = fs::read(compiled).map_err(|error| said(&error))?;
    let whole = unused::without_classes(&whole)?;
    let main = folder.join("main.wasm");
    let bindings = format!("./{STEM}.js");
    let mut options = Options::new(&whole);
    options.output_dir = folder;
    options.main_out_path = &main;
    options.link_name = LOADER;
    options.main_module = &bindings;
    let cut =
        wasm_split_cli_support::transform(options).map_err(|error| said(&format!("{error:#}")))?;
    put_together(folder, &main, &cut.prefetch_map.into_iter().collect())?;
    Ok(main)
}

/// Makes fewer files of those that parts share.
fn put_together(
    folder: &Path,
    main: &Path,
    parts: &BTreeMap<String, Vec<String>>,
) -> Result<(), String> {
    let place = |file: &str| folder.join(format!("{file}.wasm"));
    let said = |path: &Path, error: std::io::Error| format!("{}: {error}", path.display());
    let mut modules = BTreeMap::new();
    let mut sizes = BTreeMap::new();
    for file in parts.values().flatten() {
        let module = fs::read(place(file)).map_err(|error| said(&place(file), error))?;
        sizes.insert(file.as_str(), merge::size(&module)?);
        modules.insert(file.as_str(), module);
    }
    let sharing = share::put_together(parts, |file| sizes.get(file).copied().unwrap_or_default());
    let guests = sharing.main.iter();
    let guests: Vec<Vec<u8>> = guests
        .filter_map(|file| modules.remove(file.as_str()))
        .collect();
    let host = fs::read(main).map_err(|error| said(main, error))?;
    fs::write(main, host::take_in(&host, &guests)?).map_err(|error| said(main, error))?;
    for file in &sharing.main {
        fs::remove_file(place(file)).map_err(|error| said(&place(file), error))?;
    }
    for shared in &sharing.files {
        let [first, others @ ..] = &shared.files[..] else {
            continue;
        };
        if others.is_empty() {
            continue;
        }
        let files = shared.files.iter();
        let merged: Vec<Vec<u8>> = files
            .filter_map(|file| modules.remove(file.as_str()))
            .collect();
        fs::write(place(first), merge::merge(&merged)?)
            .map_err(|error| said(&place(first), error))?;
        for other in others {
            fs::remove_file(place(other)).map_err(|error| said(&place(other), error))?;
        }
    }
    let loader = folder.join(LOADER);
    let script = fs::read_to_string(&loader).map_err(|error| said(&loader, error))?;
    fs::write(&loader, loading(&script, &sharing)?).map_err(|error| said(&loader, error))
}

/// The loader's script, in which what became one file is loaded as one, and what is in the main file not at all.
fn loading(script: &str, sharing: &Sharing) -> Result<String, String> {
    /// Between the function that fetches a file and the names of what has to be loaded with it.
    const NEEDS: &str = "\n, [";
    let mut script: String = script
        .lines()
        // Which parts share a file: of no use to a browser.
        .filter(|line| !(line.starts_with("/*") && line.ends_with("*/")))
        .flat_map(|line| [line, "\n"])
        .collect();
    // None: it is in the main file.
    let mut instead: BTreeMap<String, Option<String>> = BTreeMap::new();
    for file in &sharing.main {
        instead.insert(format!("__{file}"), None);
    }
    for shared in &sharing.files {
        for other in shared.files.iter().skip(1) {
            instead.insert(format!("__{other}"), Some(format!("__{}", shared.files[0])));
        }
    }
    for name in instead.keys() {
        const END: &str = ";\n}\n, []);\n";
        let begin = format!("const {name} = makeLoad(");
        let begin = script
            .find(&begin)
            .ok_or_else(|| format!("the script that loads the parts does not say `{begin}`"))?;
        let end = script[begin..]
            .find(END)
            .ok_or_else(|| format!("the script loads other files with `{name}`"))?;
        script.replace_range(begin..begin + end + END.len(), "");
    }
    let mut pieces = script.split(NEEDS);
    let mut written = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (names, rest) = piece
            .split_once(']')
            .ok_or("the script that loads the parts has a list without an end")?;
        let mut needed: Vec<&str> = Vec::new();
        for name in names.split(", ") {
            let name = match instead.get(name) {
                Some(Some(first)) => first,
                Some(None) => continue,
                None => name,
            };
            if !needed.contains(&name) {
                needed.push(name);
            }
        }
        written = [written.as_str(), NEEDS, &needed.join(", "), "]", rest].concat();
    }
    Ok(written)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::share::Shared;

    fn loader(file: &str) -> String {
        format!(
            "const __{file} = makeLoad(() => {{\n    const src = fetch(\"./{file}.wasm\");\n    return src;\n}}\n, []);\n"
        )
    }

    fn part_loader(needs: &str) -> String {
        format!(
            "export const part = wrap(makeLoad(() => {{\n    return fetch(\"./part.wasm\");\n}}\n, [{needs}]));\n"
        )
    }

    #[test]
    fn what_became_one_file_is_loaded_as_one_and_what_is_in_the_main_file_not_at_all() {
        let sharing = Sharing {
            main: vec!["chunk_4".to_owned()],
            files: vec![
                Shared::by_files(&["chunk_1", "chunk_3"]),
                Shared::by_files(&["chunk_2"]),
            ],
        };
        let script = [
            "/* a, b */\n",
            &loader("chunk_1"),
            &loader("chunk_2"),
            &loader("chunk_3"),
            &loader("chunk_4"),
            &part_loader("__chunk_1, __chunk_2, __chunk_3, __chunk_4"),
            &part_loader("__chunk_3"),
            &part_loader("__chunk_4"),
        ];
        let wanted = [
            loader("chunk_1"),
            loader("chunk_2"),
            part_loader("__chunk_1, __chunk_2"),
            part_loader("__chunk_1"),
            part_loader(""),
        ];
        assert_eq!(loading(&script.concat(), &sharing), Ok(wanted.concat()));
    }

    #[test]
    fn a_script_of_another_form_stops_the_build() {
        let sharing = Sharing {
            main: Vec::new(),
            files: vec![Shared::by_files(&["chunk_1", "chunk_3"])],
        };
        assert!(loading(&loader("chunk_1"), &sharing).is_err());
        assert!(loading("export {}", &sharing).is_err());
    }
}
