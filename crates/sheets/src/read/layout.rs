//! Where in a sheet the table is: titles, data, totals.

mod content;
mod footers;
mod header;
mod merged;
mod names;
mod totals;

use super::{Opened, Raw};
use crate::{
    detected::{ColumnFound, Detected, Format, Overrides, Repair, Title},
    error::ReadError,
    table::{CellKind, Table},
};
use header::Header;

/// Finds header, data and totals of a sheet, unless a person has said where they are.
pub(super) fn lay_out(raw: Raw, overrides: &Overrides) -> Result<Opened, ReadError> {
    let Raw {
        format,
        text,
        sheets,
        sheet,
        mut table,
        merges,
        hidden,
        serials,
        mut repairs,
    } = raw;
    let mut filled = Vec::with_capacity(table.rows() as usize);
    filled.extend((0..table.rows()).filter(|row| !table.is_blank_row(*row)));
    if filled.is_empty() {
        return Err(ReadError::Empty);
    }
    let header = match overrides.header_line {
        Some(line) => Header::at(line, &table, &merges),
        None => Header::find(&filled, &table, &merges),
    };
    if header.is_missing && overrides.header_line.is_none() {
        repairs.push(Repair::NoTitles);
    }
    let below = &filled[filled.partition_point(|row| table.line(*row) <= header.last_line)..];
    let (data, total_lines) = match overrides.last_line {
        Some(last) => (
            &below[..below.partition_point(|row| table.line(*row) <= last)],
            Vec::new(),
        ),
        None => totals::split(below, &table),
    };
    let (mut title_rows, mut data): (Vec<u32>, Vec<u32>) = {
        let is_title_row = header.repeats(&table);
        data.iter().partition(|row| is_title_row(**row))
    };
    // Where nothing else stands, what looks like titles is all there is.
    if data.is_empty() {
        data = std::mem::take(&mut title_rows);
    }
    repairs.extend(
        tally(title_rows.iter(), &table)
            .map(|(count, first_line)| Repair::TitleRows { count, first_line }),
    );
    let (Some(first), Some(last)) = (data.first(), data.last()) else {
        return Err(ReadError::HeaderOnly);
    };
    let (first_data_line, last_data_line) = (table.line(*first), table.line(*last));

    repairs.extend(merged::fill_down(&merges, &data, &mut table));
    let mut columns = header.columns(&table);
    find_data(&data, &table, &mut columns);
    title_repairs(&columns, &mut repairs);
    if let Some(count) = header.merged(&merges) {
        repairs.push(Repair::MergedHeader { count });
    }
    repairs.extend(merged::left_apart(&merges, first_data_line, last_data_line));
    let is_hidden = |row: &&u32| hidden.binary_search(&table.line(**row)).is_ok();
    repairs.extend(
        tally(data.iter().filter(is_hidden), &table)
            .map(|(count, first_line)| Repair::HiddenRows { count, first_line }),
    );
    if format == Format::Text {
        ragged_repairs(&data, &table, &columns, &header, &mut repairs);
    } else {
        let is_unsolved = |row: &&u32| {
            table
                .cells(**row)
                .any(|cell| cell.kind == CellKind::FormulaWithoutValue)
        };
        repairs.extend(
            tally(data.iter().filter(is_unsolved), &table)
                .map(|(count, first_line)| Repair::FormulasWithoutValue { count, first_line }),
        );
    }
    let data_rows = count(data.len());
    let detected = Detected {
        format,
        text,
        sheets,
        sheet,
        header_line: if header.is_missing {
            0
        } else {
            header.last_line
        },
        title_lines: filled
            .iter()
            .map(|row| table.line(*row))
            .take_while(|line| *line < header.first_line)
            .collect(),
        first_data_line,
        last_data_line,
        data_rows,
        blank_rows: (last_data_line - header.last_line)
            .saturating_sub(data_rows + count(title_rows.len())),
        total_lines,
        columns,
        repairs,
    };
    Ok(Opened {
        detected,
        table,
        data,
        serials,
    })
}

fn count(len: usize) -> u32 {
    u32::try_from(len).unwrap_or(u32::MAX)
}

/// How many rows, and the line of the first.
fn tally<'a>(mut rows: impl Iterator<Item = &'a u32>, table: &Table) -> Option<(u32, u32)> {
    let first = rows.next()?;
    Some((1 + count(rows.count()), table.line(*first)))
}

fn find_data(data: &[u32], table: &Table, columns: &mut [ColumnFound]) {
    let mut without: Vec<(u32, &mut ColumnFound)> = (0..).zip(columns).collect();
    for row in data {
        if without.is_empty() {
            break;
        }
        let reach = without.partition_point(|(column, _)| *column < table.row_len(*row));
        for (_, found) in without.extract_if(..reach, |(column, _)| !table.is_blank(*row, *column))
        {
            found.has_data = true;
        }
    }
}

fn title_repairs(columns: &[ColumnFound], repairs: &mut Vec<Repair>) {
    let repeated = columns
        .iter()
        .filter(|column| column.title == Title::Repeated)
        .count();
    if repeated > 0 {
        repairs.push(Repair::RepeatedTitles {
            count: count(repeated),
        });
    }
    let missing = columns
        .iter()
        .filter(|column| column.title == Title::Missing && column.has_data)
        .count();
    if missing > 0 && !repairs.contains(&Repair::NoTitles) {
        repairs.push(Repair::MissingTitles {
            count: count(missing),
        });
    }
}

fn ragged_repairs(
    data: &[u32],
    table: &Table,
    columns: &[ColumnFound],
    header: &Header,
    repairs: &mut Vec<Repair>,
) {
    if header.is_missing {
        return;
    }
    let width = columns
        .iter()
        .rposition(|column| column.title != Title::Missing)
        .map_or(0, |last| last + 1);
    let is_long = |row: &&u32| {
        table.row_len(**row) as usize > width && table.filled_len(**row) as usize > width
    };
    let is_short = |row: &&u32| (table.row_len(**row) as usize) < width;
    repairs.extend(
        tally(data.iter().filter(is_long), table)
            .map(|(count, first_line)| Repair::LongRows { count, first_line }),
    );
    repairs.extend(
        tally(data.iter().filter(is_short), table)
            .map(|(count, first_line)| Repair::ShortRows { count, first_line }),
    );
}
