//! The members of the account: who, which role, when last seen.

use crate::{
    data,
    error::ErrorNotice,
    i18n::{t, t_string, tu_string, use_i18n},
    session::{When, set_me, use_me},
    settings::api,
    ui::{Badge, ConfirmDialog, IconButton, Skeleton, say, use_toasts},
    words,
};
use domain::{ids::PersonId, permission::Role, person::Member};
use icondata_lu as lu;
use leptos::prelude::*;
use web_sys::HtmlSelectElement;

/// Somebody was given another role in `select`, which shows it already.
#[derive(Clone)]
struct RoleChange {
    person: PersonId,
    name: String,
    role: Role,
    before: Role,
    select: HtmlSelectElement,
}

#[component]
pub(in crate::settings) fn Members() -> impl IntoView {
    let i18n = use_i18n();
    let me = use_me();
    let toasts = use_toasts();
    let members = Resource::new(|| (), |()| data::ask(api::members));
    let leaving = RwSignal::new(None::<Member>);

    let set_role = Action::new_local(move |change: &RoleChange| {
        let RoleChange {
            person,
            name,
            role,
            before,
            select,
        } = change.clone();
        async move {
            let locale = i18n.get_locale_untracked();
            match data::ask(|| api::set_role(person, role)).await {
                Ok(()) => {
                    toasts.done(tu_string!(
                        i18n,
                        settings.role_saved,
                        name = name,
                        role = words::role(locale, role)
                    ));
                    if me.with_untracked(|me| me.person == person) {
                        set_me(me, |me| me.role = role);
                    }
                }
                Err(error) => {
                    select.set_value(before.key());
                    toasts.failed(words::app_error(locale, &error));
                }
            }
            members.refetch();
        }
    });
    let remove = Action::new_local(move |member: &Member| {
        let member = member.clone();
        async move {
            match data::ask(|| api::remove_member(member.person)).await {
                Ok(()) => toasts.done(tu_string!(i18n, settings.removed, name = member.name)),
                Err(error) => toasts.failed(words::app_error(i18n.get_locale_untracked(), &error)),
            }
            leaving.set(None);
            members.refetch();
        }
    });

    let row = move |member: Member| {
        let me_too = me.with_untracked(|me| me.person == member.person);
        let seen = match member.last_seen {
            Some(at) => view! {
                <When at=at />
            }
            .into_any(),
            None => t!(i18n, settings.never).into_any(),
        };
        let role = view! { <RoleSelect member=member.clone() set_role=set_role /> };
        let name = member.name.clone();
        let label = say(move || t_string!(i18n, settings.remove_member, name = name.clone()));
        view! {
            <tr>
                <th scope="row" class="font-normal">
                    <span class="font-medium">{member.name.clone()}</span>
                    " "
                    {me_too.then(|| view! { <Badge>{t!(i18n, settings.you_mark)}</Badge> })}
                    <div class="muted text-sm">{member.email.to_string()}</div>
                </th>
                <td>{role}</td>
                <td>{seen}</td>
                <td class="text-right">
                    <IconButton
                                    icon=lu::LuUserMinus
                                    label=label
                                    on:click=move |_| leaving.set(Some(member.clone()))
                                />
                </td>
            </tr>
        }
    };
    let table = move |members: Vec<Member>| {
        view! {
            <div class="overflow-x-auto">
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">{t!(i18n, settings.person)}</th>
                            <th scope="col">{t!(i18n, settings.role)}</th>
                            <th scope="col">{t!(i18n, settings.last_seen)}</th>
                            <th>
                                <span class="sr-only">{t!(i18n, common.remove)}</span>
                            </th>
                        </tr>
                    </thead>
                    <tbody>{members.into_iter().map(row).collect_view()}</tbody>
                </table>
            </div>
        }
    };
    let name = move || {
        leaving
            .with(|member| member.as_ref().map(|member| member.name.clone()))
            .unwrap_or_default()
    };
    let account = move || me.with(|me| me.account.name.clone());
    view! {
        <Transition fallback=move || {
            view! { <Skeleton label=say(move || t_string!(i18n, common.loading)) /> }
        }>
            {move || Suspend::new(async move {
                match members.await {
                    Ok(members) => table(members).into_any(),
                    Err(error) => view! { <ErrorNotice error=error retry=move |()| members.refetch() /> }.into_any(),
                }
            })}
        </Transition>
        <ConfirmDialog
            id="remove-member"
            title=say(move || t_string!(i18n, settings.remove_title, name = name(), account = account()))
            text=say(move || t_string!(i18n, settings.remove_text, name = name()))
            confirm=say(move || t_string!(i18n, settings.remove_yes))
            cancel=say(move || t_string!(i18n, common.cancel))
            open=Signal::derive(move || leaving.with(Option::is_some))
            busy=remove.pending()
            on_cancel=move |()| leaving.set(None)
            on_confirm=move |()| {
                if let Some(member) = leaving.get_untracked() {
                    remove.dispatch_local(member);
                }
            }
        />
    }
}

#[component]
fn RoleSelect(member: Member, set_role: Action<RoleChange, ()>) -> impl IntoView {
    let i18n = use_i18n();
    let Member {
        person, name, role, ..
    } = member;
    let label = name.clone();
    view! {
        <select
            class="select select-sm"
            aria-label=move || t_string!(i18n, settings.role_of, name = label.clone())
            on:change=move |event| {
                if let Some(to) = Role::from_key(&event_target_value(&event)) {
                    set_role.dispatch_local(RoleChange {
                        person,
                        name: name.clone(),
                        role: to,
                        before: role,
                        select: event_target(&event),
                    });
                }
            }
        >
            {Role::ALL
                .iter()
                .map(|choice| {
                    view! {
                        <option value=choice.key() selected=*choice == role>
                            {move || words::role(i18n.get_locale(), *choice)}
                        </option>
                    }
                })
                .collect_view()}
        </select>
    }
}
