//! The pieces of the customer list.

pub(super) mod actions;
mod empty;
pub(super) mod filter;
mod header;
mod keyboard;
mod row;
pub(super) mod rows;
mod rule_dialog;
mod scroll;
mod selection_bar;
pub(super) mod sort_select;
