//! Splits text into records and cells, leaving the text where it is.

mod reader;

use crate::{
    detected::Delimiter,
    error::{Damage, ReadError},
    read::FileText,
    table::{Span, Table, TableBuilder},
};
use reader::Reader;

const SAMPLE: usize = 128 * 1024;

#[derive(Clone, Copy, Debug, Default)]
pub(super) struct LineEnds {
    pub(super) lf: usize,
    pub(super) crlf: usize,
    pub(super) cr: usize,
}

/// How wide one record is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Width {
    pub(super) cells: u32,
    /// A quoted cell of it spans lines, unless its quote was closed by chance.
    pub(super) spans_lines: bool,
}

/// The records of a text.
#[derive(Debug)]
pub(super) struct Records {
    builder: TableBuilder,
    pub(super) line_ends: LineEnds,
    /// How many, and the line of the first.
    pub(super) unclosed_quotes: Option<(u32, u32)>,
}

impl Records {
    /// Reads `text` from the byte `from` on. Line 1 is what begins there. `usual` is how many cells records usually have.
    pub(super) fn read(
        text: &str,
        from: usize,
        delimiter: Option<Delimiter>,
        usual: u32,
    ) -> Result<Self, ReadError> {
        // Then no span of it needs a check of its own.
        if Span::new(0, text.len()).is_none() {
            return Err(ReadError::Unreadable(Damage::Size));
        }
        let reader_of = |text| Reader::new(text, from, delimiter, usual);
        let mut reader = reader_of(text);
        if let Some(beginning) = beginning(text, from) {
            let mut sample = reader_of(beginning);
            // It ends in the middle of something.
            while matches!(sample.record(), Ok(true)) {}
            let (done, whole) = (beginning.len() - from, text.len() - from);
            let sample = &sample.builder;
            reader
                .builder
                .expect_like(sample, done as u64, whole as u64);
        }
        while reader.record()? {}
        if reader.builder.is_full() {
            return Err(ReadError::Unreadable(Damage::Size));
        }
        Ok(Self {
            builder: reader.builder,
            line_ends: reader.position.line_ends,
            unclosed_quotes: reader.position.unclosed_quotes,
        })
    }

    /// The cells of each record of a sample, blank records left out.
    pub(super) fn widths(sample: &str, delimiter: Delimiter, at_most: usize) -> Vec<Width> {
        let mut reader = Reader::new(sample, 0, Some(delimiter), 0);
        let mut widths = Vec::new();
        while widths.len() < at_most {
            let read = reader.record();
            if matches!(read, Ok(false)) {
                break;
            }
            if reader.builder.row_len() > 1 || reader.builder.filled_len() > 0 {
                widths.push(Width {
                    cells: reader.builder.row_len(),
                    spans_lines: reader.spans_lines,
                });
            }
            if read.is_err() {
                break;
            }
        }
        widths
    }

    pub(super) fn into_table(self, text: FileText) -> Table {
        self.builder.finish_over(text)
    }
}

/// Enough of a text to tell how much room it needs; `None` if that is all of it.
fn beginning(text: &str, from: usize) -> Option<&str> {
    let end = text.floor_char_boundary(from + SAMPLE);
    text.get(..end).filter(|_| end < text.len())
}
