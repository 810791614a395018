//! `/settings/people`

use super::people::{Invites, Members};
use crate::{
    i18n::{t, t_string, use_i18n},
    session::use_me,
    ui::{Notice, PageHeader, say},
};
use domain::permission::Permission;
use leptos::prelude::*;

#[component]
pub fn PeoplePage() -> impl IntoView {
    let i18n = use_i18n();
    let me = use_me();
    let may = me.with_untracked(|me| me.role.may(Permission::ManagePeople));
    let text = say(move || {
        me.with(|me| {
            t_string!(
                i18n,
                settings.people_text,
                account = me.account.name.clone()
            )
        })
    });
    view! {
        <PageHeader title=say(move || t_string!(i18n, settings.people_title)) text=text />
        <div class="flex flex-col gap-8">
            {if may {
                view! {
                    <Members />
                    <Invites />
                }
                    .into_any()
            } else {
                view! { <Notice>{t!(i18n, settings.only_owners)}</Notice> }.into_any()
            }}
        </div>
    }
}
