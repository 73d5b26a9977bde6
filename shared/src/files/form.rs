//! What a chosen file is by its form: the file itself, or a signature, with the file inside or without it.

/// The form of a chosen file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileForm {
    /// The file itself, as CSV.
    Plain,
    /// A signature with the file inside (`.p7m`).
    Enveloping,
    /// A signature without its file (`.p7s`).
    Detached,
}

/// What a PEM block with a CMS signature may be called (RFC 7468, and what older tools write).
const LABELS: [&[u8]; 3] = [
    b"-----BEGIN CMS-----",
    b"-----BEGIN PKCS7-----",
    b"-----BEGIN PKCS #7 SIGNED DATA-----",
];

impl FileForm {
    /// As many first bytes as tell the form.
    pub const START: usize = 4_096;

    /// The form of a file with this name that starts with these bytes.
    ///
    /// The contents decide first: what is a signature by them is one, whatever its name. Names decide the rest, so that a `.p7m`
    /// which holds something else (a mail message, say) is told as a signature that cannot be read, not as a bad CSV file.
    pub fn suggested_by(file_name: &str, start: &[u8]) -> Self {
        if ends_with(file_name, ".p7s") {
            Self::Detached
        } else if ends_with(file_name, ".p7m") || is_der(start) || is_pem(start) {
            Self::Enveloping
        } else {
            Self::Plain
        }
    }
}

/// The name of the file inside: `EXITQ_1203.csv` of `EXITQ_1203.csv.p7m`.
pub fn inner_name(file_name: &str) -> &str {
    if ends_with(file_name, ".p7m") {
        &file_name[..file_name.len() - 4]
    } else {
        file_name
    }
}

fn ends_with(name: &str, ending: &str) -> bool {
    let name = name.as_bytes();
    name.len() >= ending.len()
        && name[name.len() - ending.len()..].eq_ignore_ascii_case(ending.as_bytes())
}

/// A SEQUENCE whose length stands in bytes of its own (DER), or at its end (BER). A digit 0 starts with the same byte, but no text has
/// such a byte after it.
fn is_der(start: &[u8]) -> bool {
    matches!(start, [0x30, 0x80..=0x84, ..])
}

/// PEM of anything at the very start (a certificate is no file of ours, and no CSV), or of a signature below other text.
fn is_pem(start: &[u8]) -> bool {
    let text = start
        .strip_prefix(b"\xEF\xBB\xBF")
        .unwrap_or(start)
        .trim_ascii_start();
    text.starts_with(b"-----BEGIN ")
        || text
            .split(|byte| *byte == b'\n')
            .any(|line| LABELS.contains(&line.trim_ascii()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const CSV: &[u8] = b"QuarantineEventRef,RequestID,Action\r\n1203,";

    #[test]
    fn csv_is_plain_whatever_its_first_byte() {
        for start in [
            CSV,
            b"\xEF\xBB\xBFUserID,",
            b"0,1,Release",
            b"00-DB-12-34",
            b"0\xC2\xA3,",
            b"0",
            b"",
        ] {
            assert_eq!(FileForm::suggested_by("a.csv", start), FileForm::Plain);
        }
    }

    #[test]
    fn der_and_ber_are_signatures_whatever_the_name_says() {
        for start in [
            &[0x30, 0x80, 0x06, 0x09][..],
            &[0x30, 0x81, 0xF0, 0x06],
            &[0x30, 0x82, 0x01, 0x00],
            &[0x30, 0x83, 0x01, 0x00, 0x00],
            &[0x30, 0x84, 0x01, 0x00, 0x00, 0x00],
        ] {
            for name in ["a.csv", "a.txt", "a"] {
                assert_eq!(FileForm::suggested_by(name, start), FileForm::Enveloping);
            }
        }
    }

    #[test]
    fn pem_is_a_signature_below_comments_and_after_a_byte_order_mark() {
        for start in [
            &b"-----BEGIN CMS-----\nMII"[..],
            b"\xEF\xBB\xBF-----BEGIN PKCS7-----\r\nMII",
            b"Signed for the July campaign\r\n-----BEGIN PKCS #7 SIGNED DATA-----\r\nMII",
            b"\n-----BEGIN CERTIFICATE-----\nMII",
        ] {
            assert_eq!(FileForm::suggested_by("a.csv", start), FileForm::Enveloping);
        }
        let quoted = b"UserID,Note\r\n1,\"-----BEGIN CMS-----\"\r\n";
        assert_eq!(FileForm::suggested_by("a.csv", quoted), FileForm::Plain);
    }

    #[test]
    fn the_name_decides_where_the_contents_do_not() {
        assert_eq!(
            FileForm::suggested_by("a.csv.p7m", CSV),
            FileForm::Enveloping
        );
        assert_eq!(
            FileForm::suggested_by("A.CSV.P7M", b""),
            FileForm::Enveloping
        );
        assert_eq!(FileForm::suggested_by("a.csv.p7s", CSV), FileForm::Detached);
        assert_eq!(FileForm::suggested_by("p7m", CSV), FileForm::Plain);
        assert_eq!(FileForm::suggested_by("é7m", CSV), FileForm::Plain);
    }

    #[test]
    fn a_name_may_end_in_letters_of_several_bytes() {
        for name in ["報告", "notes é.gz", "é", "日.p", "\u{1f4c4}", ""] {
            assert_eq!(FileForm::suggested_by(name, CSV), FileForm::Plain, "{name}");
            assert_eq!(inner_name(name), name);
        }
        assert_eq!(inner_name("報告.p7m"), "報告");
    }

    #[test]
    fn a_signature_named_p7s_stands_beside_its_file() {
        assert_eq!(
            FileForm::suggested_by("a.csv.P7S", &[0x30, 0x82, 0x01, 0x00]),
            FileForm::Detached
        );
    }

    #[test]
    fn the_file_inside_is_named_after_its_cover() {
        assert_eq!(inner_name("EXITQ_1203.csv.p7m"), "EXITQ_1203.csv");
        assert_eq!(inner_name("EXITQ_1203.csv.P7M"), "EXITQ_1203.csv");
        assert_eq!(inner_name("EXITQ_1203.csv"), "EXITQ_1203.csv");
    }
}
