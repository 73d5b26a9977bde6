//! Lists that people take away: what was typed by somebody else is text in their spreadsheet, never a formula.

use proptest::prelude::*;
use sluice_shared::spreadsheet::csv;

fn one_cell(cell: &str) -> String {
    let text = String::from_utf8(csv(["Heading"], [vec![cell.to_owned()]])).unwrap();
    let text = text.strip_prefix("\u{feff}\"Heading\"\r\n\"").unwrap();
    text.strip_suffix("\"\r\n").unwrap().to_owned()
}

#[test]
fn what_a_spreadsheet_would_compute_is_made_text() {
    for (cell, written) in [
        ("=1+2", "'=1+2"),
        ("+44 20 7946 0000", "'+44 20 7946 0000"),
        ("-2", "'-2"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        (" =1", "' =1"),
        ("＝1", "'＝1"),
        (
            "=HYPERLINK(\"x\",\"y\")",
            "'=HYPERLINK(\"\"x\"\",\"\"y\"\")",
        ),
    ] {
        assert_eq!(one_cell(cell), written, "{cell:?}");
    }
}

#[test]
fn other_cells_stay_as_they_are() {
    for cell in [
        "ADT_large-supplier_20261121.csv",
        "90-B3-D5-1F-30-01-00-00",
        "4F7K-2M9Q-XW3T-8HBD",
        "2026-11-03T14:05:00Z",
        // Where semicolons separate, what stands in quotation marks is one cell.
        "a;=1.csv",
    ] {
        assert_eq!(one_cell(cell), cell);
    }
}

#[test]
fn each_row_has_its_cells_in_order_and_empty_ones_too() {
    let rows = [
        vec!["a".to_owned(), String::new(), "b, c".to_owned()],
        vec![String::new(), "\"d\"".to_owned(), String::new()],
    ];
    let text = String::from_utf8(csv(["One", "Two", "Three"], rows)).unwrap();
    assert_eq!(
        text,
        "\u{feff}\"One\",\"Two\",\"Three\"\r\n\"a\",\"\",\"b, c\"\r\n\"\",\"\"\"d\"\"\",\"\"\r\n"
    );
}

proptest! {
    #[test]
    fn no_cell_begins_as_a_formula_and_every_one_comes_back(cells in prop::collection::vec(any::<String>(), 2..5)) {
        let bytes = csv(["a"], [cells.clone()]);
        let mut reader = csv_core::Reader::new();
        let (mut out, mut ends) = (vec![0; bytes.len() + 64], vec![0; 16]);
        let (_, read, _, _) = reader.read_record(&bytes, &mut out, &mut ends);
        let (_, _, _, count) = reader.read_record(&bytes[read..], &mut out, &mut ends);
        prop_assert_eq!(count, cells.len());
        let mut start = 0;
        for (cell, end) in cells.iter().zip(&ends) {
            let back = std::str::from_utf8(&out[start..*end]).unwrap();
            prop_assert!(!back.starts_with(['=', '+', '-', '@', '\t', '\r']));
            prop_assert_eq!(back.strip_prefix('\'').filter(|_| !cell.starts_with('\'')).unwrap_or(back), cell);
            start = *end;
        }
    }
}
