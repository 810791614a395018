//! Inviting by link, and the invitations that nobody has accepted yet.

use crate::{
    data,
    error::{AppError, ErrorNotice},
    i18n::{t, t_string, tu_string, use_i18n},
    routes,
    session::When,
    settings::api,
    ui::{
        Button, ButtonKind, Choice, CopyField, Form, IconButton, Select, Skeleton, TextField, say,
        use_toasts,
    },
    words,
};
use domain::{ids::InviteId, permission::Role, person::Invite};
use icondata_lu as lu;
use leptos::prelude::*;

#[component]
pub(in crate::settings) fn Invites() -> impl IntoView {
    let i18n = use_i18n();
    let invites = Resource::new(|| (), |()| data::ask(api::invites));
    view! {
        <section aria-labelledby="invite-heading" class="max-w-md">
            <h2 id="invite-heading" class="font-semibold">
                {t!(i18n, settings.invite_title)}
            </h2>
            <p class="muted mb-3">{t!(i18n, settings.invite_text)}</p>
            <NewInvite on_made=move |()| invites.refetch() />
        </section>
        <section aria-labelledby="invites-heading">
            <h2 id="invites-heading" class="font-semibold">
                {t!(i18n, settings.invites_title)}
            </h2>
            <Transition fallback=move || {
                view! { <Skeleton lines=2 label=say(move || t_string!(i18n, common.loading)) /> }
            }>
                {move || Suspend::new(async move {
                    match invites.await {
                        Ok(open) => {
                            view! { <OpenInvites open=open on_cancelled=move |()| invites.refetch() /> }.into_any()
                        }
                        Err(error) => view! { <ErrorNotice error=error retry=move |()| invites.refetch() /> }.into_any(),
                    }
                })}
            </Transition>
        </section>
    }
}

#[component]
fn NewInvite(#[prop(into)] on_made: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let note = RwSignal::new(String::new());
    let role = RwSignal::new(Role::Advisor.key().to_owned());
    let roles = Signal::derive(move || {
        let locale = i18n.get_locale();
        Role::ALL
            .iter()
            .map(|role| Choice::new(role.key(), words::role(locale, *role)))
            .collect::<Vec<_>>()
    });
    let make = Action::new_local(move |(role, text): &(Role, String)| {
        let (role, text) = (*role, text.clone());
        async move {
            let token = data::ask(|| api::make_invite(role, text.clone())).await?;
            note.set(String::new());
            on_made.try_run(());
            let origin = window().location().origin().unwrap_or_default();
            Ok::<_, AppError>(format!("{origin}{}", routes::invite(&token)))
        }
    });
    let submit = move || {
        if let Some(role) = Role::from_key(&role.get_untracked()) {
            make.dispatch_local((role, note.get_untracked()));
        }
    };
    let made = move || {
        make.value().get().map(|made| match made {
            Ok(link) => view! { <Link link=link /> }.into_any(),
            Err(error) => view! { <ErrorNotice error=error /> }.into_any(),
        })
    };
    view! {
        <Form on_submit=submit>
            <TextField
                id="invite-note"
                label=say(move || t_string!(i18n, settings.invite_note))
                hint=say(move || t_string!(i18n, settings.invite_note_hint))
                value=note
            />
            <Select id="invite-role" label=say(move || t_string!(i18n, settings.role)) choices=roles value=role />
            <div>
                <Button submit=true kind=ButtonKind::Primary icon=lu::LuLink busy=make.pending()>
                    {t!(i18n, settings.invite_make)}
                </Button>
            </div>
            <div aria-live="polite">{made}</div>
        </Form>
    }
}

/// The link that was just made, ready to be copied.
#[component]
fn Link(link: String) -> impl IntoView {
    let i18n = use_i18n();
    let toasts = use_toasts();
    view! {
        <CopyField
            id="invite-link"
            label=say(move || t_string!(i18n, settings.invite_link))
            text=link
            hint=say(move || t_string!(i18n, settings.invite_link_hint))
            copy=say(move || t_string!(i18n, common.copy))
            on_copied=move |()| toasts.done(tu_string!(i18n, common.copied))
        />
    }
}

#[component]
fn OpenInvites(open: Vec<Invite>, #[prop(into)] on_cancelled: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let toasts = use_toasts();
    let cancel = Action::new_local(move |invite: &InviteId| {
        let invite = *invite;
        async move {
            match data::ask(|| api::cancel_invite(invite)).await {
                Ok(()) => toasts.done(tu_string!(i18n, settings.invite_cancelled)),
                Err(error) => toasts.failed(words::app_error(i18n.get_locale_untracked(), &error)),
            }
            on_cancelled.try_run(());
        }
    });
    if open.is_empty() {
        return view! { <p class="muted">{t!(i18n, settings.invites_none)}</p> }.into_any();
    }
    let row = move |invite: Invite| {
        let (id, role) = (invite.id, invite.role);
        view! {
            <tr>
                <th scope="row" class="font-normal">
                    {if invite.note.is_empty() { String::from("–") } else { invite.note }}
                </th>
                <td>{move || words::role(i18n.get_locale(), role)}</td>
                <td>
                    <When at=invite.expires_at />
                </td>
                <td class="text-right">
                    <IconButton
                        icon=lu::LuX
                        label=say(move || t_string!(i18n, settings.invite_cancel))
                        disabled=cancel.pending()
                        on:click=move |_| drop(cancel.dispatch_local(id))
                    />
                </td>
            </tr>
        }
    };
    view! {
        <div class="overflow-x-auto">
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{t!(i18n, settings.invite_note)}</th>
                        <th scope="col">{t!(i18n, settings.role)}</th>
                        <th scope="col">{t!(i18n, settings.invite_expires)}</th>
                        <th>
                            <span class="sr-only">{t!(i18n, settings.invite_cancel)}</span>
                        </th>
                    </tr>
                </thead>
                <tbody>{open.into_iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}
