//! Asks before a page with unsaved changes is left: by a link, a search, the back button, or by closing the tab.

use crate::{
    i18n::{t_string, use_i18n},
    steps,
    ui::{ConfirmDialog, say},
};
use gloo::events::{EventListener, EventListenerOptions};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, HtmlFormElement, MouseEvent};

#[derive(Clone)]
enum Departure {
    /// The link that was clicked, or the form that was submitted.
    By(Element),
    Back,
}

#[component]
pub fn UnsavedGuard(#[prop(into)] unsaved: Signal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    // What belongs to the browser must not be made on the server, where another thread would drop it.
    let wanted = StoredValue::new(None::<StoredValue<Departure, LocalStorage>>);
    let asking = RwSignal::new(false);
    // The person has decided to leave.
    let way_open = StoredValue::new(false);
    // A step back was taken back; the event that says so is nobody's business.
    let returning = StoredValue::new(false);
    let holds = move || {
        unsaved.try_get_untracked().unwrap_or(false) && way_open.try_get_value() == Some(false)
    };
    Effect::new(move || {
        let early = EventListenerOptions {
            phase: gloo::events::EventListenerPhase::Capture,
            passive: false,
        };
        let ask = move |event: &Event, element: Element| {
            event.prevent_default();
            event.stop_propagation();
            wanted.set_value(Some(StoredValue::new_local(Departure::By(element))));
            asking.set(true);
        };
        let clicked = EventListener::new_with_options(&document(), "click", early, move |event| {
            if let Some(link) = link_to_elsewhere(event)
                && holds()
            {
                ask(event, link);
            }
        });
        let submitted =
            EventListener::new_with_options(&document(), "submit", early, move |event| {
                let search = event
                    .target()
                    .and_then(|target| target.dyn_into::<Element>().ok());
                if let Some(search) =
                    search.filter(|form| form.get_attribute("role").as_deref() == Some("search"))
                    && holds()
                {
                    ask(event, search);
                }
            });
        steps::hold_if(move || {
            let is_back = returning.try_get_value() == Some(true);
            if is_back {
                returning.set_value(false);
            } else if holds() {
                returning.set_value(true);
                drop(window().history().and_then(|history| history.forward()));
                wanted.set_value(Some(StoredValue::new_local(Departure::Back)));
                asking.set(true);
            } else {
                return false;
            }
            true
        });
        let closed =
            EventListener::new_with_options(&window(), "beforeunload", early, move |event| {
                if holds() {
                    event.prevent_default();
                }
            });
        // They listen until the guard goes.
        StoredValue::new_local([clicked, submitted, closed]);
    });
    let leave = move |()| {
        way_open.set_value(true);
        asking.set(false);
        let departure = wanted.try_update_value(Option::take).flatten();
        match departure.and_then(|departure| departure.try_get_value()) {
            Some(Departure::By(element)) => {
                match element.dyn_into::<HtmlFormElement>() {
                    Ok(form) => drop(form.request_submit()),
                    Err(link) => link.unchecked_into::<HtmlElement>().click(),
                }
                // Where the way led to the same page, what is changed there is held again.
                request_animation_frame(move || {
                    way_open.try_set_value(false);
                });
            }
            Some(Departure::Back) => drop(window().history().and_then(|history| history.back())),
            None => {}
        }
    };
    view! {
        <ConfirmDialog
            id="unsaved"
            title=say(move || t_string!(i18n, customers.unsaved_title))
            text=say(move || t_string!(i18n, customers.unsaved_text))
            confirm=say(move || t_string!(i18n, customers.unsaved_leave))
            cancel=say(move || t_string!(i18n, customers.unsaved_stay))
            open=asking
            on_confirm=leave
            on_cancel=move |()| asking.set(false)
        />
    }
}

/// The link that a plain click follows in this tab, if it leads away from what is on the screen.
fn link_to_elsewhere(event: &Event) -> Option<Element> {
    let click = event.dyn_ref::<MouseEvent>()?;
    let modified = click.ctrl_key()
        || click.meta_key()
        || click.shift_key()
        || click.alt_key()
        || click.button() != 0;
    let link = event
        .target()?
        .dyn_into::<Element>()
        .ok()?
        .closest("a[href]")
        .ok()??;
    let stays = link
        .get_attribute("href")
        .is_some_and(|href| href.starts_with('#'))
        || link
            .get_attribute("target")
            .is_some_and(|target| target == "_blank");
    (!modified && !stays).then_some(link)
}
