//! The PEM blocks of a setting, where a block that is passed over in silence would be an authority or a revocation list
//! that nobody misses until it is too late: what is not read is refused.

use base64ct::{Base64, Encoding as _};

use super::pem::{boundary, trimmed};
use super::text_forms::base64_alone;

/// A line of base64 this long stands in no comment.
const BASE64_LINE: usize = 40;

/// What a PKCS #7 bundle is called, and what to do with it: whoever trusts an authority chooses it by itself.
pub(super) const BUNDLE: &str = "is a PKCS #7 bundle (.p7b); write out what is in it (openssl pkcs7 -print_certs), and give those that are to \
                                 be trusted";
/// What such a bundle is labelled.
const BUNDLE_LABELS: [&str; 3] = ["PKCS7", "PKCS #7 SIGNED DATA", "CMS"];

/// Why the blocks of a setting cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BlockError {
    /// Not UTF-8.
    #[error("is not UTF-8 text; save it as UTF-8")]
    NotText,
    /// No block at all.
    #[error("has no block that begins with -----BEGIN {expected}-----")]
    None {
        /// The label that blocks of this setting have.
        expected: &'static str,
    },
    /// A block of something else.
    #[error("block {number} is labelled {label}, and only {expected} is read here")]
    Label {
        /// Which block, from 1.
        number: usize,
        /// What it says that it is.
        label: String,
        /// The label that blocks of this setting have.
        expected: &'static str,
    },
    /// A bundle of certificates or lists.
    #[error("block {number} {BUNDLE}")]
    Bundle {
        /// Which block, from 1.
        number: usize,
    },
    /// Base64 alone.
    #[error(
        "is base64 without the line -----BEGIN {expected}----- before it and -----END {expected}----- after it; add them"
    )]
    NoBoundaries {
        /// The label that blocks of this setting have.
        expected: &'static str,
    },
    /// A block without its last line, or with that of another.
    #[error("block {number} does not end with -----END {label}-----")]
    Unclosed {
        /// Which block, from 1.
        number: usize,
        /// What it says that it is.
        label: String,
    },
    /// A block whose content is not base64.
    #[error("block {number} is not base64")]
    NotBase64 {
        /// Which block, from 1.
        number: usize,
    },
    /// What looks like part of a block outside of any.
    #[error(
        "line {line}, after block {number}, looks like part of a block, and the line that begins the block is missing or damaged"
    )]
    Stray {
        /// The line of the text, from 1.
        line: usize,
        /// The block before it; 0 when there is none.
        number: usize,
    },
}

/// The contents of all blocks, in the order in which they stand. Comments may stand between them.
pub(crate) fn read_blocks(
    bytes: &[u8],
    expected: &'static str,
) -> Result<Vec<Vec<u8>>, BlockError> {
    let text = core::str::from_utf8(bytes).map_err(|_| BlockError::NotText)?;
    if base64_alone(text).is_some() {
        return Err(BlockError::NoBoundaries { expected });
    }
    let mut found = Vec::new();
    let mut open: Option<String> = None;
    for (index, line) in text.lines().enumerate() {
        let number = found.len() + 1;
        let line = trimmed(line);
        let unclosed = || BlockError::Unclosed {
            number,
            label: expected.to_owned(),
        };
        if let Some(label) = boundary(line, "-----BEGIN ") {
            if open.is_some() {
                return Err(unclosed());
            }
            if BUNDLE_LABELS.contains(&label) {
                return Err(BlockError::Bundle { number });
            }
            if label != expected {
                return Err(BlockError::Label {
                    number,
                    label: label.to_owned(),
                    expected,
                });
            }
            open = Some(String::new());
        } else if let Some(body) = &mut open {
            match boundary(line, "-----END ") {
                Some(label) if label == expected => {
                    let der = Base64::decode_vec(body).ok().filter(|der| !der.is_empty());
                    found.push(der.ok_or(BlockError::NotBase64 { number })?);
                    open = None;
                }
                Some(_) => return Err(unclosed()),
                None => body.push_str(line),
            }
        } else if is_part_of_a_block(line) {
            return Err(BlockError::Stray {
                line: index + 1,
                number: found.len(),
            });
        }
    }
    match open {
        Some(_) => Err(BlockError::Unclosed {
            number: found.len() + 1,
            label: expected.to_owned(),
        }),
        None => Ok(found),
    }
}

fn is_part_of_a_block(line: &str) -> bool {
    let base64 = |c: char| c.is_ascii_alphanumeric() || "+/=".contains(c);
    let damaged_boundary =
        line.contains("----") && (line.contains("BEGIN") || line.contains("END"));
    damaged_boundary || (line.len() >= BASE64_LINE && line.chars().all(base64))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::signature::pem::block;

    const LABEL: &str = "CERTIFICATE";

    fn two() -> (String, String) {
        (block(LABEL, &[7; 90]), block(LABEL, &[8; 31]))
    }

    #[test]
    fn every_block_is_read_whatever_byte_order_marks_and_comments_stand_between() {
        let (first, second) = two();
        for text in [
            format!("{first}{second}"),
            format!("\u{feff}{first}\u{feff}{second}"),
            format!(
                "# ours\r\n{first}\n\u{feff}\n    subject=CN = Root, O = T\n\u{feff}  {second}\n"
            ),
            format!("{first}{second}").replace('\n', "\r\n"),
        ] {
            assert_eq!(
                read_blocks(text.as_bytes(), LABEL),
                Ok(vec![vec![7; 90], vec![8; 31]]),
                "{text:?}"
            );
        }
    }

    #[test]
    fn what_is_not_read_is_refused_and_its_place_named() {
        let (first, second) = two();
        let label = |label: &str| BlockError::Label {
            number: 2,
            label: label.to_owned(),
            expected: LABEL,
        };
        let unclosed = |number| BlockError::Unclosed {
            number,
            label: LABEL.to_owned(),
        };
        let stray = |line, number| BlockError::Stray { line, number };
        let lost = second.replacen("-----BEGIN CERTIFICATE-----\n", "", 1);
        let damaged = second.replacen("-----BEGIN", "—---BEGIN", 1);
        let glued = format!("{}{second}", first.trim_end());
        for (text, error) in [
            (
                format!("{first}{}", block("X509 CRL", &[1])),
                label("X509 CRL"),
            ),
            (
                format!("{first}{}", block("PRIVATE KEY", &[1])),
                label("PRIVATE KEY"),
            ),
            (
                format!("{first}-----BEGIN CERTIFICATE-----\nAAAA\n"),
                unclosed(2),
            ),
            (
                format!("-----BEGIN CERTIFICATE-----\nAAAA\n{second}"),
                unclosed(1),
            ),
            (
                format!("{first}{}", second.replace("END CERT", "END Cert")),
                unclosed(2),
            ),
            (format!("{first}{lost}"), stray(5, 1)),
            (format!("{first}{damaged}"), stray(5, 1)),
            (glued, unclosed(1)),
            (
                first.replacen("Bw", "B?", 1),
                BlockError::NotBase64 { number: 1 },
            ),
            (first.lines().nth(1).unwrap().to_owned(), stray(1, 0)),
        ] {
            assert_eq!(read_blocks(text.as_bytes(), LABEL), Err(error), "{text}");
        }
        let utf16: Vec<u8> = first.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(
            read_blocks(&[&[0xff, 0xfe], &utf16[..]].concat(), LABEL),
            Err(BlockError::NotText)
        );
        assert_eq!(read_blocks(b"", LABEL), Ok(Vec::new()));
    }
}
