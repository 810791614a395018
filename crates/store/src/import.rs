//! Imports: what is staged, what it would do, what it did, and how it is taken back.
//!
//! A staged row without an entry in `import_change` makes a new customer; every other staged row has one that says
//! what it is about. Rows wait in `import_row`, `import_skipped_row` and `import_failed_row`; of these only the failed
//! ones outlive the staging.

pub mod base;
pub mod change;
pub mod commit;
pub(crate) mod erasure;
pub mod plan;
pub mod progress;
pub mod record;
pub mod review;
pub mod row;
pub mod staging;
pub mod sweep;
pub mod undo;
