//! The rows that are shown, asked of the worker: at most one question runs, and only the newest one waits.

use super::super::desk::Desk;
use leptos::{prelude::*, task::spawn_local};
use sheets::preview::{RowView, RowWindow};

/// Cells of one answer: small enough to be read without a pause.
const CELLS_MAX: usize = 3_000;

/// How many rows to ask for at most: fewer when they are wide.
pub(super) fn rows_at_once(columns: usize) -> u32 {
    u32::try_from(CELLS_MAX / columns.max(1))
        .unwrap_or(u32::MAX)
        .clamp(20, 70)
}

/// Follows `wanted` (first row and number of rows) and the changes of the file.
pub(super) fn follow(
    desk: Desk,
    wanted: Signal<(u32, u32)>,
    view: Signal<RowView>,
) -> RwSignal<Option<RowWindow>> {
    let shown = RwSignal::new(None);
    let asking = StoredValue::new(false);
    let newest = Memo::new(move |_| (wanted.get(), view.get(), desk.version().get()));
    Effect::new(move || {
        newest.track();
        if asking.get_value() {
            return;
        }
        asking.set_value(true);
        // Outlives this run of the effect, which the next change would cancel.
        spawn_local(async move {
            while let Some(question) = newest.try_get_untracked() {
                let ((from, count), view, _) = question;
                let window = desk.rows(from, count, view).await;
                if shown.try_set(window).is_some() || newest.try_get_untracked() == Some(question) {
                    break;
                }
            }
            asking.try_set_value(false);
        });
    });
    shown
}
