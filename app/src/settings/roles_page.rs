//! `/settings/roles`: the permission table of the code, as it is.

use crate::{
    i18n::{t, t_string, use_i18n},
    ui::{Icon, PageHeader, say},
    words,
};
use domain::permission::{Permission, Role};
use icondata_lu as lu;
use leptos::prelude::*;

#[component]
pub fn RolesPage() -> impl IntoView {
    let i18n = use_i18n();
    let head = move |role: Role| view! { <th scope="col" class="text-center">{move || words::role(i18n.get_locale(), role)}</th> };
    let cell = move |permission: Permission, role: Role| {
        let may = role.may(permission);
        let word = move || {
            if may {
                t_string!(i18n, settings.yes)
            } else {
                t_string!(i18n, settings.no)
            }
        };
        view! {
            <td class="text-center" class:text-success=may class:muted=!may>
                <Icon icon=if may { lu::LuCheck } else { lu::LuMinus } />
                <span class="sr-only">{word}</span>
            </td>
        }
    };
    let row = move |permission: Permission| {
        view! {
            <tr>
                <th scope="row" class="font-normal">
                    {move || words::permission(i18n.get_locale(), permission)}
                </th>
                {Role::ALL.iter().map(|role| cell(permission, *role)).collect_view()}
            </tr>
        }
    };
    view! {
        <PageHeader
            title=say(move || t_string!(i18n, settings.roles_title))
            text=say(move || t_string!(i18n, settings.roles_text))
        />
        <div class="overflow-x-auto" tabindex="0" role="region" aria-label=move || t_string!(i18n, settings.roles_title)>
            <table class="table table-sm">
                <thead>
                    <tr>
                        <th scope="col">{t!(i18n, settings.permission)}</th>
                        {Role::ALL.iter().map(|role| head(*role)).collect_view()}
                    </tr>
                </thead>
                <tbody>{Permission::ALL.iter().map(|permission| row(*permission)).collect_view()}</tbody>
            </table>
        </div>
    }
}
