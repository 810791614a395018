//! Customers: one row each.

pub(crate) mod columns;
pub(crate) mod list;
mod read;
pub(crate) mod search;
mod write;

pub use list::{ListedCustomer, count, page};
pub use read::{Holder, StoredCustomer, find, find_by_cell_phone, find_by_reference, is_erased};
pub use write::{erase, insert, note_activity, update};
