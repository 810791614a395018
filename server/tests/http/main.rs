//! The server over a real database, asked without a network.

// The types of whole pages are deep, and the server is where they are laid out.
#![recursion_limit = "512"]
#![expect(
    clippy::unwrap_used,
    reason = "clippy lets the tests themselves unwrap, but not what they share"
)]

mod events;
mod mails;
mod operation;
mod pages;
mod sessions;
mod support;
mod webhooks;
