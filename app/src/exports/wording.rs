//! Names of columns, and what an export is called.

use super::choice::Column;
use crate::{customers::wording, i18n::Locale};
use domain::{export::ExportList, slot::Slot};
use leptos_i18n::td_string;
use std::collections::BTreeSet;

pub(super) fn column(locale: Locale, column: &Column) -> String {
    match (column.slot, &column.name) {
        (Slot::Field(field), _) => wording::field(locale, field).to_owned(),
        (Slot::Attribute(_), name) => name.clone().unwrap_or_default(),
    }
}

/// The titles of the columns: an attribute that is called like a field says so.
pub(super) fn headers(locale: Locale, columns: &[Column]) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let mut header = |of: &Column| {
        let name = column(locale, of);
        if taken.insert(name.to_lowercase()) {
            name
        } else {
            td_string!(locale, exports.attribute_header, name = name)
        }
    };
    columns.iter().map(&mut header).collect()
}

/// What the sheet and the file are called.
pub(super) fn title(locale: Locale, list: &ExportList) -> &'static str {
    match list {
        ExportList::All | ExportList::Shown { .. } => td_string!(locale, exports.file_all),
        ExportList::WithoutCellPhone => td_string!(locale, exports.file_without_cell_phone),
        ExportList::Unsubscribed { .. } => td_string!(locale, exports.file_unsubscribed),
    }
}
