//! From a spreadsheet to customers: the wizard, the imports that wait, and the history.
//!
//! The file is read by a worker and never by the page; the page asks it for small windows of rows. Rows reach the server
//! only with **Review**, and records change only with **Import**.

pub mod api;
mod belongs;
mod column_card;
mod column_choice;
mod desk;
mod detected;
mod discard;
mod drop_box;
mod failed_file;
mod history_page;
mod import_page;
mod mapping;
mod new_page;
mod pick;
mod preview;
mod report;
mod review;
mod state;
mod steps;
mod totals;
mod trouble;
mod upload;
mod upload_view;
mod wording;

pub use history_page::ImportsPage;
pub use import_page::ImportPage;
pub use new_page::NewImportPage;
pub(crate) use wording::size as file_size;
