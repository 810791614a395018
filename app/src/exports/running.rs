//! What is shown once **Export list** was pressed.

use super::{
    job::{NotMade, Progress},
    mailed::{File, Mailed},
};
use crate::{
    data::Pause,
    error::ErrorNotice,
    i18n::{t, t_string, use_i18n},
    ui::{Button, ButtonKind, Notice, NoticeKind, ProgressBar, say},
    words::number,
};
use domain::mail::MailRequest;
use leptos::prelude::*;

/// What became of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Saved {
    pub(super) name: String,
    pub(super) rows: u32,
    pub(super) sheets: u32,
    pub(super) cut: u32,
    /// To be sent by e-mail too.
    pub(super) mail: Option<MailRequest>,
}

#[component]
pub(super) fn Running(progress: RwSignal<Progress>, on_cancel: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let label = move || match progress.get() {
        Progress {
            pause: Some(Pause::Offline),
            ..
        } => t_string!(i18n, exports.offline).to_owned(),
        Progress {
            pause: Some(Pause::Retrying),
            ..
        } => t_string!(i18n, exports.retrying).to_owned(),
        Progress { writing: true, .. } => t_string!(i18n, exports.writing).to_owned(),
        Progress { .. } => t_string!(i18n, exports.fetching).to_owned(),
    };
    let counts = move || {
        let Progress { done, total, .. } = progress.get();
        let locale = i18n.get_locale();
        t_string!(
            i18n,
            exports.rows_of,
            done = number(locale, done),
            total = number(locale, total)
        )
    };
    view! {
        <div class="card max-w-2xl gap-4 p-4">
            <ProgressBar
                label=say(label)
                counts=say(counts)
                done=Signal::derive(move || progress.get().done)
                total=Signal::derive(move || progress.get().total)
            />
            <div>
                <Button on:click=move |_| on_cancel.run(())>{t!(i18n, common.cancel)}</Button>
            </div>
        </div>
    }
}

#[component]
pub(super) fn Done(saved: Saved, file: File, on_again: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let Saved {
        name,
        rows,
        sheets,
        cut,
        mail,
    } = saved;
    let text = move || {
        let locale = i18n.get_locale();
        let customers = count!(
            locale,
            u64::from(rows),
            customers.one_customer | many_customers
        );
        t_string!(
            i18n,
            exports.saved,
            name = name.clone(),
            customers = customers
        )
    };
    let several = (sheets > 1).then(|| {
        view! { <p>{move || t_string!(i18n, exports.several_sheets, count = number(i18n.get_locale(), u64::from(sheets)))}</p> }
    });
    let cut = (cut > 0).then(|| {
        let text = move || {
            count!(
                i18n.get_locale(),
                u64::from(cut),
                exports.cut_one | cut_many
            )
        };
        view! { <Notice kind=NoticeKind::Warning>{text}</Notice> }
    });
    view! {
        <div class="flex max-w-2xl flex-col gap-4">
            <Notice kind=NoticeKind::Success>
                <p class="break-all">{text}</p>
                {several}
            </Notice>
            {cut}
            {mail.map(|request| view! { <Mailed request=request file=file /> })}
            <div>
                <Button kind=ButtonKind::Primary on:click=move |_| on_again.run(())>
                    {t!(i18n, exports.again)}
                </Button>
            </div>
        </div>
    }
}

/// Why there is no file.
#[component]
pub(super) fn Failed(why: NotMade) -> impl IntoView {
    let i18n = use_i18n();
    let text = match why {
        NotMade::Server(error) => return view! { <ErrorNotice error=error /> }.into_any(),
        NotMade::Cancelled => say(move || t_string!(i18n, exports.cancelled)),
        NotMade::WorkerGone => say(move || t_string!(i18n, exports.worker_gone)),
        NotMade::WorkerNotLoaded => say(move || t_string!(i18n, exports.worker_not_loaded)),
        NotMade::TooLarge => say(move || t_string!(i18n, exports.too_large)),
        NotMade::Restless => say(move || t_string!(i18n, exports.restless)),
        NotMade::NotSaved => say(move || t_string!(i18n, exports.not_saved)),
    };
    view! { <Notice kind=NoticeKind::Warning>{move || text.get()}</Notice> }.into_any()
}
