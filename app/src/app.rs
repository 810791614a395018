//! The route table.

use crate::{
    consent::{EvidencePage, OptOutsPage},
    conversations::{
        ConversationPage, ConversationsFrame, CustomerConversationPage, NoConversationPage,
    },
    customers::{CustomerPage, CustomersPage, NewCustomerPage},
    data::provide_connection,
    error::NotFoundPage,
    exports::{ExportPage, ExportedPage},
    frame::Frame,
    i18n::{I18nContextProvider, Locale, t_string, use_i18n},
    imports::{ImportPage, ImportsPage, NewImportPage},
    routes,
    session::{InvitePage, SetupPage, SignInPage, provide_session},
    settings::{
        AttributesPage, AuditPage, CompanyPage, DevicesPage, NewAccountPage, PeoplePage,
        ProviderPage, RepliesPage, RolesPage, SettingsFrame, SettingsPage, WishesPage, YouPage,
    },
    simulator::SimulatorPage,
    ui::{ToastRegion, provide_ready, provide_toasts, say},
};
use leptos::prelude::*;
use leptos_i18n::context::CookieOptions;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::{
    components::{ParentRoute, Redirect, Route, Router, Routes},
    path,
};

/// The cookie that keeps the chosen language of the screens; without it the browser's own wish counts.
const LANGUAGE_COOKIE: &str = "language";
const YEAR_IN_MILLISECONDS: i64 = 365 * 24 * 3600 * 1000;

#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    provide_session();
    provide_connection();
    provide_toasts();
    provide_ready();
    let remembered = CookieOptions::<Locale>::default()
        .path("/")
        .max_age(YEAR_IN_MILLISECONDS);
    view! {
        <I18nContextProvider cookie_name=LANGUAGE_COOKIE cookie_options=remembered>
            <Pages />
        </I18nContextProvider>
    }
}

#[component]
fn Pages() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Title formatter=|page: String| if page.is_empty() { String::from("Regulars") } else { format!("{page} · Regulars") } />
        <Router>
            <Routes fallback=NotFoundPage>
                <Route path=path!("/sign-in") view=SignInPage />
                <Route path=path!("/setup/:token") view=SetupPage />
                <Route path=path!("/invite/:token") view=InvitePage />
                <ParentRoute path=path!("") view=Frame>
                    <Route path=path!("") view=|| view! { <Redirect path=routes::HOME /> } />
                    <Route path=path!("/customers") view=CustomersPage />
                    <Route path=path!("/customers/new") view=NewCustomerPage />
                    <Route path=path!("/customers/export") view=ExportPage />
                    <Route path=path!("/customers/:id") view=CustomerPage />
                    <Route path=path!("/exports/:id") view=ExportedPage />
                    <Route path=path!("/customers/:id/consent") view=EvidencePage />
                    <ParentRoute path=path!("") view=ConversationsFrame>
                        <Route path=path!("/conversations") view=NoConversationPage />
                        <Route path=path!("/conversations/:id") view=ConversationPage />
                        <Route path=path!("/customers/:id/conversation") view=CustomerConversationPage />
                    </ParentRoute>
                    <Route path=path!("/simulator") view=SimulatorPage />
                    <Route path=path!("/imports") view=ImportsPage />
                    <Route path=path!("/imports/new") view=NewImportPage />
                    <Route path=path!("/imports/:id") view=ImportPage />
                    <ParentRoute path=path!("/settings") view=SettingsFrame>
                        <Route path=path!("") view=SettingsPage />
                        <Route path=path!("/company") view=CompanyPage />
                        <Route path=path!("/people") view=PeoplePage />
                        <Route path=path!("/roles") view=RolesPage />
                        <Route path=path!("/attributes") view=AttributesPage />
                        <Route path=path!("/messages") view=ProviderPage />
                        <Route path=path!("/replies") view=RepliesPage />
                        <Route path=path!("/opt-outs") view=OptOutsPage />
                        <Route path=path!("/wishes") view=WishesPage />
                        <Route path=path!("/audit") view=AuditPage />
                        <Route path=path!("/devices") view=DevicesPage />
                        <Route path=path!("/you") view=YouPage />
                        <Route path=path!("/new-account") view=NewAccountPage />
                    </ParentRoute>
                </ParentRoute>
            </Routes>
        </Router>
        <ToastRegion dismiss=say(move || t_string!(i18n, common.dismiss)) />
    }
}
