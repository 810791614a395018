//! `/exports/{id}`: where the link of a mail leads whose file was too large to be attached.

use super::api;
use crate::{
    data,
    error::{AppError, ErrorNotice, NotFoundPage},
    i18n::{t, t_string, use_i18n},
    imports::file_size,
    routes,
    session::{When, use_me},
    ui::{EmptyState, Icon, LinkButton, PageHeader, Skeleton, say},
};
use domain::{ids::ExportId, mail::ExportMail, permission::Permission};
use icondata_lu::{LuDownload, LuFileClock, LuFileX};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

#[component]
pub fn ExportedPage() -> impl IntoView {
    let i18n = use_i18n();
    if !use_me().with_untracked(|me| me.role.may(Permission::ExportCustomers)) {
        return view! { <NotFoundPage /> }.into_any();
    }
    let params = use_params_map();
    let export =
        Memo::new(move |_| params.with(|params| params.get("id")?.parse::<ExportId>().ok()));
    let mail = data::deciding_resource(
        move || export.try_get(),
        |export| async move {
            let export = export.ok_or(AppError::NotFound)?;
            data::ask(move || api::get_mail(export)).await
        },
    );
    let retry = Callback::new(move |()| mail.refetch());
    let content = move || {
        Suspend::new(async move {
            match (mail.await, export.get_untracked()) {
                (Ok(mail), Some(export)) => view! { <File export=export mail=mail /> }.into_any(),
                (Err(AppError::NotFound), _) | (_, None) => view! { <Elsewhere /> }.into_any(),
                (Err(error), _) => view! { <ErrorNotice error=error retry=retry /> }.into_any(),
            }
        })
    };
    view! {
        <PageHeader
            title=say(move || t_string!(i18n, exports.exported_title))
            text=say(move || t_string!(i18n, exports.exported_text))
        />
        <Suspense fallback=move || view! { <Skeleton label=say(move || t_string!(i18n, common.loading)) /> }>
            {content}
        </Suspense>
    }
    .into_any()
}

#[component]
fn File(export: ExportId, mail: ExportMail) -> impl IntoView {
    let i18n = use_i18n();
    let Some(until) = mail.kept_until else {
        return view! {
            <EmptyState
                icon=LuFileClock
                title=say(move || t_string!(i18n, exports.exported_over))
                text=say(move || t_string!(i18n, exports.exported_over_text))
            >
                <LinkButton href=routes::EXPORT>{t!(i18n, exports.export_again)}</LinkButton>
            </EmptyState>
        }
        .into_any();
    };
    let size = move || file_size(i18n.get_locale(), u64::from(mail.bytes));
    view! {
        <div class="card max-w-2xl gap-4 p-4">
            <p class="font-medium break-all">{mail.file_name.to_string()}</p>
            <p class="muted">{size} " · " {t!(i18n, exports.exported_until)} " " <When at=until /></p>
            <div>
                <a
                    class="btn btn-primary"
                    href=format!("/api/v1/exports/{export}/file")
                    download=""
                    rel="external"
                >
                    <Icon icon=LuDownload />
                    {t!(i18n, exports.exported_download)}
                </a>
            </div>
        </div>
    }
    .into_any()
}

/// Of another person, or of another account of this one.
#[component]
fn Elsewhere() -> impl IntoView {
    let i18n = use_i18n();
    let me = use_me();
    let text = move || {
        let account = me.with(|me| me.account.name.clone());
        t_string!(i18n, exports.exported_elsewhere_text, account = account)
    };
    view! {
        <EmptyState
            icon=LuFileX
            title=say(move || t_string!(i18n, exports.exported_elsewhere))
            text=say(text)
        >
            <LinkButton href=routes::HOME>{t!(i18n, common.to_customers)}</LinkButton>
        </EmptyState>
    }
}
