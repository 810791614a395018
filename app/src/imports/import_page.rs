//! `/imports/{id}`: what an import did, or how an unfinished one goes on.

use super::{
    api,
    desk::Desk,
    discard::DiscardButton,
    drop_box::{DropBox, ReadingFile},
    report::{Report, Undone},
    review::Review,
    state::Stage,
    trouble::TroubleNotice,
    upload_view::SendingRows,
};
use crate::{
    customers, data,
    error::{AppError, ErrorNotice},
    i18n::{t, t_string, use_i18n},
    routes,
    session::Permitted,
    ui::{Notice, NoticeKind, PageHeader, Skeleton, say},
};
use domain::{
    attribute::Attribute,
    ids::ImportId,
    import::report::{ImportDetail, ImportState, Staging, UndoReport},
    permission::Permission,
};
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_params_map};

#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
struct Loaded {
    detail: ImportDetail,
    attributes: Vec<Attribute>,
    /// Of an unfinished import of this person.
    staging: Option<Staging>,
    /// Of an import that was undone.
    undone: Option<UndoReport>,
}

async fn load(import: Option<ImportId>) -> Result<Loaded, AppError> {
    let import = import.ok_or(AppError::NotFound)?;
    let detail = data::ask(|| api::get_import(import))
        .await?
        .ok_or(AppError::NotFound)?;
    let attributes = data::ask(customers::api::list_attributes).await?;
    let staging = match detail.summary.state {
        ImportState::Staging => match data::ask(|| api::get_staging(import)).await {
            // Only whoever began an import can go on with it.
            Err(AppError::NotFound | AppError::Forbidden) => None,
            staging => Some(staging?),
        },
        _ => None,
    };
    let undone = match detail.summary.state {
        ImportState::Undone => data::ask(|| api::get_undo_report(import, None)).await?,
        _ => None,
    };
    Ok(Loaded {
        detail,
        attributes,
        staging,
        undone,
    })
}

#[component]
pub fn ImportPage() -> impl IntoView {
    let i18n = use_i18n();
    let params = use_params_map();
    let import =
        Memo::new(move |_| params.with(|params| params.get("id")?.parse::<ImportId>().ok()));
    let version = RwSignal::new(0_u32);
    let loaded = data::resource(
        move || import.try_get().zip(version.try_get()),
        |(import, _)| load(import),
    );
    let again = Callback::new(move |()| version.update(|version| *version += 1));
    let title = move || match loaded.get() {
        Some(Ok(loaded)) => loaded.detail.summary.file_name,
        _ => t_string!(i18n, imports.one_import).to_owned(),
    };
    let content = move || {
        Suspend::new(async move {
            match loaded.await {
                Ok(Loaded {
                    detail,
                    attributes,
                    staging: None,
                    undone,
                }) => {
                    let undone = undone.map(|report| {
                        view! { <Undone import=detail.summary.id report=report attributes=attributes.clone() /> }
                    });
                    view! {
                        {undone}
                        <Report detail=detail attributes=attributes on_undone=again />
                    }
                    .into_any()
                }
                Ok(Loaded {
                    staging: Some(staging),
                    ..
                }) => view! {
                    <Permitted to=Permission::ImportCustomers>
                        <Unfinished staging=staging on_change=again />
                    </Permitted>
                }
                .into_any(),
                Err(error) => view! { <ErrorNotice error=error retry=again /> }.into_any(),
            }
        })
    };
    view! {
        <Transition>
            <PageHeader title=say(title)>
                <a class="btn btn-ghost" href=routes::IMPORTS>
                    {t!(i18n, imports.title)}
                </a>
            </PageHeader>
        </Transition>
        <Transition fallback=move || {
            view! { <Skeleton label=say(move || t_string!(i18n, common.loading)) /> }
        }>{content}</Transition>
    }
}

/// Everything has arrived: Review. Something is missing: the same file is asked for, and only the rest of it sent.
#[component]
fn Unfinished(staging: Staging, on_change: Callback<()>) -> impl IntoView {
    let navigate = use_navigate();
    let on_discard = Callback::new(move |()| {
        navigate(routes::IMPORTS, leptos_router::NavigateOptions::default());
    });
    let on_done = Callback::new(move |_| on_change.run(()));
    if staging.missing.is_empty() {
        view! { <Review import=staging.summary.id on_done=on_done on_discard=on_discard /> }
            .into_any()
    } else {
        view! { <Rest staging=staging on_sent=on_change on_discard=on_discard /> }.into_any()
    }
}

#[component]
fn Rest(staging: Staging, on_sent: Callback<()>, on_discard: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let desk = Desk::new();
    let stage = Memo::new(move |_| desk.stage());
    let import = staging.summary.id;
    let (name, chunks) = (staging.summary.file_name.clone(), staging.chunks);
    let missing = u32::try_from(staging.missing.len()).unwrap_or(u32::MAX);
    let arrived = u64::from(staging.rows) * u64::from(chunks.saturating_sub(missing))
        / u64::from(chunks.max(1));
    let explained = move || {
        let rows = count!(i18n.get_locale(), arrived, imports.rows_one | rows_many);
        t_string!(i18n, imports.rest_text, name = name.clone(), rows = rows)
    };
    Effect::new(move || {
        if matches!(stage.get(), Stage::Review(_)) {
            on_sent.run(());
        }
    });
    let panel = move || match stage.get() {
        Stage::Choose => view! { <DropBox desk=desk resumed=Some(staging.clone()) /> }.into_any(),
        Stage::Reading => view! { <ReadingFile desk=desk /> }.into_any(),
        _ => view! { <SendingRows desk=desk /> }.into_any(),
    };
    view! {
        <div class="flex flex-col gap-4">
            <Notice kind=NoticeKind::Info>
                <span>{explained}</span>
            </Notice>
            <TroubleNotice desk=desk />
            {panel}
            <div>
                <DiscardButton import=import on_done=on_discard />
            </div>
        </div>
    }
    .into_any()
}
