//! Texts with variables, as staff write them: the field with its menu of variables, what is wrong at which place, and how
//! many segments the message comes to. It knows no screen: saved replies, the composer and campaigns write in it.

mod field;
mod measure;
mod menu;
mod variables;
mod wording;

pub use field::TemplateField;
pub(crate) use field::show_error;
pub use measure::Segments;
pub(crate) use measure::{segments, too_long};
pub use menu::VariablesMenu;
pub use variables::Variables;
pub(crate) use wording::{error, utf16_offset};
