//! `/customers/export`: which customers, which columns, which format; **Export list**.

use super::{
    api,
    by_mail::ByMail,
    choice::Chosen,
    columns::Columns,
    job::{self, Made, NotMade, Progress},
    lists::Lists,
    mailed,
    running::{Done, Failed, Running, Saved},
    save, wording,
};
use crate::{
    customers::{self, view_model::list_view::ListView},
    data,
    error::{AppError, ErrorNotice},
    i18n::{Locale, t, t_string, use_i18n},
    session::{Permitted, use_me},
    sync::now,
    ui::{Button, ButtonKind, PageHeader, RadioGroup, Skeleton, local_date, say},
    worker::Worker,
};
use domain::{
    attribute::Attribute,
    export::{ExportFormat, ExportList, ExportRequest},
    mail::{FileName, MailLanguage, MailRequest, Mailing},
    permission::Permission,
};
use icondata_lu::LuDownload;
use leptos::{prelude::*, task::spawn_local_scoped_with_cancellation};
use leptos_router::hooks::use_query_map;
use send_wrapper::SendWrapper;
use sheets::protocol::{ExportColumn, ExportPlan};
use web_sys::AbortController;

#[component]
pub fn ExportPage() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <PageHeader
            title=say(move || t_string!(i18n, exports.title))
            text=say(move || t_string!(i18n, exports.text))
        />
        <Permitted to=Permission::ExportCustomers>
            <Loaded />
        </Permitted>
    }
}

#[component]
fn Loaded() -> impl IntoView {
    let i18n = use_i18n();
    let attributes = Resource::new(|| (), |()| data::ask(customers::api::list_attributes));
    let mailing = Resource::new(|| (), |()| data::ask(api::can_mail));
    let retry = Callback::new(move |()| {
        attributes.refetch();
        mailing.refetch();
    });
    let params = use_query_map();
    view! {
        <Suspense fallback=move || view! { <Skeleton label=say(move || t_string!(i18n, common.loading)) /> }>
            {move || Suspend::new(async move {
                match (attributes.await, mailing.await) {
                    (Ok(attributes), Ok(mailing)) => {
                        let shown = params
                            .with_untracked(|params| ListView::from_params(|key| params.get(key)));
                        view! { <Export attributes=attributes shown=shown mailing=mailing /> }.into_any()
                    }
                    (Err(error), _) | (_, Err(error)) => {
                        view! { <ErrorNotice error=error retry=retry /> }.into_any()
                    }
                }
            })}
        </Suspense>
    }
}

/// What is shown instead of the choice, or above it.
#[derive(Clone, Debug, PartialEq, Eq)]
enum State {
    Choosing,
    Running,
    Saved(Saved),
    Failed(NotMade),
}

#[component]
fn Export(attributes: Vec<Attribute>, shown: ListView, mailing: Mailing) -> impl IntoView {
    let chosen = Chosen::new(attributes, shown);
    let i18n = use_i18n();
    let me = use_me();
    let state = RwSignal::new(State::Choosing);
    Effect::new(move || {
        if state.with(|state| matches!(state, State::Choosing)) {
            Worker::warm_up();
        }
    });
    let progress = RwSignal::new(Progress::default());
    let cancel = StoredValue::new(None::<Callback<()>>);
    let file: mailed::File = StoredValue::new(None);
    let export = Action::new_local(move |(): &()| async move {
        let locale = i18n.get_locale_untracked();
        let (list, format) = (untrack(|| chosen.list()), chosen.format.get_untracked());
        let columns = untrack(|| chosen.chosen_columns());
        let now = now();
        let title = wording::title(locale, &list);
        let time_zone = me.with_untracked(|me| me.account.time_zone.clone());
        let day = local_date(now, &time_zone).unwrap_or_else(|| now.date_naive());
        let name = format!("{title} {day}.{}", format.key());
        let Ok(place) = save::pick(&name, format.media_type(), format.key()).await else {
            return;
        };
        let headers = wording::headers(locale, &columns);
        let plan = ExportPlan {
            format,
            title: title.to_owned(),
            author: me.with_untracked(|me| me.account.name.clone()),
            created: now,
            columns: headers
                .into_iter()
                .zip(&columns)
                .map(|(header, column)| ExportColumn {
                    header,
                    kind: column.kind,
                })
                .collect(),
            versions: chosen
                .versions
                .get_untracked()
                .then(|| me.with_untracked(|me| me.account.id)),
        };
        let request = ExportRequest {
            list,
            columns: columns.iter().map(|column| column.slot).collect(),
            format,
        };
        state.set(State::Running);
        let made = run(request, plan, progress, cancel).await;
        let ended = match made {
            Ok(made) if save::save(&place, &made.file, &name, format.media_type()).await => {
                let by_mail = chosen.by_mail.get_untracked();
                let mail = by_mail
                    .then(|| mail_request(&made, &name, locale))
                    .flatten();
                let kept = mail.is_some().then(|| SendWrapper::new(made.file));
                file.set_value(kept);
                State::Saved(Saved {
                    name,
                    rows: made.rows,
                    sheets: made.sheets,
                    cut: made.cut,
                    mail,
                })
            }
            Ok(_) => State::Failed(NotMade::NotSaved),
            Err(why) => State::Failed(why),
        };
        state.try_set(ended);
    });
    let on_cancel = Callback::new(move |()| {
        if let Some(cancel) = cancel.get_value() {
            cancel.run(());
        }
    });
    let on_again = Callback::new(move |()| {
        file.set_value(None);
        state.set(State::Choosing);
    });
    let start = Callback::new(move |()| drop(export.dispatch_local(())));
    move || match state.get() {
        State::Running => view! { <Running progress=progress on_cancel=on_cancel /> }.into_any(),
        State::Saved(saved) => {
            view! { <Done saved=saved file=file on_again=on_again /> }.into_any()
        }
        State::Failed(why) => view! {
            <div class="mb-4">
                <Failed why=why />
            </div>
            <Choose chosen=chosen mailing=mailing start=start />
        }
        .into_any(),
        State::Choosing => {
            view! { <Choose chosen=chosen mailing=mailing start=start /> }.into_any()
        }
    }
}

fn mail_request(made: &Made, name: &str, locale: Locale) -> Option<MailRequest> {
    Some(MailRequest {
        export: made.export,
        file_name: FileName::parse(name).ok()?,
        bytes: made.bytes,
        language: match locale {
            Locale::en => MailLanguage::English,
            Locale::fr => MailLanguage::French,
        },
    })
}

/// Starts a worker of its own, which ends with the file or when it is cancelled.
async fn run(
    request: ExportRequest,
    plan: ExportPlan,
    progress: RwSignal<Progress>,
    cancel: StoredValue<Option<Callback<()>>>,
) -> Result<Made, NotMade> {
    let worker = Worker::start()?;
    let controller = AbortController::new().map_err(|_| NotMade::WorkerGone)?;
    let signal = controller.signal();
    let ending = SendWrapper::new((worker.clone(), controller));
    cancel.set_value(Some(Callback::new(move |()| {
        ending.1.abort();
        ending.0.end();
    })));
    let made = job::make(&worker, request, plan, progress, &signal).await;
    match made {
        _ if signal.aborted() => Err(NotMade::Cancelled),
        Err(NotMade::WorkerGone) if !worker.was_loaded() => Err(NotMade::WorkerNotLoaded),
        made => made,
    }
}

#[component]
fn Choose(chosen: Chosen, mailing: Mailing, start: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let list = Memo::new(move |_| chosen.list());
    // Asked by the page alone: nobody waits for the page until a long list is counted.
    let count = RwSignal::new(None::<Result<u64, AppError>>);
    let again = RwSignal::new(());
    Effect::new(move || {
        again.track();
        let list = list.get();
        spawn_local_scoped_with_cancellation(async move {
            // The server would refuse the question.
            let counted = if list.is_upside_down() {
                Ok(0)
            } else {
                data::ask(move || api::count_export(list.clone())).await
            };
            count.set(Some(counted));
        });
    });
    let no_columns = Signal::derive(move || chosen.chosen_columns().is_empty());
    let said = move || match count.get() {
        // The field says what is wrong.
        _ if list.with(ExportList::is_upside_down) => ().into_any(),
        None => view! { <p class="muted">"…"</p> }.into_any(),
        Some(Ok(0)) => {
            view! { <p class="text-error">{t!(i18n, common.export_nobody)}</p> }.into_any()
        }
        Some(Ok(rows)) => {
            let text = move || {
                count!(
                    i18n.get_locale(),
                    rows,
                    customers.one_customer | many_customers
                )
            };
            view! { <p class="muted">{text}</p> }.into_any()
        }
        Some(Err(error)) => {
            view! { <ErrorNotice error=error retry=move |()| again.notify() /> }.into_any()
        }
    };
    let nobody = Signal::derive(move || !matches!(count.get(), Some(Ok(1..))));
    let formats = vec![
        (
            ExportFormat::Xlsx,
            say(move || t_string!(i18n, exports.xlsx)),
        ),
        (ExportFormat::Csv, say(move || t_string!(i18n, exports.csv))),
    ];
    let disabled = Signal::derive(move || nobody.get() || no_columns.get());
    view! {
        <div class="flex max-w-2xl flex-col gap-6">
            <Lists chosen=chosen />
            <div aria-live="polite">{said}</div>
            <Columns chosen=chosen />
            {move || {
                no_columns
                    .get()
                    .then(|| view! { <p class="text-error">{t!(i18n, common.export_columns)}</p> })
            }}
            <RadioGroup
                name="format"
                legend=say(move || t_string!(i18n, exports.format))
                value=chosen.format
                choices=formats
            />
            <ByMail chosen=chosen mailing=mailing />
            <div>
                <Button kind=ButtonKind::Primary icon=LuDownload disabled=disabled on:click=move |_| start.run(())>
                    {t!(i18n, exports.export_list)}
                </Button>
            </div>
        </div>
    }
}
