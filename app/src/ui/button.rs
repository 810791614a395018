//! Buttons. `on:click` goes on the component itself.

use super::{Icon, use_ready};
use icondata_core::Icon as IconData;
use leptos::prelude::*;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// The one action that the screen is for.
    Primary,
    #[default]
    Plain,
    /// Without a frame, for actions that repeat in every row.
    Quiet,
    /// For what cannot be undone.
    Danger,
}

impl ButtonKind {
    const fn class(self) -> &'static str {
        match self {
            Self::Primary => "btn btn-primary",
            Self::Plain => "btn btn-plain",
            Self::Quiet => "btn btn-ghost",
            Self::Danger => "btn btn-error",
        }
    }
}

/// A button with a text. A `submit` button waits until the page can handle the submission itself.
#[component]
pub fn Button(
    #[prop(optional)] kind: ButtonKind,
    #[prop(optional)] submit: bool,
    #[prop(optional)] small: bool,
    #[prop(optional, into)] icon: Option<IconData>,
    #[prop(optional, into)] disabled: Signal<bool>,
    /// Something it started is still running: it cannot be pressed again.
    #[prop(optional, into)]
    busy: Signal<bool>,
    children: Children,
) -> impl IntoView {
    let ready = use_ready();
    let off = move || disabled.get() || busy.get() || (submit && !ready.get());
    let class = if small {
        format!("{} btn-sm", kind.class())
    } else {
        kind.class().to_owned()
    };
    view! {
        <button
            class=class
            type=if submit { "submit" } else { "button" }
            disabled=off
            aria-busy=move || busy.get().then_some("true")
        >
            {icon.map(|icon| view! { <Icon icon=icon /> })}
            {children()}
        </button>
    }
}

/// A button that shows only an icon; `label` is its name and its tooltip.
#[component]
pub fn IconButton(
    #[prop(into)] icon: Signal<IconData>,
    #[prop(into)] label: Signal<String>,
    #[prop(optional)] kind: Option<ButtonKind>,
    #[prop(optional, into)] disabled: Signal<bool>,
) -> impl IntoView {
    let kind = kind.unwrap_or(ButtonKind::Quiet);
    view! {
        <button
            class=format!("{} btn-square btn-sm", kind.class())
            type="button"
            aria-label=move || label.get()
            title=move || label.get()
            disabled=move || disabled.get()
        >
            <Icon icon=icon />
        </button>
    }
}

/// A link that looks like a button, for going somewhere.
#[component]
pub fn LinkButton(
    #[prop(into)] href: Signal<String>,
    #[prop(optional)] kind: ButtonKind,
    #[prop(optional, into)] icon: Option<IconData>,
    children: Children,
) -> impl IntoView {
    view! {
        <a class=kind.class() href=move || href.try_get().unwrap_or_default()>
            {icon.map(|icon| view! { <Icon icon=icon /> })}
            {children()}
        </a>
    }
}
