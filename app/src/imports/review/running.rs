//! How far the server has come with an import: comparing its rows, then writing them.

use crate::{
    data::{self, GaveUp, Pause},
    i18n::{Locale, t, t_string, use_i18n},
    imports::api,
    ui::{Button, ProgressBar, Skeleton, say},
    words::number,
};
use domain::{ids::ImportId, import::plan::Progress};
use leptos::{prelude::*, task::spawn_local};
use leptos_i18n::td_string;

/// Between two questions.
const PAUSE_MS: u32 = 500;

/// How far the work is, for the person who watches.
#[derive(Clone, Copy, Debug)]
struct Watched {
    /// Nothing until the server says something.
    progress: RwSignal<Option<Progress>>,
    pause: RwSignal<Option<Pause>>,
}

/// The server is asked for as long as the caller is shown.
fn use_progress(import: ImportId) -> Watched {
    let (progress, pause) = (RwSignal::new(None), RwSignal::new(None));
    Effect::new(move || {
        let Some(gone) = data::until_gone() else {
            return;
        };
        spawn_local(async move {
            let on_pause = |why| {
                pause.try_set(why);
            };
            loop {
                data::wait(PAUSE_MS).await;
                if gone.aborted() {
                    return;
                }
                match data::patiently(&gone, on_pause, || api::import_progress(import)).await {
                    Ok(Some(now)) => {
                        progress.try_set(Some(now));
                    }
                    // What cannot be told now can be told the next time; what matters is the answer to the work itself.
                    Ok(None) | Err(GaveUp::Error(_)) => {}
                    Err(GaveUp::Cancelled) => return,
                }
            }
        });
    });
    Watched { progress, pause }
}

impl Watched {
    /// What is done, or what it waits for.
    fn label(self, locale: Locale, working: &'static str) -> &'static str {
        match self.pause.get() {
            None => working,
            Some(Pause::Offline) => td_string!(locale, imports.sending_offline),
            Some(Pause::Retrying) => td_string!(locale, imports.sending_retrying),
        }
    }
}

#[component]
fn RowsBar(
    progress: RwSignal<Option<Progress>>,
    #[prop(into)] label: Signal<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let counts = move || {
        let locale = i18n.get_locale();
        progress.get().map_or_else(String::new, |progress| {
            t_string!(
                i18n,
                imports.rows_of,
                done = number(locale, u64::from(progress.done)),
                total = number(locale, u64::from(progress.total))
            )
        })
    };
    let part = move |of: fn(Progress) -> u32| progress.get().map_or(0, |now| u64::from(of(now)));
    view! {
        <ProgressBar
            label=label
            counts=say(counts)
            done=Signal::derive(move || part(|now| now.done))
            total=Signal::derive(move || part(|now| now.total))
        />
    }
}

/// While the rows are compared with the customers.
#[component]
pub(super) fn Comparing(import: ImportId) -> impl IntoView {
    let i18n = use_i18n();
    let watched = use_progress(import);
    let progress = watched.progress;
    let bar = move || {
        let comparing =
            say(move || watched.label(i18n.get_locale(), t_string!(i18n, imports.comparing)));
        progress.with(Option::is_some).then(|| {
            view! {
                <div class="card mb-4 max-w-2xl p-4">
                    <RowsBar progress=progress label=comparing />
                </div>
            }
        })
    };
    view! {
        {bar}
        <Skeleton label=say(move || t_string!(i18n, common.loading)) />
    }
}

/// While the import is written. It goes on without this page, and can be stopped until its last row.
#[component]
pub(super) fn Running(import: ImportId) -> impl IntoView {
    let i18n = use_i18n();
    let watched = use_progress(import);
    let stop = Action::new_local(move |(): &()| data::ask(move || api::stop_commit(import)));
    let stopping = move || stop.pending().get() || matches!(stop.value().get(), Some(Ok(())));
    let label = move || {
        let working = if stopping() {
            t_string!(i18n, imports.stopping)
        } else {
            t_string!(i18n, imports.importing)
        };
        watched.label(i18n.get_locale(), working)
    };
    view! {
        <div class="card max-w-2xl gap-4 p-4">
            <RowsBar progress=watched.progress label=say(label) />
            {move || {
                (!stopping()).then(|| view! { <p class="muted text-sm">{t!(i18n, imports.importing_text)}</p> })
            }}
            <div>
                <Button
                    disabled=Signal::derive(stopping)
                    on:click=move |_| drop(stop.dispatch_local(()))
                >
                    {t!(i18n, common.cancel)}
                </Button>
            </div>
        </div>
    }
}
