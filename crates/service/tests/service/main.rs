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
mod invites;
mod mails;
mod members;
mod push;
mod set_up;
mod shop;
mod sign_in;
mod smtp;
mod two_shops;
