//! Names of columns, and what an export is called.

use super::choice::Column;
use crate::{customers::wording, i18n::Locale};
use domain::{
    export::ExportList,
    slot::{Field, Slot},
};
use leptos_i18n::td_string;
use std::collections::BTreeSet;

pub(super) fn column(locale: Locale, column: &Column) -> String {
    match (column.slot, &column.name) {
        (Slot::Field(field), _) => wording::field(locale, field).to_owned(),
        (Slot::Attribute(_), name) => name.clone().unwrap_or_default(),
    }
}

/// The titles of the columns: an attribute that is called like a field says so, beside the field or without it, or an import
/// would take it for the field.
pub(super) fn headers(locale: Locale, columns: &[Column]) -> Vec<String> {
    let fields = Field::ALL.iter();
    let fields: BTreeSet<String> = fields
        .map(|field| wording::field(locale, *field).to_lowercase())
        .collect();
    let header = |of: &Column| {
        let name = column(locale, of);
        if of.name.is_some() && fields.contains(&name.to_lowercase()) {
            td_string!(locale, exports.attribute_header, name = name)
        } else {
            name
        }
    };
    columns.iter().map(header).collect()
}

/// What the sheet and the file are called.
pub(super) fn title(locale: Locale, list: &ExportList) -> &'static str {
    match list {
        ExportList::All | ExportList::Shown { .. } => td_string!(locale, exports.file_all),
        ExportList::WithoutCellPhone => td_string!(locale, exports.file_without_cell_phone),
        ExportList::Unsubscribed { .. } => td_string!(locale, exports.file_unsubscribed),
    }
}
