//! Entries of threads: messages from customers, messages of the shop, and notes.

mod read;
mod seen;
mod thread;
mod write;

pub use read::{Outbound, find_outbound, is_id_taken, unread_behind};
pub use seen::{helps_since, is_new, is_offered};
pub use thread::page;
pub use write::{
    NewInbound, NewOutbound, cancel, insert_inbound, insert_note, insert_outbound, retry,
};

use crate::StoreError;

const fn corrupt(column: &'static str) -> StoreError {
    StoreError::Corrupt {
        table: "message",
        column,
    }
}
