//! Conversations on a real PostgreSQL, without anybody who sends.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "what goes wrong here fails the test"
)]

mod assignment;
mod deletion;
#[path = "../service/hand_clock.rs"]
mod hand_clock;
mod inbound;
mod keywords;
mod listing;
mod notes;
mod replies;
mod searching;
mod sending;
#[expect(dead_code, reason = "shared with the tests of the other use cases")]
#[path = "../service/shop.rs"]
mod shop;
mod talk;
mod threads;
#[path = "../service/traces.rs"]
mod traces;
mod two_shops;
mod unread;
mod wishes;
