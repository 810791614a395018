//! What surrounds every page of a signed-in person: rail or dock, top bar, and the dialogs about the session.

mod account_menu;
mod navigation;
mod plain;
mod search;
mod top_bar;

use crate::{
    conversations::{provide_counts, provide_desk},
    customers::provide_list_memory,
    feed::provide_feed,
    i18n::{t, t_string, use_i18n},
    routes,
    session::{Elsewhere, gate::SignInAgain, provide_me, use_session},
    ui::{ButtonKind, EmptyState, LinkButton, is_writing, say},
};
use icondata_lu as lu;
use leptos::{html, prelude::*};
use leptos_router::{components::Outlet, hooks::use_location};
use navigation::{Dock, Rail};
pub use plain::Plain;
use top_bar::TopBar;
use wasm_bindgen::JsCast;

#[component]
pub fn Frame() -> impl IntoView {
    match use_session().me() {
        Some(me) => {
            let account = me.account.id;
            provide_me(me);
            provide_list_memory();
            provide_feed(account);
            provide_counts();
            provide_desk();
            view! { <Framed /> }.into_any()
        }
        None => view! { <SignedOut /> }.into_any(),
    }
}

#[component]
fn Framed() -> impl IntoView {
    let i18n = use_i18n();
    let main = NodeRef::<html::Main>::new();
    let path = use_location().pathname;
    // A new page starts being read at its heading; the first one at the top, as everywhere.
    Effect::new(move |earlier: Option<String>| {
        let path = path.get();
        if earlier.is_some_and(|earlier| earlier != path) {
            request_animation_frame(move || focus_heading(main));
        }
        path
    });
    view! {
        <a class="skip-link" href="#main">
            {t!(i18n, common.skip_to_content)}
        </a>
        <div class="frame">
            <TopBar />
            <Rail />
            <main node_ref=main id="main" tabindex="-1" class="min-w-0 p-4 pb-24 md:p-6">
                <Outlet />
            </main>
            <Dock />
        </div>
        <SignInAgain />
        <Elsewhere />
    }
    .into_any()
}

fn focus_heading(main: NodeRef<html::Main>) {
    let Some(main) = main.try_get_untracked().flatten() else {
        return;
    };
    // Whoever writes goes on, where only the address has changed around the field.
    if is_writing() {
        return;
    }
    // A page that is come back to may be scrolled to where it was left.
    let in_place = web_sys::FocusOptions::new();
    in_place.set_prevent_scroll(true);
    let heading = main.query_selector("h1[tabindex]").ok().flatten();
    match heading.and_then(|heading| heading.dyn_into::<web_sys::HtmlElement>().ok()) {
        Some(heading) => drop(heading.focus_with_options(&in_place)),
        None => drop(main.focus_with_options(&in_place)),
    }
}

/// Only where the server has not already led to sign-in: a page opened from the browser's own memory.
#[component]
fn SignedOut() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <main>
            <EmptyState
                icon=lu::LuLock
                title=say(move || t_string!(i18n, session.sign_in_title))
                text=say(move || t_string!(i18n, common.error_unauthenticated))
            >
                <LinkButton kind=ButtonKind::Primary href=routes::SIGN_IN attr:rel="external">
                    {t!(i18n, session.sign_in)}
                </LinkButton>
            </EmptyState>
        </main>
    }
}
