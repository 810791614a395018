//! How far the window has been scrolled past the top of an element.

use crate::routes;
use leptos::{ev, html, prelude::*};
use leptos_router::hooks::use_location;

/// In CSS pixels. Both keep their starting values until the page runs, so that the server draws the same rows.
#[derive(Clone, Copy)]
pub(super) struct Scrolled {
    pub(super) top: RwSignal<f64>,
    pub(super) height: RwSignal<f64>,
    node: NodeRef<html::Div>,
}

/// A tall screen.
const USUAL_HEIGHT: f64 = 1200.0;

impl Scrolled {
    pub(super) fn watch(node: NodeRef<html::Div>) -> Self {
        let scrolled = Self {
            top: RwSignal::new(0.0),
            height: RwSignal::new(USUAL_HEIGHT),
            node,
        };
        let path = use_location().pathname;
        Effect::new(move || {
            // On the way to another page the window goes to its top, which is not where the list was left.
            let moved = window_event_listener(ev::scroll, move |_| {
                if path.try_get_untracked().as_deref() == Some(routes::CUSTOMERS) {
                    scrolled.measure();
                }
            });
            let resized = window_event_listener(ev::resize, move |_| scrolled.measure());
            request_animation_frame(move || scrolled.measure());
            on_cleanup(move || {
                moved.remove();
                resized.remove();
            });
        });
        scrolled
    }

    fn measure(self) {
        let Some(element) = self.node.try_get_untracked().flatten() else {
            return;
        };
        let height = window()
            .inner_height()
            .ok()
            .and_then(|height| height.as_f64())
            .unwrap_or(USUAL_HEIGHT);
        self.top.set(-element.get_bounding_client_rect().top());
        self.height.set(height);
    }

    /// Scrolls so that the element's top is this far above the window's.
    pub(super) fn go_to(self, top: f64) {
        let Some(element) = self.node.try_get_untracked().flatten() else {
            return;
        };
        let page_top =
            element.get_bounding_client_rect().top() + window().scroll_y().unwrap_or_default();
        window().scroll_to_with_x_and_y(0.0, page_top + top);
    }
}
