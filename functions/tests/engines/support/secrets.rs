//! What tests send that no log may have: thresholds, Request IDs, signatures, names of files, whole rows.
//!
//! Each is noted before it is sent, and every line is searched as it is written, so that the test that caused it fails, with the line.
//! What is searched for is what cannot be in a line by chance: a number of five digits or fewer (a row's number, a count) may be.

use std::collections::HashSet;
use std::sync::{LazyLock, Mutex, RwLock};

use base64ct::{Base64, Encoding};
use sluice_shared::files::FileKind;

/// The shortest value that is not in a line by chance.
const SHORTEST: usize = 6;
/// Values that are searched for in every form, of each file: a log that has a file or an answer whole has these.
const IN_ALL_FORMS: usize = 3;
/// Forms are searched for over all tests; each file's are noted up to this number of them.
const MOST_FORMS: usize = 4_000;

#[derive(Default)]
struct Secrets {
    /// Values that stand between other characters, as text.
    words: HashSet<String>,
    /// Parts of longer texts: base64 and hex of values, lists of their bytes.
    forms: HashSet<String>,
}

static SECRETS: LazyLock<RwLock<Secrets>> = LazyLock::new(RwLock::default);
static FOUND: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Notes what a file and its signature have.
pub(crate) fn sends(kind: FileKind, name: &str, content: &str, signature: &[u8]) {
    let rows = content.lines().skip(1);
    let values: Vec<&str> = if kind == FileKind::Adt {
        rows.flat_map(|row| row.split(',').skip(3).take(2))
            .collect()
    } else {
        rows.filter_map(|row| row.split(',').nth(1)).collect()
    };
    let values: Vec<_> = values
        .into_iter()
        .filter(|value| value.len() >= SHORTEST)
        .collect();
    SECRETS.write().unwrap().note(name, &values, signature);
}

impl Secrets {
    fn note(&mut self, name: &str, values: &[&str], signature: &[u8]) {
        self.words.insert(name.to_owned());
        let words = values.iter().map(|&value| value.to_owned());
        self.words.extend(words);
        if self.forms.len() < MOST_FORMS {
            let long = values.iter().filter(|value| value.len() > 8);
            for value in long.take(IN_ALL_FORMS) {
                self.forms.extend(forms(value.as_bytes()));
            }
            // Signatures begin alike; the end is the signature value.
            let end = &signature[signature.len().saturating_sub(24)..];
            self.forms.extend(forms(end));
        }
    }
}

/// How bytes may stand inside something longer: as they are, in hex, as a list of numbers, and in base64 at each of its three offsets.
fn forms(bytes: &[u8]) -> Vec<String> {
    let list: Vec<_> = bytes.iter().map(u8::to_string).collect();
    let mut forms = vec![hex::encode(bytes), list.join(", ")];
    forms.extend(std::str::from_utf8(bytes).map(str::to_owned));
    for offset in 0..3 {
        let shifted: Vec<u8> = std::iter::repeat_n(0, offset)
            .chain(bytes.iter().copied())
            .collect();
        let whole = &shifted[..shifted.len() / 3 * 3];
        let encoded = Base64::encode_string(whole);
        // The first characters depend on what comes before.
        let own = encoded.get(if offset == 0 { 0 } else { 4 }..);
        forms.extend(own.map(str::to_owned));
    }
    forms.retain(|form| form.len() >= 8);
    forms
}

/// Searches a line that is being logged.
pub(super) fn search(line: &str) {
    if let Some(secret) = SECRETS.read().unwrap().find(line) {
        FOUND.lock().unwrap().push(format!("{secret} in {line}"));
    }
}

impl Secrets {
    fn find<'a>(&'a self, line: &'a str) -> Option<&'a str> {
        let is_inside = |char: char| char.is_ascii_alphanumeric() || "-_.:".contains(char);
        let mut words = line
            .split(|char: char| !is_inside(char))
            .chain(line.split(|char: char| !char.is_ascii_alphanumeric()));
        let word = words.find(|word| self.words.contains(*word));
        let mut forms = self.forms.iter().map(String::as_str);
        word.or_else(|| forms.find(|form| line.contains(form)))
    }
}

/// What was found up to now. Whoever asks takes it: one test fails of it, and says so.
pub(crate) fn found() -> Vec<String> {
    std::mem::take(&mut *FOUND.lock().unwrap())
}

#[test]
fn a_value_is_found_however_a_log_may_have_it() {
    let mut secrets = Secrets::default();
    let request = "90-B3-D5-1F-30-01-00-00:00-DB-12-34-56-00-00-00:7";
    let signature: Vec<u8> = (100..200).collect();
    secrets.note("EXITQ_1.csv", &["648291753", request], &signature);
    let json = br#"{"quarantine":648291753,"x":1}"#;
    for line in [
        r#"{"cause":"invalid type: integer `648291753`, expected"}"#.to_owned(),
        format!(r#"{{"cause":"duplicate {request}"}}"#),
        r#"{"name":"EXITQ_1.csv"}"#.to_owned(),
        format!("SdkBody {}", Base64::encode_string(json)),
        format!("SdkBody {}", Base64::encode_string(&json[1..])),
        format!("SdkBody {}", Base64::encode_string(&json[2..])),
        format!("Blob {:?}", &signature[..]),
        hex::encode(&signature),
        Base64::encode_string(&signature),
        Base64::encode_string(&signature[1..]),
    ] {
        assert!(secrets.find(&line).is_some(), "{line}");
    }
    for line in ["64829175", "90-B3-D5-1F-30-01-00-00", "EXITQ_1203.csv"] {
        assert_eq!(secrets.find(line), None, "{line}");
    }
}
