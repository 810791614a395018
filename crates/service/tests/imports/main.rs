//! Imports on a real database, from the first chunk to the undo.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "what goes wrong here fails the test"
)]

mod committing;
mod consent;
mod erasing;
#[path = "../service/hand_clock.rs"]
mod hand_clock;
mod histories;
mod planning;
mod properties;
mod shop;
mod staging;
#[path = "../service/traces.rs"]
mod traces;
mod undoing;
mod versions;
mod who;
