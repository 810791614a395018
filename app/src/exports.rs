//! Exporting customers: a choice, then a file that the worker makes from pages which the server hands out.

pub mod api;
mod choice;
mod columns;
mod export_page;
mod job;
mod lists;
mod running;
mod save;
mod wording;

pub use export_page::ExportPage;
