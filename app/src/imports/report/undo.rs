//! **Undo import**: puts back what nobody has touched since, and lists the rest.

use super::super::api;
use crate::{
    customers::wording,
    data,
    error::{AppError, ErrorNotice},
    i18n::{t, t_string, use_i18n},
    routes,
    ui::{Button, ConfirmDialog, Notice, NoticeKind, say},
};
use domain::{
    attribute::Attribute,
    ids::ImportId,
    import::report::{UndoKept, UndoReport},
    query::Page,
};
use icondata_lu as lu;
use leptos::prelude::*;

#[component]
pub(super) fn UndoImport(import: ImportId, on_undone: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let open = RwSignal::new(false);
    let undo = Action::new_local(move |(): &()| async move {
        let answer = data::ask(|| api::undo_import(import)).await;
        open.set(false);
        answer.map(|_| {
            on_undone.try_run(());
        })
    });
    let error = move || undo.value().get().and_then(Result::err);
    view! {
        <Button icon=lu::LuUndo2 on:click=move |_| open.set(true)>
            {t!(i18n, imports.undo)}
        </Button>
        <ConfirmDialog
            id="undo-import"
            title=say(move || t_string!(i18n, imports.undo_title))
            text=say(move || t_string!(i18n, imports.undo_text))
            confirm=say(move || t_string!(i18n, imports.undo_yes))
            cancel=say(move || t_string!(i18n, common.cancel))
            open=open
            busy=undo.pending()
            on_confirm=move |()| drop(undo.dispatch_local(()))
            on_cancel=move |()| open.set(false)
        />
        {move || error().map(|error| view! { <ErrorNotice error=error /> })}
    }
}

/// What the undo did, and what it left alone.
#[component]
pub(in super::super) fn Undone(
    import: ImportId,
    report: UndoReport,
    attributes: Vec<Attribute>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (removed, restored) = (
        u64::from(report.customers_removed),
        u64::from(report.values_restored),
    );
    let did = move || {
        let locale = i18n.get_locale();
        let removed = count!(locale, removed, imports.removed_one | removed_many);
        let restored = count!(locale, restored, imports.restored_one | restored_many);
        format!("{removed} · {restored}")
    };
    let attributes = StoredValue::new(attributes);
    let Page { rows, next } = report.kept;
    let kept = (!rows.is_empty()).then(|| {
        let (rows, next) = (RwSignal::new(rows), RwSignal::new(next));
        let more = Action::new_local(move |(): &()| {
            let after = next.get_untracked();
            async move {
                let answer = data::ask(|| api::get_undo_report(import, after.clone())).await?;
                if let Some(report) = answer {
                    rows.update(|rows| rows.extend(report.kept.rows));
                    next.set(report.kept.next);
                }
                Ok::<_, AppError>(())
            }
        });
        let error = move || more.value().get().and_then(Result::err);
        let items = move || {
            rows.get()
                .into_iter()
                .map(|kept| view! { <Kept kept=kept attributes=attributes /> })
                .collect_view()
        };
        view! {
            <section class="card p-4" aria-labelledby="kept-title">
                <h3 id="kept-title" class="font-medium">
                    {t!(i18n, imports.kept_title)}
                </h3>
                <ul class="mt-2 flex flex-col gap-1 text-sm">{items}</ul>
                <Show when=move || next.with(Option::is_some)>
                    <div class="mt-3">
                        <Button busy=more.pending() on:click=move |_| drop(more.dispatch_local(()))>
                            {t!(i18n, imports.kept_more)}
                        </Button>
                    </div>
                </Show>
                {move || error().map(|error| view! { <ErrorNotice error=error /> })}
            </section>
        }
    });
    view! {
        <div class="mb-4 flex flex-col gap-4">
            <Notice kind=NoticeKind::Success>
                <span>{did}</span>
            </Notice>
            {kept}
        </div>
    }
}

#[component]
fn Kept(kept: UndoKept, attributes: StoredValue<Vec<Attribute>>) -> impl IntoView {
    let i18n = use_i18n();
    let slot = kept.slot;
    let what = move || match slot {
        Some(slot) => {
            attributes.with_value(|attributes| wording::slot(i18n.get_locale(), slot, attributes))
        }
        None => t_string!(i18n, imports.kept_whole).to_owned(),
    };
    view! {
        <li>
            <a class="link" href=routes::customer(kept.customer)>
                {kept.name}
            </a>
            <span class="muted">" · " {what}</span>
        </li>
    }
}
