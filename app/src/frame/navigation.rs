//! The places of the app: a rail at the left of wide screens, a dock at the bottom of phones.

use crate::{
    conversations::use_counts,
    i18n::{Locale, t_string, use_i18n},
    routes,
    ui::Icon,
};
use icondata_core::Icon as IconData;
use icondata_lu as lu;
use leptos::prelude::*;
use leptos_i18n::td_string;
use leptos_router::components::A;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    None,
    /// How many conversations wait to be read.
    Unread,
}

struct Place {
    href: &'static str,
    icon: IconData,
    name: fn(Locale) -> &'static str,
    mark: Mark,
}

fn places() -> [Place; 4] {
    [
        Place {
            href: routes::CUSTOMERS,
            icon: lu::LuUsers,
            name: |l| td_string!(l, common.customers),
            mark: Mark::None,
        },
        Place {
            href: routes::CONVERSATIONS,
            icon: lu::LuMessagesSquare,
            name: |l| td_string!(l, conversations.title),
            mark: Mark::Unread,
        },
        Place {
            href: routes::IMPORTS,
            icon: lu::LuFileUp,
            name: |l| td_string!(l, common.imports),
            mark: Mark::None,
        },
        Place {
            href: routes::SETTINGS,
            icon: lu::LuSettings,
            name: |l| td_string!(l, common.settings),
            mark: Mark::None,
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
                            <span class="grow">{move || (place.name)(i18n.get_locale())}</span>
                            <Marked mark=place.mark />
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
    let [customers, conversations, imports, settings] = places();
    let more = Place {
        icon: lu::LuEllipsis,
        name: |l| td_string!(l, common.more),
        ..settings
    };
    view! {
        <nav class="dock dock-sm md:hidden print:hidden" aria-label=move || t_string!(i18n, common.main_navigation)>
            {[customers, conversations, imports, more]
                .map(|place| {
                    view! {
                        <A href=place.href attr:class="dock-link">
                            <span class="relative">
                                <Icon icon=place.icon size="1.25rem" />
                                <span class="dock-mark"><Marked mark=place.mark /></span>
                            </span>
                            <span class="dock-label">{move || (place.name)(i18n.get_locale())}</span>
                        </A>
                    }
                })
                .collect_view()}
        </nav>
    }
}

/// A number for the eye, and a sentence for the ear.
#[component]
fn Marked(mark: Mark) -> impl IntoView {
    let i18n = use_i18n();
    let counts = use_counts();
    let unread = Memo::new(move |_| match mark {
        Mark::None => 0,
        Mark::Unread => u64::from(counts.get().unread),
    });
    move || {
        let unread = unread.get();
        (unread > 0).then(|| {
            let shown = if unread > 99 {
                "99+".to_owned()
            } else {
                unread.to_string()
            };
            let said = move || {
                count!(
                    i18n.get_locale(),
                    unread,
                    conversations.waiting_one | waiting_many
                )
            };
            view! {
                <span class="badge badge-primary badge-sm min-w-5 px-1 tabular-nums">
                    <span aria-hidden="true">{shown}</span>
                    <span class="sr-only">{said}</span>
                </span>
            }
        })
    }
}
