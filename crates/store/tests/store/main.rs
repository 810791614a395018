//! The database against what the house rules promise, on a real PostgreSQL.

#![expect(
    clippy::unwrap_used,
    reason = "clippy lets the tests themselves unwrap, but not what they share"
)]

mod feed;
mod imports;
mod ledger;
mod lists;
mod mails;
mod migrations;
mod plain_login;
mod revs;
mod samples;
mod tenancy;
mod texts;
mod transactions;
