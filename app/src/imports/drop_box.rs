//! The box that takes a file, and what is shown while it is read.

use super::{desk::Desk, wording};
use crate::{
    i18n::{t, t_string, use_i18n},
    ui::{Button, Icon, ProgressBar, say},
    worker::Worker,
};
use domain::import::report::Staging;
use icondata_lu as lu;
use leptos::{ev, html, prelude::*};
use sheets::protocol::Step;

/// Endings for computers, types for phones, which often know nothing else.
const ACCEPTED: &str = ".csv,.tsv,.txt,.xlsx,.xlsm,.xlsb,.xls,.ods,text/csv,text/plain,text/tab-separated-values,\
    application/vnd.ms-excel,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet,\
    application/vnd.oasis.opendocument.spreadsheet";

/// `resumed`: the file must be that of an import whose rows have not all arrived.
#[component]
pub(super) fn DropBox(desk: Desk, resumed: Option<Staging>) -> impl IntoView {
    let i18n = use_i18n();
    Effect::new(Worker::warm_up);
    let over = RwSignal::new(false);
    let input = NodeRef::<html::Input>::new();
    let resumed = StoredValue::new(resumed);
    let take = move |files: Option<web_sys::FileList>| {
        if let Some(file) = files.and_then(|files| files.get(0)) {
            desk.open(file, resumed.get_value());
        }
    };
    let drag = move |event: ev::DragEvent| {
        event.prevent_default();
        over.set(true);
    };
    let dropped = move |event: ev::DragEvent| {
        event.prevent_default();
        over.set(false);
        take(event.data_transfer().and_then(|data| data.files()));
    };
    let picked = move |_| {
        if let Some(input) = input.get_untracked() {
            take(input.files());
            // So that the same file can be picked again.
            input.set_value("");
        }
    };
    let class = move || {
        let state = if over.get() {
            "border-primary bg-primary/10"
        } else {
            "border-base-300"
        };
        format!(
            "rounded-box flex flex-col items-center gap-3 border-2 border-dashed px-4 py-12 text-center {state}"
        )
    };
    view! {
        <div
            class=class
            role="group"
            aria-labelledby="drop-title"
            on:dragenter=drag
            on:dragover=drag
            on:dragleave=move |_| over.set(false)
            on:drop=dropped
        >
            <span class="text-primary">
                <Icon icon=lu::LuFileSpreadsheet size="2.5rem" />
            </span>
            <h2 id="drop-title" class="text-lg font-semibold">
                {t!(i18n, imports.drop_title)}
            </h2>
            <p>
                {t!(i18n, imports.drop_text)} " "
                <label for="import-file" class="link link-primary font-medium focus-within:outline-2 focus-within:outline-offset-2">
                    {t!(i18n, imports.browse)}
                    <input
                        node_ref=input
                        id="import-file"
                        class="sr-only"
                        type="file"
                        accept=ACCEPTED
                        aria-describedby="drop-formats"
                        on:change=picked
                    />
                </label>
            </p>
            <p id="drop-formats" class="muted text-sm">
                {t!(i18n, imports.drop_formats)}
            </p>
            <p class="flex items-center gap-2 text-sm">
                <Icon icon=lu::LuShieldCheck />
                {t!(i18n, imports.nothing_leaves)}
            </p>
        </div>
    }
}

#[component]
pub(super) fn ReadingFile(desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    let counts = move || {
        let locale = i18n.get_locale();
        desk.reading()
            .map_or_else(String::new, |progress| match progress.step {
                Step::Reading => {
                    let (done, total) = (
                        wording::size(locale, progress.done),
                        wording::size(locale, progress.total),
                    );
                    t_string!(i18n, common.of_total, done = done, total = total)
                }
                // No file that is read is written.
                Step::Writing => String::new(),
                Step::Understanding => {
                    t_string!(
                        i18n,
                        imports.columns_of,
                        done = progress.done,
                        total = progress.total
                    )
                }
            })
    };
    let done = Signal::derive(move || desk.reading().map_or(0, |progress| progress.done));
    let total = Signal::derive(move || desk.reading().map_or(0, |progress| progress.total));
    view! {
        <div class="card p-4 flex max-w-2xl flex-col gap-4">
            <ProgressBar
                label=say(move || t_string!(i18n, imports.reading, name = desk.name()))
                counts=say(counts)
                done=done
                total=total
            />
            <div>
                <Button on:click=move |_| desk.cancel_reading()>{t!(i18n, common.cancel)}</Button>
            </div>
        </div>
    }
}
