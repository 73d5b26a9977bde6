//! The three files.

use super::{downloads, lines, link, points, report_columns, say, section_heading, word};
use crate::{
    address::{HelpTopic, PagePath},
    components::{Column, counted, grouped, size, table_below_heading, text_cell},
};
use leptos::{html::*, prelude::*};
use sluice_shared::{
    files::{AdtColumn, ColumnHelp, ExitColumn, FileKind},
    profile::Profile,
    verdict::{MOST_EVENTS, MOST_EXIT_USER_IDS},
};

pub(super) fn content(profile: &Profile) -> AnyView {
    div()
        .child((
            say("You send two kinds of file to the DCC, and receive one from it."),
            points(vec![
                (strong().child("ADT file"), ": your thresholds and exceptions to them. It is the complete statement of each User ID that it names: anything left out ends.").into_any(),
                (strong().child("Quarantined Communications Report"), ": which communications the DCC holds, and why. You get it; here you see the same under ", link(PagePath::Quarantine, "Quarantine"), ".").into_any(),
                (strong().child("Exit Quarantine file"), ": release or delete, for each held communication.").into_any(),
            ]),
            section_heading("form", "The form of every file"),
            form(profile),
            section_heading("adt", "ADT file"),
            columns("Columns of the ADT file", AdtColumn::HELP),
            say("A standing threshold, and an exception for one day:"),
            example(
                FileKind::Adt,
                "90-B3-D5-1F-30-01-00-00,7.2,P1D,160,200,,\n\
                 90-B3-D5-1F-30-01-00-00,7.2,P1D,800,1000,2026-12-01T00:00:00Z,2026-12-02T00:00:00Z",
                "the example of an ADT file",
                "ADT_large-supplier_20261103.csv",
            ),
            points(vec![
                "One standing row for each User ID, service and period.".into_any(),
                "Exceptions of the same User ID, service and period do not overlap.".into_any(),
                ("Every critical service that the User ID's role may send has a standing threshold: see ", link(PagePath::HelpTopic(HelpTopic::Services), "Services and roles"), ".").into_any(),
                "The name is ADT_, the User ID or organisation, the day, such as ADT_large-supplier_20261103.csv. Another name gets a warning, no more.".into_any(),
            ]),
            section_heading("exit", "Exit Quarantine file"),
            columns("Columns of the Exit Quarantine file", ExitColumn::HELP),
            example(
                FileKind::ExitQuarantine,
                "1203,90-B3-D5-1F-30-01-00-00:00-DB-12-34-56-78-90-A0:1000,Release\n\
                 1203,90-B3-D5-1F-30-01-00-00:00-DB-12-34-56-78-90-B1:1001,Delete",
                "the example of an Exit Quarantine file",
                "EXITQ_1203_20261103.csv",
            ),
            say(("You need not write it yourself: decide under ", link(PagePath::Quarantine, "Quarantine"), " and the page writes it.")),
            section_heading("report", "Quarantined Communications Report"),
            columns("Columns of the report", report_columns::REPORT),
            section_heading("spreadsheets", "Spreadsheets"),
            spreadsheets(),
        ))
        .into_any()
}

/// Lines of a file to read and to copy, and the file itself.
fn example(kind: FileKind, rows: &str, what: &'static str, file_name: &'static str) -> AnyView {
    let text = format!("{}\n{rows}", kind.header());
    let file = format!("{}\r\n", text.replace('\n', "\r\n"));
    (lines(text, what), downloads::example_file(file_name, file)).into_any()
}

fn form(profile: &Profile) -> AnyView {
    let limits = &profile.files;
    points(vec![
        "CSV in UTF-8, with commas, a header row, and lines that end in LF or CRLF.".into_any(),
        "Columns may be in any order. Their names are exactly as below, capitals included."
            .into_any(),
        "A value with a comma or a quotation mark in it goes in double quotes (RFC 4180)."
            .into_any(),
        format!(
            "At most {}, {} a row and {} in all.",
            counted(limits.max_rows, "row", "rows"),
            counted(limits.max_record_bytes as u64, "byte", "bytes"),
            size(limits.max_file_bytes)
        )
        .into_any(),
        format!(
            "An ADT file names at most {}. A threshold is at most {}.",
            counted(profile.adt.max_user_ids as u64, "User ID", "User IDs"),
            grouped(profile.adt.max_threshold)
        )
        .into_any(),
        format!(
            "An Exit Quarantine file decides communications of at most {}, and of at most {}.",
            counted(MOST_EVENTS as u64, "quarantine event", "quarantine events"),
            counted(MOST_EXIT_USER_IDS as u64, "User ID", "User IDs"),
        )
        .into_any(),
    ])
}

fn columns(caption: &'static str, columns: &[ColumnHelp]) -> AnyView {
    let rows = columns
        .iter()
        .map(|column| {
            vec![
                text_cell(word(column.name)),
                text_cell(column.form),
                text_cell(column.rule),
            ]
        })
        .collect();
    table_below_heading(
        caption,
        &[
            Column::Text("Column"),
            Column::Text("What goes in it"),
            Column::Text("Rule"),
        ],
        rows,
    )
}

fn spreadsheets() -> AnyView {
    div()
        .child((
            say("A spreadsheet changes what looks like a number or a date when it opens a CSV file, and saves the change. Import each column as text instead of opening the file."),
            points(vec![
                (word("7.10"), " becomes ", word("7.1"), ": from “Remove Auxiliary Load From Boost Button” to “Enable Supply”, another service.").into_any(),
                (word("1.1.1"), " becomes a date.").into_any(),
                ("A counter or event reference of more than 15 digits loses its last digits, or becomes ", word("9.01E+15"), ".").into_any(),
                "Leading zeros disappear. Straight quotation marks become curly ones. Semicolons replace commas.".into_any(),
            ]),
            say("Sluice looks for each of these, and tells you which one it is and on which line."),
        ))
        .into_any()
}
