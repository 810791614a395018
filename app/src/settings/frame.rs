//! The sections of the settings, beside each of their pages.

use crate::{
    i18n::{Locale, t_string, use_i18n},
    routes,
    ui::{Icon, PageHeader, say},
};
use icondata_core::Icon as IconData;
use icondata_lu as lu;
use leptos::prelude::*;
use leptos_i18n::td_string;
use leptos_router::{
    components::{A, Outlet},
    hooks::use_location,
};

struct Section {
    href: &'static str,
    icon: IconData,
    name: fn(Locale) -> &'static str,
}

fn sections() -> [Section; 11] {
    [
        Section {
            href: routes::COMPANY,
            icon: lu::LuBuilding2,
            name: |l| td_string!(l, settings.company),
        },
        Section {
            href: routes::PEOPLE,
            icon: lu::LuUsers,
            name: |l| td_string!(l, settings.people),
        },
        Section {
            href: routes::ROLES,
            icon: lu::LuShieldCheck,
            name: |l| td_string!(l, settings.roles),
        },
        Section {
            href: routes::ATTRIBUTES,
            icon: lu::LuTags,
            name: |l| td_string!(l, settings.attributes),
        },
        Section {
            href: routes::MESSAGES,
            icon: lu::LuRadioTower,
            name: |l| td_string!(l, messaging.messages),
        },
        Section {
            href: routes::SAVED_REPLIES,
            icon: lu::LuMessageSquareQuote,
            name: |l| td_string!(l, messaging.replies),
        },
        Section {
            href: routes::OPT_OUTS,
            icon: lu::LuBellOff,
            name: |l| td_string!(l, consent.chart_title),
        },
        Section {
            href: routes::WISHES,
            icon: lu::LuMessageCircleWarning,
            name: |l| td_string!(l, messaging.wishes),
        },
        Section {
            href: routes::AUDIT,
            icon: lu::LuScrollText,
            name: |l| td_string!(l, settings.audit),
        },
        Section {
            href: routes::DEVICES,
            icon: lu::LuMonitor,
            name: |l| td_string!(l, settings.devices),
        },
        Section {
            href: routes::YOU,
            icon: lu::LuUserCog,
            name: |l| td_string!(l, settings.yours),
        },
    ]
}

#[component]
fn Sections() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <nav aria-label=move || t_string!(i18n, settings.sections)>
            <ul class="flex flex-col gap-1">
                {sections()
                    .map(|section| {
                        view! {
                            <li>
                                <A href=section.href attr:class="rail-link">
                                    <Icon icon=section.icon />
                                    {move || (section.name)(i18n.get_locale())}
                                </A>
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
        </nav>
    }
}

#[component]
pub fn SettingsFrame() -> impl IntoView {
    let i18n = use_i18n();
    let path = use_location().pathname;
    let at_start =
        Memo::new(move |_| path.with(|path| path.trim_end_matches('/') == routes::SETTINGS));
    view! {
        <div class="flex flex-col gap-6 md:flex-row">
            <Show when=move || !at_start.get()>
                <div class="hidden w-44 shrink-0 md:block">
                    <Sections />
                </div>
            </Show>
            <div class="min-w-0 max-w-4xl grow">
                <Show when=move || !at_start.get()>
                    <A href=routes::SETTINGS attr:class="link mb-2 inline-flex items-center gap-1 md:hidden">
                        <Icon icon=lu::LuChevronLeft />
                        {move || t_string!(i18n, settings.title)}
                    </A>
                </Show>
                <Outlet />
            </div>
        </div>
    }
    .into_any()
}

/// `/settings`: the list of sections, which on wide screens stays beside each of them.
#[component]
pub fn SettingsPage() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <PageHeader title=say(move || t_string!(i18n, settings.title)) />
        <div class="max-w-sm">
            <Sections />
        </div>
    }
}
