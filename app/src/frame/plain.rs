//! The pages around signing in: one card on an empty page, and the choice of language.

use crate::{
    i18n::{Locale, t_string, tu_string, use_i18n},
    ui::Icon,
    words,
};
use icondata_lu as lu;
use leptos::prelude::*;
use leptos_meta::Title;

#[component]
pub fn Plain(#[prop(into)] title: Signal<String>, children: Children) -> impl IntoView {
    let i18n = use_i18n();
    let language = move |locale: Locale, label: &'static str| {
        view! {
            <button
                type="button"
                class="btn btn-ghost btn-sm"
                lang=words::language_code(locale)
                aria-pressed=move || (i18n.get_locale() == locale).to_string()
                on:click=move |_| i18n.set_locale(locale)
            >
                {label}
            </button>
        }
    };
    view! {
        <Title text=move || title.try_get().unwrap_or_default() />
        <div class="flex min-h-dvh flex-col items-center p-4 sm:pt-16">
            <main class="card w-full max-w-md">
                <div class="card-body">
                    <span class="text-primary">
                        <Icon icon=lu::LuRepeat2 size="2rem" />
                    </span>
                    <h1 class="mb-2 text-xl font-semibold">{move || title.get()}</h1>
                    {children()}
                </div>
            </main>
            <div class="mt-4 flex gap-1" role="group" aria-label=move || t_string!(i18n, common.language)>
                {language(Locale::en, tu_string!(i18n, common.language_en))}
                {language(Locale::fr, tu_string!(i18n, common.language_fr))}
            </div>
        </div>
    }
}
