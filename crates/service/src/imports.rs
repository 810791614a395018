//! Importing customers from a file: rows are staged in chunks, compared with the records, and written in one
//! transaction, which can be taken back.
//!
//! What must stay true:
//! - Staged rows are nobody's business but of the person who stages them, and end with the staging.
//! - Every row of the file has one outcome: rows = new + changed + same + skipped + failed.
//! - A commit is all or nothing, and writes what was reviewed: it plans again if anything happened since, and writes
//!   nothing if that makes a difference.
//! - An import unsubscribes and never subscribes, and an undo takes no wish to unsubscribe back.

mod attributes;
mod begin;
mod choose;
mod commit;
mod decode;
mod differences;
mod history;
mod plan;
mod progress;
mod review;
mod stage;
mod sweep;
mod undo;
