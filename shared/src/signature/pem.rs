//! PEM (RFC 7468): the blocks of a text, whatever stands between them.

use base64ct::{Base64, Encoding as _};
use memchr::memmem;

use super::text_forms::BYTE_ORDER_MARK;

/// The contents of each block with one of these labels, in the order in which they stand.
///
/// Lenient where people's tools are: text before and between blocks (`openssl -text` writes it), CRLF, and lines of
/// any length. `None` when a block is not closed or is not base64.
pub(crate) fn blocks(text: &[u8], labels: &[&str]) -> Option<Vec<Vec<u8>>> {
    let text = core::str::from_utf8(text).ok()?;
    let mut found = Vec::new();
    let mut open: Option<(&str, Vec<u8>)> = None;
    for line in text.lines().map(trimmed) {
        if let Some(label) = boundary(line, "-----BEGIN ") {
            if open.is_some() {
                return None;
            }
            open = labels
                .contains(&label)
                .then(|| (label, Vec::with_capacity(body_length(text, line))));
        } else if let Some(label) = boundary(line, "-----END ") {
            if let Some((opened, body)) = open.take() {
                if opened != label {
                    return None;
                }
                found.push(decoded(body)?);
            }
        } else if let Some((_, body)) = &mut open {
            body.extend_from_slice(line.as_bytes());
        }
    }
    open.is_none().then_some(found)
}

/// The most bytes of the block that the line in `text` begins. What is large is held once more, not as often as a vector grows.
fn body_length(text: &str, line: &str) -> usize {
    let start = line.as_ptr().addr() + line.len() - text.as_ptr().addr();
    let rest = text.as_bytes().get(start..).unwrap_or_default();
    memmem::find(rest, b"-----END ").unwrap_or(0)
}

/// Decodes base64 where it is: a `.p7m` in PEM may be large.
fn decoded(mut body: Vec<u8>) -> Option<Vec<u8>> {
    let length = Base64::decode_in_place(&mut body).ok()?.len();
    body.truncate(length);
    Some(body)
}

/// One block, in lines of 64 characters that end in LF.
pub(crate) fn block(label: &str, der: &[u8]) -> String {
    let body = Base64::encode_string(der);
    let mut text = format!("-----BEGIN {label}-----\n");
    for line in body.as_bytes().chunks(64) {
        text.extend(line.iter().map(|byte| char::from(*byte)));
        text.push('\n');
    }
    text.push_str("-----END ");
    text.push_str(label);
    text.push_str("-----\n");
    text
}

/// Whether these bytes look like PEM rather than DER.
pub(crate) fn looks_like_pem(bytes: &[u8]) -> bool {
    bytes
        .windows(11)
        .take(4096)
        .any(|window| window == b"-----BEGIN ")
}

/// A line without what tools leave around it.
pub(super) fn trimmed(line: &str) -> &str {
    line.trim_matches(|c: char| c.is_whitespace() || c == BYTE_ORDER_MARK)
}

/// The labels of all blocks.
pub(super) fn labels(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .filter_map(|line| boundary(trimmed(line), "-----BEGIN "))
}

pub(super) fn boundary<'a>(line: &'a str, start: &str) -> Option<&'a str> {
    line.strip_prefix(start)?.strip_suffix("-----")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back_between_other_text() {
        let der: Vec<u8> = (0..=200).collect();
        let text = format!(
            "a comment\r\n{}\n{}",
            block("CMS", &der),
            block("OTHER", &[1])
        );
        assert_eq!(blocks(text.as_bytes(), &["CMS"]), Some(vec![der]));
        assert!(looks_like_pem(text.as_bytes()));
    }

    #[test]
    fn a_block_left_open_is_not_pem() {
        assert_eq!(blocks(b"-----BEGIN CMS-----\nAAAA\n", &["CMS"]), None);
        assert_eq!(
            blocks(b"-----BEGIN CMS-----\nA?AA\n-----END CMS-----", &["CMS"]),
            None
        );
        assert_eq!(
            blocks(b"-----BEGIN CMS-----\nAAAA\n-----END X-----", &["CMS"]),
            None
        );
        let again = b"-----BEGIN CMS-----\n-----BEGIN CMS-----\nAAAA\n-----END CMS-----";
        assert_eq!(blocks(again, &["CMS"]), None);
    }
}
