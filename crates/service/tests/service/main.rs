//! Use cases on a real PostgreSQL, refusals included.

#![expect(
    clippy::unwrap_used,
    reason = "clippy lets the tests themselves unwrap, but not what they share"
)]

mod attributes;
mod consent;
mod customers;
mod erasure;
mod exports;
mod hand_clock;
mod invites;
mod mails;
mod members;
mod provider;
mod push;
mod set_up;
mod shop;
mod sign_in;
mod simulator;
mod smtp;
mod traces;
mod twilio_api;
mod two_shops;
