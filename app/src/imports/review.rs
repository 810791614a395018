//! **Review**: what the import would do to the real records, before anything is written.

mod clash;
mod clashes;
mod paged;
mod plan_row;
mod plan_rows;
mod rules;
mod running;

use super::{
    api,
    discard::DiscardButton,
    totals::{PlanTiles, StackedBar, plan_parts},
};
use crate::{
    customers,
    data::{self, GaveUp},
    error::{AppError, Conflict, ErrorNotice},
    i18n::{t, t_string, use_i18n},
    routes,
    session::use_me,
    ui::{Button, ButtonKind, Moment, Notice, NoticeKind},
    words,
};
use clashes::Clashes;
use domain::{
    attribute::Attribute,
    ids::ImportId,
    import::{
        refusal::ImportRefusal,
        report::{ImportSummary, Staging},
    },
};
use leptos::prelude::*;
use plan_rows::PlanRows;
use rules::Rules;
use running::{Comparing, Running};
use web_sys::AbortSignal;

/// `back`: to the columns, where the file is still open. `correct`: to its row at a line. `on_done`: the import was committed.
#[component]
pub(super) fn Review(
    import: ImportId,
    on_done: Callback<ImportId>,
    #[prop(optional, into)] back: Option<Callback<()>>,
    #[prop(optional, into)] correct: Option<Callback<u32>>,
    #[prop(into)] on_discard: Callback<()>,
) -> impl IntoView {
    let version = RwSignal::new(0_u32);
    let nothing_written = RwSignal::new(None::<AppError>);
    let staged = data::resource(
        move || version.try_get(),
        move |_| async move {
            let staging = data::ask(|| api::get_staging(import)).await?;
            let attributes = data::ask(customers::api::list_attributes).await?;
            Ok::<_, AppError>((staging, attributes))
        },
    );
    let retry = Callback::new(move |()| version.update(|version| *version += 1));
    let on_nothing_written = Callback::new(move |why| {
        nothing_written.set(Some(why));
        retry.run(());
    });
    // A fallback lives on behind what it stood for: without this it would ask the server for ever.
    let comparing = RwSignal::new(true);
    let content = move || {
        Suspend::new(async move {
            let staged = staged.await;
            comparing.try_set(false);
            match staged {
                Ok((staging, attributes)) => {
                    view! { <Reviewed staging=staging attributes=attributes back=back correct=correct on_done=on_done nothing_written=nothing_written on_nothing_written=on_nothing_written on_discard=on_discard /> }.into_any()
                }
                Err(error) => view! { <ErrorNotice error=error retry=retry /> }.into_any(),
            }
        })
    };
    view! {
        <Transition fallback=move || {
            view! {
                <Show when=move || comparing.get()>
                    <Comparing import=import />
                </Show>
            }
        }>{content}</Transition>
    }
}

/// The account's attributes, and those that the import would make.
pub(super) fn all_attributes(
    mut attributes: Vec<Attribute>,
    new: &[domain::import::chunk::NewAttribute],
) -> Vec<Attribute> {
    attributes.extend(new.iter().map(|new| Attribute {
        id: new.id,
        name: new.name.clone(),
        kind: new.kind,
        retired: false,
    }));
    attributes
}

#[component]
fn Reviewed(
    staging: Staging,
    attributes: Vec<Attribute>,
    back: Option<Callback<()>>,
    correct: Option<Callback<u32>>,
    on_done: Callback<ImportId>,
    nothing_written: RwSignal<Option<AppError>>,
    on_nothing_written: Callback<AppError>,
    on_discard: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let import = staging.summary.id;
    let attributes = StoredValue::new(all_attributes(attributes, &staging.new_attributes));
    let totals = RwSignal::new(staging.totals.unwrap_or_default());
    let columns = RwSignal::new(staging.columns);
    let headers = StoredValue::new(staging.headers);
    let filter = RwSignal::new(None);
    let planning = RwSignal::new(false);
    let gone = StoredValue::new_local(None);
    Effect::new(move || gone.set_value(data::until_gone()));
    let commit = Action::new_local(move |(): &()| {
        nothing_written.set(None);
        committed(import, totals.get_untracked().digest, gone.get_value())
    });
    Effect::new(move || match commit.value().get() {
        Some(Ok(_)) => on_done.run(import),
        Some(Err(why)) if shows_review_again(&why) => on_nothing_written.run(why),
        _ => {}
    });
    let error = move || {
        let error = commit.value().get().and_then(Result::err);
        error.filter(|error| !shows_review_again(error))
    };
    let again = Callback::new(move |()| drop(commit.dispatch_local(())));
    let unsubscribes = move || {
        let stops = u64::from(totals.get().unsubscribes);
        (stops > 0).then(|| {
            let text = count!(
                i18n.get_locale(),
                stops,
                imports.unsubscribes_one | unsubscribes_many
            );
            view! { <Notice kind=NoticeKind::Warning>{text}</Notice> }
        })
    };
    // Once it runs, or has run, nothing of the plan can be changed any more, nor of one that is about to be shown anew.
    let runs = Memo::new(move |_| {
        commit.pending().get()
            || match commit.value().get() {
                None => false,
                Some(Ok(_)) => true,
                Some(Err(why)) => shows_review_again(&why),
            }
    });
    let name = staging.summary.file_name.clone();
    let before = staging.same_file_before.clone();
    let plan = move || {
        view! {
            <div class="flex flex-col gap-4">
                <div>
                    <h2 class="text-lg font-semibold">{t!(i18n, imports.review_title)}</h2>
                    <p class="muted break-all">{name.clone()}</p>
                </div>
                {move || nothing_written.get().map(|why| view! { <NothingWritten why=why /> })}
                {before.clone().map(|before| view! { <ImportedBefore before=before /> })}
                {unsubscribes}
                <PlanTiles totals=totals filter=filter />
                {move || view! { <StackedBar parts=plan_parts(&totals.get()) /> }}
                <Clashes import=import columns=columns totals=totals attributes=attributes planning=planning on_plan_changed=on_nothing_written />
                <Rules import=import columns=columns totals=totals attributes=attributes planning=planning />
                <PlanRows import=import totals=totals filter=filter attributes=attributes headers=headers correct=correct />
                {move || error().map(|error| view! { <ErrorNotice error=error retry=again by_hand=true /> })}
                <div class="action-bar">
                    <Button kind=ButtonKind::Primary disabled=planning on:click=move |_| again.run(())>
                        {t!(i18n, imports.import)}
                    </Button>
                    {back.map(|back| view! { <Button on:click=move |_| back.run(())>{t!(i18n, common.back)}</Button> })}
                    <DiscardButton import=import on_done=on_discard />
                    <p class="muted text-sm">{t!(i18n, imports.all_or_nothing)}</p>
                </div>
            </div>
        }
    };
    move || {
        if runs.get() {
            view! { <Running import=import /> }.into_any()
        } else {
            plan().into_any()
        }
    }
}

/// Waits for the server where it cannot be reached: it may have begun, and asked again it answers what it did.
async fn committed(
    import: ImportId,
    seen: u64,
    gone: Option<AbortSignal>,
) -> Result<ImportSummary, AppError> {
    let commit = || data::ask(move || api::commit_import(import, seen));
    let Some(gone) = gone else {
        return commit().await;
    };
    // Every other answer is for the person to see.
    let answered = || async move {
        match commit().await {
            Err(AppError::Offline) => Err(AppError::Offline),
            answer => Ok(answer),
        }
    };
    match data::patiently(&gone, |_| (), answered).await {
        Ok(answer) => answer,
        Err(GaveUp::Error(error)) => Err(error),
        Err(GaveUp::Cancelled) => Err(AppError::Offline),
    }
}

/// Nothing was written or chosen, and what the import would do now has to be looked at.
fn shows_review_again(why: &AppError) -> bool {
    matches!(
        why,
        AppError::Conflict(Conflict::PlanChanged) | AppError::Import(ImportRefusal::Stopped)
    )
}

/// Why Review is shown again instead of the report.
#[component]
fn NothingWritten(why: AppError) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Notice kind=NoticeKind::Warning>
            {move || words::app_error(i18n.get_locale(), &why)}
        </Notice>
    }
}

#[component]
fn ImportedBefore(before: ImportSummary) -> impl IntoView {
    let i18n = use_i18n();
    let me = use_me();
    let time_zone = Signal::derive(move || me.with(|me| me.account.time_zone.clone()));
    let language = Signal::derive(move || words::language_code(i18n.get_locale()).to_owned());
    let by = before.by.clone();
    view! {
        <Notice kind=NoticeKind::Warning>
            <p>
                <a class="link" href=routes::import(before.id)>
                    {move || t_string!(i18n, imports.imported_before, by = by.clone())}
                </a> " "
                <Moment at=before.finished_at.unwrap_or(before.started_at) time_zone=time_zone language=language />
            </p>
        </Notice>
    }
}
