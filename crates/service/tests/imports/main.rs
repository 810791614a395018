//! Imports on a real database, from the first chunk to the undo.

mod committing;
mod planning;
mod properties;
mod shop;
mod staging;
mod undoing;
mod who;
