//! What starts from the list: at the top left.

use crate::{
    customers::{list_page::address_of, view_model::list_view::ListView},
    i18n::{t, use_i18n},
    routes,
    session::use_me,
    ui::{ButtonKind, LinkButton},
};
use domain::permission::Permission;
use icondata_lu::{LuFileDown, LuFileUp, LuUserPlus};
use leptos::prelude::*;

#[component]
pub fn ListActions(view: Memo<ListView>) -> impl IntoView {
    let i18n = use_i18n();
    // What the list leaves out can be left out of the file.
    let export = move || {
        let view = view.try_get().unwrap_or_default();
        address_of(routes::EXPORT, &view)
    };
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
            {role
                .may(Permission::ExportCustomers)
                .then(|| {
                    view! {
                        <LinkButton icon=LuFileDown href=Signal::derive(export)>{t!(i18n, customers.export)}</LinkButton>
                    }
                })}
        </div>
    }
}
