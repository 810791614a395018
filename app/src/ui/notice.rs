//! Something to know about the page, in the page.

use super::Icon;
use icondata_lu as lu;
use leptos::prelude::*;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NoticeKind {
    #[default]
    Info,
    Success,
    Warning,
    Error,
}

/// Errors and warnings are read out at once, the rest when the reader pauses.
#[component]
pub fn Notice(#[prop(optional)] kind: NoticeKind, children: Children) -> impl IntoView {
    let (class, icon, role) = match kind {
        NoticeKind::Info => ("alert alert-soft alert-info", lu::LuInfo, "status"),
        NoticeKind::Success => (
            "alert alert-soft alert-success",
            lu::LuCircleCheck,
            "status",
        ),
        NoticeKind::Warning => (
            "alert alert-soft alert-warning",
            lu::LuTriangleAlert,
            "alert",
        ),
        NoticeKind::Error => ("alert alert-soft alert-error", lu::LuCircleAlert, "alert"),
    };
    view! {
        <div class=class role=role>
            <Icon icon=icon size="1.25rem" />
            <div class="flex flex-wrap items-center gap-x-4 gap-y-2">{children()}</div>
        </div>
    }
}
