//! The places of the app: a rail at the left of wide screens, a dock at the bottom of phones.

use crate::{
    i18n::{Locale, t_string, use_i18n},
    routes,
    ui::Icon,
};
use icondata_core::Icon as IconData;
use icondata_lu as lu;
use leptos::prelude::*;
use leptos_i18n::td_string;
use leptos_router::components::A;

struct Place {
    href: &'static str,
    icon: IconData,
    name: fn(Locale) -> &'static str,
}

fn places() -> [Place; 3] {
    [
        Place {
            href: routes::CUSTOMERS,
            icon: lu::LuUsers,
            name: |l| td_string!(l, common.customers),
        },
        Place {
            href: routes::IMPORTS,
            icon: lu::LuFileUp,
            name: |l| td_string!(l, common.imports),
        },
        Place {
            href: routes::SETTINGS,
            icon: lu::LuSettings,
            name: |l| td_string!(l, common.settings),
        },
    ]
}

#[component]
pub(super) fn Rail() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <nav class="rail print:hidden" aria-label=move || t_string!(i18n, common.main_navigation)>
            {places()
                .map(|place| {
                    view! {
                        <A href=place.href attr:class="rail-link">
                            <Icon icon=place.icon />
                            {move || (place.name)(i18n.get_locale())}
                        </A>
                    }
                })
                .collect_view()}
        </nav>
    }
}

#[component]
pub(super) fn Dock() -> impl IntoView {
    let i18n = use_i18n();
    let [customers, imports, settings] = places();
    let more = Place {
        icon: lu::LuEllipsis,
        name: |l| td_string!(l, common.more),
        ..settings
    };
    view! {
        <nav class="dock dock-sm md:hidden print:hidden" aria-label=move || t_string!(i18n, common.main_navigation)>
            {[customers, imports, more]
                .map(|place| {
                    view! {
                        <A href=place.href attr:class="dock-link">
                            <Icon icon=place.icon size="1.25rem" />
                            <span class="dock-label">{move || (place.name)(i18n.get_locale())}</span>
                        </A>
                    }
                })
                .collect_view()}
        </nav>
    }
}
