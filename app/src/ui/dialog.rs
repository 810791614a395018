//! Dialogs on the native `<dialog>`: it keeps focus inside, gives it back afterwards, and closes on Esc.

use super::{Button, ButtonKind};
use leptos::{ev, html, prelude::*};

/// A modal dialog. The caller owns `open`; the content exists only while it is open, and so starts afresh each time.
#[component]
pub fn Dialog(
    #[prop(into)] id: String,
    #[prop(into)] title: Signal<String>,
    #[prop(into)] open: Signal<bool>,
    /// The person wants to close it: Esc, or a click beside it. The caller closes it, or not.
    #[prop(into)]
    on_close: Callback<()>,
    /// `false`: Esc does nothing, and a click beside it neither.
    #[prop(default = true)]
    closable: bool,
    /// Wide enough for tables.
    #[prop(optional)]
    wide: bool,
    children: ChildrenFn,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    Effect::new(move || {
        let wanted = open.get();
        let Some(dialog) = node.get() else { return };
        if wanted && !dialog.open() {
            drop(dialog.show_modal());
        } else if !wanted && dialog.open() {
            dialog.close();
        }
    });
    let cancel = move |event: ev::Event| {
        event.prevent_default();
        if closable {
            on_close.run(());
        }
    };
    // A second Esc closes the element whatever `cancel` says: then the caller is asked, or it is opened again.
    let closed = move |_| {
        if open.get_untracked() {
            if closable {
                on_close.run(());
            } else if let Some(dialog) = node.get_untracked() {
                drop(dialog.show_modal());
            }
        }
    };
    // A click on the backdrop is a click on the dialog element itself.
    let beside = move |event: ev::MouseEvent| {
        let on_backdrop = node
            .get_untracked()
            .is_some_and(|dialog| event.target().as_ref() == Some(dialog.as_ref()));
        if on_backdrop && closable {
            on_close.run(());
        }
    };
    let title_id = format!("{id}-title");
    let heading_id = title_id.clone();
    view! {
        <dialog
            node_ref=node
            id=id
            class="modal"
            aria-labelledby=title_id
            on:cancel=cancel
            on:close=closed
            on:mousedown=beside
        >
            <div class=if wide { "modal-box max-w-3xl" } else { "modal-box" }>
                <h2 id=heading_id class="mb-3 text-lg font-semibold">
                    {move || title.get()}
                </h2>
                <Show when=move || open.get()>{children()}</Show>
            </div>
        </dialog>
    }
}

/// Asks before something that cannot be undone. `confirm` says what happens: "Yes, delete customer".
#[component]
pub fn ConfirmDialog(
    #[prop(into)] id: String,
    #[prop(into)] title: Signal<String>,
    /// What is lost.
    #[prop(into)]
    text: Signal<String>,
    #[prop(into)] confirm: Signal<String>,
    #[prop(into)] cancel: Signal<String>,
    #[prop(into)] open: Signal<bool>,
    #[prop(optional, into)] busy: Signal<bool>,
    /// Why it has not happened. The dialog stays open: nobody who confirmed may think that it has.
    #[prop(default = RwSignal::new(None))]
    trouble: RwSignal<Option<String>>,
    #[prop(into)] on_confirm: Callback<()>,
    #[prop(into)] on_cancel: Callback<()>,
) -> impl IntoView {
    // Who asks again asks anew.
    Effect::new(move || {
        open.track();
        trouble.set(None);
    });
    view! {
        <Dialog id=id title=title open=open on_close=on_cancel>
            <p class="whitespace-pre-line">{move || text.get()}</p>
            <p role="alert" class="text-error mt-3 empty:hidden">{move || trouble.get()}</p>
            <div class="modal-action">
                <Button on:click=move |_| on_cancel.run(())>{move || cancel.get()}</Button>
                <Button kind=ButtonKind::Danger busy=busy on:click=move |_| on_confirm.run(())>
                    {move || confirm.get()}
                </Button>
            </div>
        </Dialog>
    }
}
