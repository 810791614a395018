//! What the screens work out, without a browser.

pub(super) mod entries;
pub(super) mod length;
pub(super) mod lines;
pub(super) mod list_view;
pub(super) mod loaded;
pub(super) mod plain;
