//! What the customer screens decide without a browser: the URL of a list, drafts of values, answers to edits, and which
//! rows to draw. No signals, no I/O.

pub mod answer;
pub mod attribute_list;
pub mod draft;
pub mod list_view;
pub mod loaded;
pub mod number;
pub mod selection;
pub mod window;
