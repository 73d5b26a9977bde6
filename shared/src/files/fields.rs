//! The values of one record.

/// The values of one record, found by the header's columns instead of by their order.
pub(super) struct Fields<'a> {
    /// The record without quotation marks.
    pub(super) bytes: &'a [u8],
    /// Where each value ends.
    pub(super) ends: &'a [usize],
    /// Bytes between one value and the next: the delimiter, or nothing when `csv-core` took it out.
    pub(super) gap: usize,
    /// For each column of the file's kind the index of its value.
    pub(super) positions: &'a [Option<usize>],
}

impl<'a> Fields<'a> {
    /// The value in this column of the file's kind; `None` when the file has no such column.
    pub(super) fn get(&self, column: impl Into<usize>) -> Option<&'a [u8]> {
        self.at(self.positions[column.into()]?)
    }

    /// The value at this index.
    pub(super) fn at(&self, index: usize) -> Option<&'a [u8]> {
        let end = *self.ends.get(index)?;
        let start = if index == 0 {
            0
        } else {
            self.ends[index - 1] + self.gap
        };
        self.bytes.get(start..end)
    }

    /// All values, in the order of the file.
    pub(super) fn iter(&self) -> impl Iterator<Item = &'a [u8]> + Clone + '_ {
        (0..self.ends.len()).filter_map(|index| self.at(index))
    }
}

/// Finds the values of a record; keeps its buffers from one record to the next.
pub(super) struct FieldSplitter {
    csv: csv_core::Reader,
    delimiter: u8,
    text: Vec<u8>,
    ends: Vec<usize>,
}

impl FieldSplitter {
    pub(super) fn new(delimiter: u8) -> Self {
        let csv = csv_core::ReaderBuilder::new().delimiter(delimiter).build();
        Self {
            csv,
            delimiter,
            text: Vec::new(),
            ends: Vec::new(),
        }
    }

    pub(super) fn delimiter(&self) -> u8 {
        self.delimiter
    }

    /// The values of a record without quotation marks.
    pub(super) fn plain<'a>(
        &'a mut self,
        record: &'a [u8],
        positions: &'a [Option<usize>],
    ) -> Fields<'a> {
        self.ends.clear();
        self.ends
            .extend(memchr::memchr_iter(self.delimiter, record));
        self.ends.push(record.len());
        Fields {
            bytes: record,
            ends: &self.ends,
            gap: 1,
            positions,
        }
    }

    /// The values of a record with quotation marks.
    pub(super) fn quoted<'a>(
        &'a mut self,
        record: &[u8],
        positions: &'a [Option<usize>],
    ) -> Fields<'a> {
        self.csv.reset();
        // No value is longer than the record, and none is shorter than its delimiter: nothing can be full.
        self.text.resize(record.len() + 1, 0);
        self.ends.resize(record.len() + 2, 0);
        let (_, _, written, ended) = self.csv.read_record(record, &mut self.text, &mut self.ends);
        let (_, _, _, ended_last) =
            self.csv
                .read_record(&[], &mut self.text[written..], &mut self.ends[ended..]);
        self.ends.truncate(ended + ended_last);
        Fields {
            bytes: &self.text,
            ends: &self.ends,
            gap: 0,
            positions,
        }
    }
}

impl std::fmt::Debug for FieldSplitter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FieldSplitter")
            .field("delimiter", &char::from(self.delimiter))
            .finish_non_exhaustive()
    }
}
