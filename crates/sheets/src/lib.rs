//! Spreadsheets: bytes in, values out. No I/O, no clock, no randomness.
//!
//! Without the feature `codec` only the messages between the page and the worker remain, so that the page never links a
//! spreadsheet library.

pub mod detected;
pub mod error;
pub mod mapping;
pub mod preview;
pub mod protocol;

#[cfg(feature = "codec")]
mod check;
#[cfg(feature = "codec")]
mod columns;
#[cfg(feature = "codec")]
pub mod export;
#[cfg(feature = "codec")]
mod guard;
#[cfg(feature = "codec")]
mod headers;
#[cfg(feature = "codec")]
mod memory;
#[cfg(feature = "codec")]
mod profile;
#[cfg(feature = "codec")]
pub mod read;
#[cfg(feature = "codec")]
pub mod session;
#[cfg(feature = "codec")]
mod suggest;
#[cfg(feature = "codec")]
pub mod table;
#[cfg(feature = "codec")]
mod understand;
#[cfg(feature = "codec")]
pub mod write;
