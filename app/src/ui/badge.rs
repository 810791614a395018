//! A word about a thing's state.

use leptos::prelude::*;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BadgeKind {
    #[default]
    Plain,
    Info,
    Success,
    Warning,
    Error,
}

#[component]
pub fn Badge(#[prop(optional, into)] kind: Signal<BadgeKind>, children: Children) -> impl IntoView {
    let class = move || match kind.get() {
        BadgeKind::Plain => "badge badge-soft",
        BadgeKind::Info => "badge badge-soft badge-info",
        BadgeKind::Success => "badge badge-soft badge-success",
        BadgeKind::Warning => "badge badge-soft badge-warning",
        BadgeKind::Error => "badge badge-soft badge-error",
    };
    view! { <span class=class>{children()}</span> }
}
