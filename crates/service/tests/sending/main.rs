//! Messages from the queue to the provider, and what becomes of them, on a real PostgreSQL and against a server that speaks
//! Twilio's language.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "what goes wrong here fails the test"
)]

mod doubt;
mod fence;
#[path = "../service/hand_clock.rs"]
mod hand_clock;
mod histories;
mod offer;
mod order;
mod shop;
mod status;
mod stopped;
mod troubles;
mod twilio;
