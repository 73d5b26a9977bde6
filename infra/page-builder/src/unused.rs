//! What libraries give to JavaScript and no script of the page asks for. A class that is exported stays, with all that it reaches, however little of
//! its library is used: it is taken out before the module is cut.

use wasm_encoder::{CustomSection, ExportSection, Module, RawSection, reencode::Reencode};
use wasmparser::{Parser, Payload};

use crate::merge::{said, unlike};

/// Classes of `wasm-streams`, by which Rust's streams become JavaScript's. Leptos has the library for server functions, of which there are none here.
const CLASSES: [&str; 3] = [
    "IntoUnderlyingByteSource",
    "IntoUnderlyingSink",
    "IntoUnderlyingSource",
];

/// In which wasm-bindgen finds what is to be exported and imported, and how.
const BINDINGS: &str = "__wasm_bindgen_unstable";

/// The module without those classes.
pub(crate) fn without_classes(module: &[u8]) -> Result<Vec<u8>, String> {
    let mut left = Module::new();
    for payload in Parser::new(0).parse_all(module) {
        match payload.map_err(|error| said(&error))? {
            Payload::ExportSection(section) => {
                let mut exports = ExportSection::new();
                for export in section {
                    let export = export.map_err(|error| said(&error))?;
                    if !is_of_class(export.name) {
                        wasm_encoder::reencode::RoundtripReencoder
                            .parse_export(&mut exports, export)
                            .map_err(|error| said(&error))?;
                    }
                }
                left.section(&exports);
            }
            Payload::CustomSection(section) if section.name() == BINDINGS => {
                left.section(&CustomSection {
                    name: BINDINGS.into(),
                    data: bindings_left(section.data())?.into(),
                });
            }
            payload => {
                if let Some((id, range)) = payload.as_section() {
                    let start = usize::try_from(range.start).map_err(|error| said(&error))?;
                    let end = usize::try_from(range.end).map_err(|error| said(&error))?;
                    let data = module.get(start..end);
                    let data = data.ok_or_else(|| unlike("a section lies outside of it"))?;
                    left.section(&RawSection { id, data });
                }
            }
        }
    }
    Ok(left.finish())
}

/// wasm-bindgen exports `class_method` in small letters, `__wbg_class_free`, and beside them what describes both.
fn is_of_class(name: &str) -> bool {
    let mut classes = CLASSES.into_iter().map(str::to_lowercase);
    classes.any(|class| name.contains(&format!("{class}_")))
}

/// Pairs of a version and a program, each after its length. A program is of one item of one crate.
fn bindings_left(mut pairs: &[u8]) -> Result<Vec<u8>, String> {
    let mut left = Vec::with_capacity(pairs.len());
    while !pairs.is_empty() {
        let whole = pairs;
        let (_version, program);
        (_version, pairs) = after_length(pairs)?;
        (program, pairs) = after_length(pairs)?;
        let names = |class: &str| {
            let mut places = program.windows(class.len());
            places.any(|place| place == class.as_bytes())
        };
        if !CLASSES.into_iter().any(names) {
            left.extend_from_slice(&whole[..whole.len() - pairs.len()]);
        }
    }
    Ok(left)
}

fn after_length(bytes: &[u8]) -> Result<(&[u8], &[u8]), String> {
    let split = bytes.split_first_chunk::<4>().and_then(|(length, rest)| {
        let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
        rest.split_at_checked(length)
    });
    split.ok_or_else(|| unlike("what wasm-bindgen noted ends in the middle"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(program: &str) -> Vec<u8> {
        let mut pair = Vec::new();
        for text in ["version", program] {
            pair.extend(u32::try_from(text.len()).unwrap_or_default().to_le_bytes());
            pair.extend(text.as_bytes());
        }
        pair
    }

    #[test]
    fn the_programs_of_other_items_are_left_as_they_are() {
        let (ours, theirs) = (pair("\0jspi_task_poll"), pair("\x14IntoUnderlyingSource"));
        let all = [ours.as_slice(), &theirs, &ours].concat();
        assert_eq!(bindings_left(&all), Ok([ours.as_slice(), &ours].concat()));
        assert!(bindings_left(&all[..all.len() - 1]).is_err());
    }

    #[test]
    fn only_what_is_of_a_class_is_not_exported() {
        for name in [
            "intounderlyingsource_pull_58a9338f50bce61c",
            "__wbg_intounderlyingbytesource_free",
            "__wbindgen_describe_intounderlyingsink_write",
        ] {
            assert!(is_of_class(name), "{name}");
        }
        for name in ["main", "__wbg_jspi_task_poll", "__wbindgen_malloc"] {
            assert!(!is_of_class(name), "{name}");
        }
    }
}
