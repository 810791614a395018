//! The failed rows as a file.

use super::super::{api, failed_file};
use crate::{
    data,
    error::AppError,
    i18n::{t_string, use_i18n},
    ui::{Button, download, use_toasts},
    words,
};
use domain::{ids::ImportId, import::report::FailedRow};
use icondata_lu as lu;
use leptos::prelude::*;

#[component]
pub(super) fn FailedRowsButton(import: ImportId, name: String, count: u32) -> impl IntoView {
    let i18n = use_i18n();
    let toasts = use_toasts();
    let name = StoredValue::new(name);
    let fetch = Action::new_local(move |(): &()| async move {
        match all(import).await {
            Ok((headers, rows)) => {
                let csv = failed_file::csv(&headers, &rows, i18n.get_locale_untracked());
                let file = t_string!(
                    i18n,
                    imports.failed_file,
                    name = stem(&name.get_value()).to_owned()
                );
                download(&csv.into(), "text/csv;charset=utf-8", &file);
            }
            Err(error) => toasts.failed(said(i18n.get_locale_untracked(), &error)),
        }
    });
    let text = move || {
        count!(
            i18n.get_locale(),
            u64::from(count),
            imports.failed_download_one | failed_download_many
        )
    };
    let kept = move || {
        if words::is_one(i18n.get_locale(), u64::from(count)) {
            t_string!(i18n, imports.failed_kept_one)
        } else {
            t_string!(i18n, imports.failed_kept_many)
        }
    };
    view! {
        <div>
            <Button icon=lu::LuDownload busy=fetch.pending() on:click=move |_| drop(fetch.dispatch_local(()))>
                {text}
            </Button>
            <p class="muted mt-1 text-sm">{kept}</p>
        </div>
    }
}

/// The column titles of the file and every failed row, page by page.
async fn all(import: ImportId) -> Result<(Vec<String>, Vec<FailedRow>), AppError> {
    let (mut rows, mut after) = (Vec::new(), 0);
    loop {
        let (headers, page) = data::ask(|| api::failed_rows(import, after)).await?;
        rows.extend(page.rows);
        match page.next.and_then(|line| line.parse().ok()) {
            Some(line) => after = line,
            None => return Ok((headers, rows)),
        }
    }
}

fn said(locale: crate::i18n::Locale, error: &AppError) -> String {
    words::app_error(locale, error)
}

/// The name of a file without its ending.
fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

#[cfg(test)]
mod tests {
    use super::stem;

    #[test]
    fn the_ending_of_the_file_is_left_out_of_the_new_name() {
        assert_eq!(stem("clients.2026.xlsx"), "clients.2026");
        assert_eq!(stem("clients"), "clients");
    }
}
