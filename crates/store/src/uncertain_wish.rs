//! Wishes to stop that are not certain. Of one whose message went with its customer nothing can be shown; it holds marketing back
//! until a decision about its contact point.

mod read;
mod write;

pub use read::{StoredWish, count_open, decided, find, open, open_of};
pub use write::{insert, settle};
