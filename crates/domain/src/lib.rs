//! The rules of Regulars, shared by the server, the page and the spreadsheet worker.
//!
//! Nothing here does I/O, reads a clock or makes random numbers: time and ids are handed in. A value of a type from
//! this crate cannot be wrong once made (`E164`, `Reference`, `AttributeName`, …), so nothing checks it twice.

pub mod account;
pub mod attribute;
pub mod audit;
pub mod backoff;
pub mod consent;
pub mod contact;
pub mod conversation;
pub mod customer;
pub mod error;
pub mod export;
pub mod fold;
pub mod history;
pub mod ids;
pub mod import;
pub mod items;
pub mod keyword;
pub mod mail;
pub mod mutation;
pub mod permission;
pub mod person;
pub mod phone;
pub mod provider;
pub mod query;
pub mod quiet;
pub mod rate;
pub mod search;
pub mod segment;
pub mod slot;
pub mod template;
pub mod value;
pub mod version;
