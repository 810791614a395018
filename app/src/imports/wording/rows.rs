//! Rows and cells: what is wrong with them, and what becomes of them.

use crate::{i18n::Locale, words};
use domain::import::{
    chunk::{CellProblem, CellReason, SkipReason},
    plan::{RowConflict, RowOutcome, VersionIgnored},
    report::{ImportState, RowReason},
};
use leptos_i18n::td_string;
use sheets::preview::{CellRepair, RowState};

pub(crate) fn cell_reason(locale: Locale, reason: &CellReason) -> String {
    match reason {
        CellReason::Invalid(invalid) => words::invalid(locale, invalid),
        CellReason::PhoneOfLine { line } => {
            td_string!(locale, imports.cell_phone_of_line, line = *line)
        }
        CellReason::DigitsLost => td_string!(locale, imports.cell_digits_lost).to_owned(),
        CellReason::FormulaWithoutValue => td_string!(locale, imports.cell_formula).to_owned(),
        CellReason::SpreadsheetError => td_string!(locale, imports.cell_error).to_owned(),
        CellReason::CellTooLong => td_string!(locale, imports.cell_too_long).to_owned(),
        CellReason::NamesNobody => td_string!(locale, imports.cell_names_nobody).to_owned(),
    }
}

/// Why a row is not imported: with the title of the column, where it is about one cell.
pub(crate) fn row_reason(locale: Locale, reason: &RowReason, headers: &[String]) -> String {
    match reason {
        RowReason::Cell(CellProblem { column, reason }) => {
            let title = usize::try_from(*column)
                .ok()
                .and_then(|column| headers.get(column))
                .filter(|title| !title.is_empty());
            let why = cell_reason(locale, reason);
            title.map_or_else(
                || why.clone(),
                |title| {
                    td_string!(
                        locale,
                        imports.cell_in_column,
                        column = title.clone(),
                        why = why.clone()
                    )
                },
            )
        }
        RowReason::SameAsLine(line) => {
            td_string!(locale, imports.conflict_same_line, line = *line)
        }
        RowReason::PhoneTaken => td_string!(locale, imports.failed_phone_taken).to_owned(),
        RowReason::ReferenceTaken => td_string!(locale, imports.failed_reference_taken).to_owned(),
    }
}

pub(crate) fn cell_repair(locale: Locale, repair: &CellRepair) -> &'static str {
    match repair {
        CellRepair::PhoneFromNumber => td_string!(locale, imports.cell_phone_from_number),
        CellRepair::PlusRestored => td_string!(locale, imports.cell_plus),
        CellRepair::ZerosDropped => td_string!(locale, imports.cell_zeros),
        CellRepair::ExtensionDropped => td_string!(locale, imports.cell_extension_dropped),
        CellRepair::FirstOfSeveral => td_string!(locale, imports.cell_first_of_several),
        CellRepair::MorePhonesKept => td_string!(locale, imports.cell_more_phones),
        CellRepair::FormulaWithoutValue => td_string!(locale, imports.cell_formula_blank),
        CellRepair::BlankPlaceholder => td_string!(locale, imports.cell_placeholder),
        CellRepair::VersionDamaged => td_string!(locale, imports.cell_version_damaged),
        CellRepair::CenturyAdded => td_string!(locale, imports.cell_century),
        CellRepair::DateFromSerial => td_string!(locale, imports.cell_serial),
        CellRepair::TimeDropped => td_string!(locale, imports.cell_time_dropped),
        CellRepair::UnitDropped => td_string!(locale, imports.cell_unit_dropped),
    }
}

pub(crate) fn skip_reason(locale: Locale, reason: SkipReason) -> String {
    match reason {
        SkipReason::ByPerson => td_string!(locale, imports.skipped_by_person).to_owned(),
        SkipReason::FoldedInto(line) => td_string!(locale, imports.skipped_folded, line = line),
        SkipReason::NothingMapped => td_string!(locale, imports.skipped_nothing).to_owned(),
    }
}

pub(crate) fn row_state(locale: Locale, state: RowState) -> String {
    match state {
        RowState::Ready => td_string!(locale, imports.row_ready).to_owned(),
        RowState::Failed => td_string!(locale, imports.row_failed).to_owned(),
        RowState::Skipped(reason) => skip_reason(locale, reason),
    }
}

pub(crate) fn outcome(locale: Locale, outcome: RowOutcome) -> &'static str {
    match outcome {
        RowOutcome::New => td_string!(locale, imports.outcome_new),
        RowOutcome::Changed => td_string!(locale, imports.outcome_changed),
        RowOutcome::Same => td_string!(locale, imports.outcome_same),
        RowOutcome::Conflict => td_string!(locale, imports.outcome_conflict),
        RowOutcome::Skipped => td_string!(locale, imports.outcome_skipped),
        RowOutcome::Failed => td_string!(locale, imports.outcome_failed),
    }
}

/// Before the name of the other customer, if there is one: “This number belongs to”.
pub(crate) fn conflict(locale: Locale, conflict: &RowConflict) -> String {
    match conflict {
        RowConflict::PhoneTaken { .. } => td_string!(locale, imports.conflict_phone).to_owned(),
        RowConflict::ReferenceTaken { .. } => {
            td_string!(locale, imports.conflict_reference).to_owned()
        }
        RowConflict::SameAsLine { line } => {
            td_string!(locale, imports.conflict_same_line, line = *line)
        }
    }
}

/// Why the version of a row does not count.
pub(crate) fn version_ignored(locale: Locale, why: VersionIgnored) -> &'static str {
    match why {
        VersionIgnored::OtherAccount => td_string!(locale, imports.version_other_account),
        VersionIgnored::Ahead => td_string!(locale, imports.version_ahead),
        VersionIgnored::CustomerGone => td_string!(locale, imports.version_customer_gone),
    }
}

pub(crate) fn state(locale: Locale, state: ImportState) -> &'static str {
    match state {
        ImportState::Staging => td_string!(locale, imports.state_staging),
        ImportState::Committed => td_string!(locale, imports.state_committed),
        ImportState::Undone => td_string!(locale, imports.state_undone),
        ImportState::Cancelled => td_string!(locale, imports.state_cancelled),
    }
}
