//! Exporting customers: a choice, then a file that the worker makes from pages which the server hands out. The same bytes go
//! back to the server when they are wanted by e-mail too.

pub mod api;
mod asking;
mod by_mail;
mod choice;
mod columns;
mod export_page;
mod exported_page;
mod job;
mod lists;
mod mailed;
mod running;
mod save;
mod send;
mod wording;

pub use export_page::ExportPage;
pub use exported_page::ExportedPage;
