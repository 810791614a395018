//! How the import screens say what the worker and the server found.

mod columns;
mod file;
mod rows;

pub(super) use columns::{
    belongs, column_problem, decimal_mark, evidence, format_date, letter, new_kind, reason, rule,
    separator,
};
pub(crate) use file::size;
pub(super) use file::{delimiter, encoding, lines, read_error, repair};
pub(super) use rows::{
    cell_reason, cell_repair, conflict, outcome, row_reason, row_state, skip_reason, state,
    version_ignored,
};
