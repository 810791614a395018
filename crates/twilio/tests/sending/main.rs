//! Messages are sent to a server on this machine that speaks Twilio's language.

#![expect(
    clippy::unwrap_used,
    reason = "clippy lets the tests themselves unwrap, but not what they share"
)]

mod answers;
mod checking;
mod failures;
mod fake;
mod listing;
