//! What starts from the list: at the top left.

use crate::{
    i18n::{t, use_i18n},
    routes,
    session::use_me,
    ui::{ButtonKind, LinkButton},
};
use domain::permission::Permission;
use icondata_lu::{LuFileUp, LuUserPlus};
use leptos::prelude::*;

#[component]
pub fn ListActions() -> impl IntoView {
    let i18n = use_i18n();
    let role = use_me().with_untracked(|me| me.role);
    view! {
        <div class="list-actions">
            {role
                .may(Permission::EditCustomers)
                .then(|| {
                    view! {
                        <LinkButton kind=ButtonKind::Primary icon=LuUserPlus href=routes::NEW_CUSTOMER>
                            {t!(i18n, customers.new_customer)}
                        </LinkButton>
                    }
                })}
            {role
                .may(Permission::ImportCustomers)
                .then(|| {
                    view! {
                        <LinkButton icon=LuFileUp href=routes::NEW_IMPORT>{t!(i18n, customers.import)}</LinkButton>
                    }
                })}
        </div>
    }
}
