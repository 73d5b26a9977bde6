//! Defects of a value, whatever its column: mostly what spreadsheets and editors do to text.

use super::code::finding_codes;
use super::{Describe, FindingCode};
use crate::identifiers::Eui64Error;

finding_codes! {
    MISSING = Error "missing-value", "A value is missing",
        "Only EffectiveFrom and EffectiveTo may be empty.";
    NUL = Error "nul-byte", "There is a NUL byte in a value",
        "NUL bytes do not belong in text. The file may have been damaged on the way, or is not what its name says.";
    NOT_UTF_8 = Error "not-utf-8", "A value is not UTF-8",
        "The file was saved in another encoding, such as Latin-1 or Windows-1252. Save it as \"CSV UTF-8\".";
    NON_BREAKING_SPACE = Error "non-breaking-space", "There is a non-breaking space in a value",
        "It looks like a space and often comes along when text is copied from a web page or a document. Type the value again.";
    SMART_QUOTES = Error "smart-quotes", "There are curly quotation marks in a value",
        "Word processors turn straight quotation marks into curly ones. Neither belongs in these values.";
    INVISIBLE = Error "invisible-character", "There is an invisible character in a value",
        "Characters without a width come along when text is copied. Type the value again instead of pasting it.";
    DASH = Error "dash-for-hyphen", "A dash stands in place of a hyphen",
        "Word processors and web pages turn hyphens into dashes, minus signs or hyphens that do not break. They look alike; only the hyphen of the keyboard belongs in these values.";
    APOSTROPHE = Error "apostrophe", "There is an apostrophe before or after a value",
        "An apostrophe in front tells a spreadsheet to take a value for text. It belongs to the cell, not to the value, and must not be in the file.";
    FOREIGN = Error "foreign-character", "There is a character that does not belong in these files",
        "The values have only the letters A to Z, digits and the signs of a plain keyboard. Letters of other alphabets and wide digits look alike, and are others.";
    SPACE = Error "surrounding-space", "There is a space before or after a value",
        "Spaces count as part of a value in CSV. Remove them, also after commas.";
    FORMULA = Error "formula", "A value is a spreadsheet formula or its error",
        "The file holds a formula, or what a spreadsheet shows when one fails, instead of a value. Paste the values only, and export again.";
    SCIENTIFIC = Error "scientific-notation", "A spreadsheet shortened a number",
        "Spreadsheets show long numbers as 9.01E+15 and forget the digits behind it. Format the column as text before you enter or import the values; the lost digits must come from the source.";
    LEADING_ZEROS = Error "leading-zeros-lost", "A spreadsheet took leading zeros away",
        "A spreadsheet that takes a value for a number drops the zeros in front. Format the column as text, and import the values again.";
    EUI_64 = Error "eui-64-form", "A value is not an EUI-64",
        "User IDs and devices are written as eight pairs of hex digits joined by hyphens: 90-B3-D5-1F-30-01-00-00.";
}

/// What can be wrong with a value, whatever its column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ValueDefect {
    /// Empty where a value is needed.
    Missing,
    /// A NUL byte.
    NulByte,
    /// Bytes that are not UTF-8.
    NotUtf8,
    /// U+00A0 or one of its kin.
    NonBreakingSpace,
    /// Curly quotation marks.
    SmartQuotes,
    /// A character without a width, or a control character.
    Invisible(char),
    /// A dash in place of a hyphen.
    Dash(char),
    /// An apostrophe at an end.
    Apostrophe,
    /// Another character that is not in ASCII.
    ForeignCharacter(char),
    /// White space at an end.
    SurroundingSpace,
    /// A formula, or what a spreadsheet shows when one fails.
    Formula,
    /// `9.01E+15`.
    ScientificNotation,
    /// Leading zeros went; what it must have been.
    LeadingZerosLost(String),
    /// Not an EUI-64.
    Eui64Form(Eui64Error),
}

impl Describe for ValueDefect {
    fn code(&self) -> &'static FindingCode {
        match self {
            Self::Missing => &MISSING,
            Self::NulByte => &NUL,
            Self::NotUtf8 => &NOT_UTF_8,
            Self::NonBreakingSpace => &NON_BREAKING_SPACE,
            Self::SmartQuotes => &SMART_QUOTES,
            Self::Invisible(_) => &INVISIBLE,
            Self::Dash(_) => &DASH,
            Self::Apostrophe => &APOSTROPHE,
            Self::ForeignCharacter(_) => &FOREIGN,
            Self::SurroundingSpace => &SPACE,
            Self::Formula => &FORMULA,
            Self::ScientificNotation => &SCIENTIFIC,
            Self::LeadingZerosLost(_) => &LEADING_ZEROS,
            Self::Eui64Form(_) => &EUI_64,
        }
    }

    fn message(&self) -> String {
        match self {
            Self::Missing => "The value is missing.".to_owned(),
            Self::NulByte => "The value has a NUL byte in it.".to_owned(),
            Self::NotUtf8 => "The value has a character that is not in UTF-8.".to_owned(),
            Self::NonBreakingSpace => "The value has a non-breaking space in it.".to_owned(),
            Self::SmartQuotes => "The value has curly quotation marks in it.".to_owned(),
            Self::Invisible(character) => {
                format!(
                    "The value has an invisible character in it (U+{:04X}).",
                    u32::from(*character)
                )
            }
            Self::Dash(dash) => format!(
                "The value has {} (U+{:04X}) where a hyphen belongs.",
                dash_name(*dash),
                u32::from(*dash)
            ),
            Self::Apostrophe => "The value has an apostrophe before or after it.".to_owned(),
            Self::ForeignCharacter(character) => format!(
                "The value has a character in it that does not belong in these files: {character} (U+{:04X}).",
                u32::from(*character)
            ),
            Self::SurroundingSpace => "The value has a space before or after it.".to_owned(),
            Self::Formula => "The value is a spreadsheet formula, or the error of one.".to_owned(),
            Self::ScientificNotation => {
                "This number is written with an exponent, as spreadsheets shorten long ones: its last digits may be lost.".to_owned()
            }
            Self::LeadingZerosLost(meant) => {
                format!("A spreadsheet took leading zeros away: this looks like {meant}.")
            }
            Self::Eui64Form(error) => format!("The value {error}."),
        }
    }

    fn remedy(&self) -> String {
        match self {
            Self::Missing => "Fill it in.".to_owned(),
            Self::NulByte => "Export the file again from its source.".to_owned(),
            Self::NotUtf8 => "Save the file as \"CSV UTF-8\".".to_owned(),
            Self::Dash(_) => "Type the hyphens again, with the hyphen key (-).".to_owned(),
            Self::Apostrophe => "Remove the apostrophe.".to_owned(),
            Self::NonBreakingSpace | Self::Invisible(_) | Self::ForeignCharacter(_) => {
                "Type the value again instead of pasting it.".to_owned()
            }
            Self::SmartQuotes => "Remove the quotation marks.".to_owned(),
            Self::SurroundingSpace => "Remove the space.".to_owned(),
            Self::Formula => "Put the value itself there, and export the file again.".to_owned(),
            Self::ScientificNotation => {
                "Format the column as text, and take the whole number from its source again."
                    .to_owned()
            }
            Self::LeadingZerosLost(_) => {
                "Format the column as text, and enter the value with its zeros.".to_owned()
            }
            Self::Eui64Form(_) => {
                "Write eight pairs of hex digits, such as 90-B3-D5-1F-30-01-00-00.".to_owned()
            }
        }
    }
}

/// What a dash is called, with its article.
const fn dash_name(dash: char) -> &'static str {
    match dash {
        '\u{2010}' => "a typographic hyphen",
        '\u{2011}' => "a non-breaking hyphen",
        '\u{2012}' => "a figure dash",
        '\u{2013}' => "an en dash",
        '\u{2014}' => "an em dash",
        '\u{2212}' => "a minus sign",
        _ => "a dash",
    }
}
