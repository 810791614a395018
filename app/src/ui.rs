//! The design system: pieces that know neither the domain nor the server. Every text comes in as a prop.
//!
//! Texts are `Signal<String>`, so that a switch of language reaches them; [`say`] makes one.

mod badge;
mod button;
mod copy_field;
mod dialog;
mod download;
mod empty_state;
mod field;
mod focus;
mod form;
mod icon;
mod keys;
mod menu;
mod moment;
mod notice;
mod page_header;
mod progress;
mod radio;
mod select;
mod skeleton;
mod tabs;
mod toast;
mod typing;

pub use badge::{Badge, BadgeKind};
pub use button::{Button, ButtonKind, IconButton, LinkButton};
pub use copy_field::CopyField;
pub use dialog::{ConfirmDialog, Dialog};
pub use download::download;
pub use empty_state::EmptyState;
pub use field::{TextArea, TextField};
pub use focus::{focus_element, is_writing};
pub use form::{Form, provide_ready, use_ready};
pub use icon::Icon;
pub use keys::on_key;
pub use menu::Menu;
pub use moment::{Moment, local_date, local_day, local_hour, local_time};
pub use notice::{Notice, NoticeKind};
pub use page_header::PageHeader;
pub use progress::ProgressBar;
pub use radio::RadioGroup;
pub use select::{Choice, Select};
pub use skeleton::Skeleton;
pub use tabs::{Tab, Tabs};
pub use toast::{ToastRegion, Toasts, provide_toasts, use_toasts};
pub use typing::use_typing;

use leptos::prelude::*;

/// A text prop from something that words itself in the current language: `say(move || t_string!(i18n, common.save))`.
pub fn say<T: Into<String>>(text: impl Fn() -> T + Send + Sync + 'static) -> Signal<String> {
    Signal::derive(move || text().into())
}
