//! Which delimiter a text uses, judged by how evenly it divides the records.

use super::records::{Records, Width};
use crate::detected::Delimiter;

const SAMPLE_BYTES: usize = 128 * 1024;
const SAMPLE_RECORDS: usize = 300;

/// The delimiter that a first line `sep=;` names, as Excel understands it, and where the text after it begins.
pub(super) fn separator_line(text: &str) -> (Option<Delimiter>, usize) {
    let line_len = text
        .bytes()
        .position(|byte| byte == b'\n' || byte == b'\r')
        .unwrap_or(text.len());
    let line = text[..line_len].trim_matches('"');
    let Some(named) = line
        .get(..4)
        .filter(|start| start.eq_ignore_ascii_case("sep="))
        .and_then(|_| line.get(4..))
    else {
        return (None, 0);
    };
    let delimiter = Delimiter::ALL
        .iter()
        .copied()
        .find(|delimiter| named.as_bytes() == [delimiter.byte()]);
    if delimiter.is_none() {
        return (None, 0);
    }
    let end = if text[line_len..].starts_with("\r\n") {
        line_len + 2
    } else {
        (line_len + 1).min(text.len())
    };
    (delimiter, end)
}

/// The likeliest delimiter; `None` if the text has one column only.
pub(super) fn delimiter(text: &str) -> Option<Delimiter> {
    let sample = sample(text);
    let mut candidates: Vec<Candidate> = Delimiter::ALL
        .iter()
        .filter_map(|delimiter| Candidate::judge(sample, *delimiter))
        .collect();
    if candidates.len() > 1 && is_mostly_decimal_comma(sample) {
        let is_even = |candidate: &Candidate| {
            candidate.delimiter != Delimiter::Comma && candidate.evenness >= EVEN
        };
        if candidates.iter().any(is_even) {
            candidates.retain(|candidate| candidate.delimiter != Delimiter::Comma);
        }
    }
    let best = candidates
        .iter()
        .max_by(|a, b| a.score.total_cmp(&b.score))?;
    (!(best.delimiter == Delimiter::Comma && is_punctuation(sample))).then_some(best.delimiter)
}

/// How evenly records must be divided by a delimiter that takes the place of one between decimals.
const EVEN: f64 = 0.5;

struct Candidate {
    delimiter: Delimiter,
    /// From 0 to 1.
    evenness: f64,
    score: f64,
}

impl Candidate {
    fn judge(sample: &str, delimiter: Delimiter) -> Option<Self> {
        memchr::memchr(delimiter.byte(), sample.as_bytes())?;
        let widths = Records::widths(sample, delimiter, SAMPLE_RECORDS);
        let mut wide = wide(&widths);
        let (usual, count) = most_frequent(&mut wide)?;
        // Rows that a ragged file fills less or more still have about that many cells.
        let near = wide
            .iter()
            .filter(|width| width.abs_diff(usual) * 4 <= usual)
            .count();
        let total = as_f64(widths.len());
        let evenness = (as_f64(count) * 0.8 + as_f64(near) * 0.2) / total;
        Some(Self {
            delimiter,
            evenness,
            score: evenness.powi(3) * (1.0 + f64::from(usual).ln()),
        })
    }
}

/// How many cells records have that are surely whole; 0 if that cannot be told.
pub(super) fn usual_width(text: &str, delimiter: Delimiter) -> u32 {
    let widths = Records::widths(sample(text), delimiter, SAMPLE_RECORDS);
    let sure: Vec<Width> = widths
        .into_iter()
        .filter(|width| !width.spans_lines)
        .collect();
    most_frequent(&mut wide(&sure)).map_or(0, |(width, _)| width)
}

fn wide(widths: &[Width]) -> Vec<u32> {
    let cells = widths.iter().map(|width| width.cells);
    cells.filter(|cells| *cells > 1).collect()
}

/// The most frequent number and how often it stands there; of equals the largest.
fn most_frequent(numbers: &mut [u32]) -> Option<(u32, usize)> {
    numbers.sort_unstable();
    numbers
        .chunk_by(|a, b| a == b)
        .map(|run| (run[0], run.len()))
        .max_by_key(|(number, count)| (*count, *number))
}

fn as_f64(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::MAX, f64::from)
}

/// Whole lines from the beginning.
fn sample(text: &str) -> &str {
    if text.len() <= SAMPLE_BYTES {
        return text;
    }
    let end = text.as_bytes()[..SAMPLE_BYTES]
        .iter()
        .rposition(|byte| *byte == b'\n' || *byte == b'\r');
    text.get(..end.unwrap_or(SAMPLE_BYTES)).unwrap_or(text)
}

/// Commas stand within numbers: `1 234,56`.
fn is_mostly_decimal_comma(sample: &str) -> bool {
    let bytes = sample.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let (mut commas, mut decimal) = (0_usize, 0_usize);
    for at in memchr::memchr_iter(b',', bytes) {
        commas += 1;
        let fraction = (1..=4).take_while(|offset| digit(at + offset)).count();
        decimal += usize::from(at > 0 && digit(at - 1) && (1..=3).contains(&fraction));
    }
    commas > 0 && decimal * 2 > commas
}

/// Every comma is followed by a space and the first line has none: `Tremblay, Jean` in a file of one column.
fn is_punctuation(sample: &str) -> bool {
    let first = sample
        .lines()
        .find(|line| !line.trim().is_empty())
        .unwrap_or_default();
    let bytes = sample.as_bytes();
    !first.contains(',')
        && memchr::memchr_iter(b',', bytes).all(|at| bytes.get(at + 1) == Some(&b' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_record_counts_once() {
        let text = "Ref;Name\nA1;Roy\nA2;Roy;x\n";
        assert_eq!(usual_width(text, Delimiter::Semicolon), 2);
        assert_eq!(usual_width(text.trim_end(), Delimiter::Semicolon), 2);
    }
}
