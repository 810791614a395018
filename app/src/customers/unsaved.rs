//! Asks before a page with unsaved changes is left: by a link, a search, the back button, or by closing the tab. Whoever wants
//! to go while the changes are being saved goes once they are.

use crate::{
    i18n::{t_string, use_i18n},
    steps,
    ui::{ConfirmDialog, say},
};
use gloo::events::{EventListener, EventListenerOptions};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, HtmlFormElement, MouseEvent};

#[derive(Clone, Debug)]
enum Departure {
    /// The link that was clicked, or the form that was submitted.
    By(Element),
    Back,
}

/// The way out of a page that a person wants to take.
#[derive(Clone, Copy, Debug)]
pub struct WayOut {
    // What belongs to the browser must not be made on the server, where another thread would drop it.
    wanted: RwSignal<Option<StoredValue<Departure, LocalStorage>>>,
    /// It was decided to leave.
    is_open: StoredValue<bool>,
}

impl Default for WayOut {
    fn default() -> Self {
        Self {
            wanted: RwSignal::new(None),
            is_open: StoredValue::new(false),
        }
    }
}

impl WayOut {
    fn want(self, departure: Departure) {
        self.wanted.try_set(Some(StoredValue::new_local(departure)));
    }

    /// Takes the way that is wanted, whatever is unsaved. `false`: none is.
    pub fn take(self) -> bool {
        let departure = self.wanted.try_update(Option::take).flatten();
        let Some(departure) = departure.and_then(|departure| departure.try_get_value()) else {
            return false;
        };
        self.is_open.try_set_value(true);
        match departure {
            Departure::By(element) => {
                match element.dyn_into::<HtmlFormElement>() {
                    Ok(form) => drop(form.request_submit()),
                    Err(link) => link.unchecked_into::<HtmlElement>().click(),
                }
                // Where the way led to the same page, what is changed there is held again.
                request_animation_frame(move || {
                    self.is_open.try_set_value(false);
                });
            }
            Departure::Back => drop(window().history().and_then(|history| history.back())),
        }
        true
    }
}

#[component]
pub fn UnsavedGuard(
    #[prop(into)] unsaved: Signal<bool>,
    /// The changes are being saved. If that fails, whoever wanted to go is asked.
    #[prop(optional, into)]
    saving: Signal<bool>,
    /// To be taken once they are saved.
    #[prop(optional)]
    way_out: WayOut,
) -> impl IntoView {
    let i18n = use_i18n();
    let asking = Signal::derive(move || way_out.wanted.with(Option::is_some) && !saving.get());
    // A step back was taken back; the event that says so is nobody's business.
    let returning = StoredValue::new(false);
    let holds = move || {
        unsaved.try_get_untracked().unwrap_or(false)
            && way_out.is_open.try_get_value() == Some(false)
    };
    Effect::new(move || {
        let early = EventListenerOptions {
            phase: gloo::events::EventListenerPhase::Capture,
            passive: false,
        };
        let ask = move |event: &Event, element: Element| {
            event.prevent_default();
            event.stop_propagation();
            way_out.want(Departure::By(element));
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
                way_out.want(Departure::Back);
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
        way_out.take();
    };
    let stay = move |()| way_out.wanted.set(None);
    view! {
        <ConfirmDialog
            id="unsaved"
            title=say(move || t_string!(i18n, customers.unsaved_title))
            text=say(move || t_string!(i18n, customers.unsaved_text))
            confirm=say(move || t_string!(i18n, customers.unsaved_leave))
            cancel=say(move || t_string!(i18n, customers.unsaved_stay))
            open=asking
            on_confirm=leave
            on_cancel=stay
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
