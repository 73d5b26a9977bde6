//! Records and values are those that `csv-core` finds, wherever both have the same notion of a record.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::fields::FieldSplitter;
use super::records::{Record, Splitter};

type Values = Vec<Vec<u8>>;

/// What the splitter finds, with the line of each record; `None` when a quotation mark is at fault.
fn found(data: &[u8]) -> Option<Vec<(u64, Values)>> {
    let mut splitter = Splitter::new(1_000);
    let mut fields = FieldSplitter::new(b',');
    let mut all = Vec::new();
    let mut taken = 0;
    while let Some(step) = splitter.step(&data[taken..], true) {
        taken += step.taken;
        let values = match step.record {
            Record::Nothing | Record::LoneCr | Record::DoubledCr | Record::Plain(b"") => continue,
            Record::Plain(bytes) => fields
                .plain(bytes, &[])
                .iter()
                .map(<[u8]>::to_vec)
                .collect(),
            Record::Quoted(bytes) => fields
                .quoted(bytes, &[])
                .iter()
                .map(<[u8]>::to_vec)
                .collect(),
            Record::TooLong | Record::Zeros | Record::UnclosedQuote | Record::StrayQuote => {
                return None;
            }
        };
        all.push((step.line, values));
    }
    assert_eq!(taken, data.len());
    Some(all)
}

/// What `csv-core` finds.
fn reference(data: &[u8]) -> Vec<Values> {
    let mut reader = csv_core::Reader::new();
    let (mut text, mut ends) = (vec![0; data.len() + 1], vec![0; data.len() + 2]);
    let mut all = Vec::new();
    let (mut taken, mut written, mut ended) = (0, 0, 0);
    loop {
        let (result, read, wrote, ends_now) =
            reader.read_record(&data[taken..], &mut text[written..], &mut ends[ended..]);
        (taken, written, ended) = (taken + read, written + wrote, ended + ends_now);
        match result {
            csv_core::ReadRecordResult::InputEmpty => {}
            csv_core::ReadRecordResult::Record => {
                let starts = std::iter::once(0).chain(ends[..ended].iter().copied());
                all.push(
                    starts
                        .zip(&ends[..ended])
                        .map(|(start, end)| text[start..*end].to_vec())
                        .collect(),
                );
                (written, ended) = (0, 0);
            }
            csv_core::ReadRecordResult::End => return all,
            full => panic!("{full:?}"),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]
    #[test]
    fn records_are_those_of_csv_core(data in vec(select(b"ab,,\"\"\n\n\r".to_vec()), 0..60)) {
        if let Some(found) = found(&data) {
            let values: Vec<_> = found.into_iter().map(|(_, values)| values).collect();
            prop_assert_eq!(values, reference(&data));
        }
    }

    #[test]
    fn each_record_starts_on_the_line_that_an_editor_shows(data in vec(select(b"ab,\"\"\n\n".to_vec()), 0..60)) {
        let text = String::from_utf8(data).expect("the letters are ASCII");
        for (line, values) in found(text.as_bytes()).unwrap_or_default() {
            let shown = text.split('\n').nth(usize::try_from(line).expect("few lines") - 1).unwrap_or_default();
            let first = String::from_utf8_lossy(&values[0]).into_owned();
            let start = shown.trim_start_matches('"').chars().next();
            prop_assert!(!shown.is_empty());
            if let Some(letter @ ('a' | 'b')) = first.chars().next() {
                prop_assert_eq!(start, Some(letter));
            }
        }
    }
}
