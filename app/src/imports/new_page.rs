//! `/imports/new`: from a file to Review.

use super::{
    desk::Desk,
    detected::Found,
    drop_box::{DropBox, ReadingFile},
    mapping::MappingStep,
    preview::PreviewStep,
    review::Review,
    state::{Event, Stage},
    steps::Steps,
    trouble::TroubleNotice,
    upload_view::SendingRows,
};
use crate::{
    customers::unsaved::UnsavedGuard,
    i18n::{t, t_string, use_i18n},
    routes,
    session::Permitted,
    ui::{PageHeader, say},
};
use domain::permission::Permission;
use leptos::{ev, prelude::*};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use wasm_bindgen::JsCast;

#[component]
pub fn NewImportPage() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <PageHeader title=say(move || t_string!(i18n, imports.new_title))>
            <a class="btn btn-ghost" href=routes::IMPORTS>
                {t!(i18n, imports.title)}
            </a>
        </PageHeader>
        <Permitted to=Permission::ImportCustomers>
            <Wizard />
        </Permitted>
    }
}

#[component]
fn Wizard() -> impl IntoView {
    let desk = Desk::new();
    let stage = Memo::new(move |_| desk.stage());
    keep_the_page(stage);
    let navigate = use_navigate();
    let done = Callback::new(move |import| {
        navigate(
            &routes::import(import),
            NavigateOptions {
                replace: true,
                ..NavigateOptions::default()
            },
        );
    });
    let panel = move || match stage.get() {
        Stage::Choose => view! { <DropBox desk=desk resumed=None /> }.into_any(),
        Stage::Reading => view! { <ReadingFile desk=desk /> }.into_any(),
        Stage::Found => view! { <Found desk=desk /> }.into_any(),
        Stage::Columns => view! { <MappingStep desk=desk /> }.into_any(),
        Stage::Rows => view! { <PreviewStep desk=desk /> }.into_any(),
        Stage::Sending => view! { <SendingRows desk=desk /> }.into_any(),
        Stage::Review(import) => {
            let back = Callback::new(move |()| desk.go(Event::Back));
            let correct = Callback::new(move |line| desk.correct(line));
            view! { <Review import=import back=back correct=correct on_done=done on_discard=move |()| desk.start_over() /> }.into_any()
        }
    };
    let step = Memo::new(move |_| stage.get().step());
    view! {
        <Steps current=step />
        <TroubleNotice desk=desk />
        <UnsavedGuard unsaved=Signal::derive(move || stage.get().would_lose_work()) />
        <section id="import-step" tabindex="-1" class="outline-none">
            {panel}
        </section>
    }
}

/// Keeps a file that is dropped beside the box from replacing the page, and begins each step at its top.
fn keep_the_page(stage: Memo<Stage>) {
    Effect::new(move |_| {
        let over = window_event_listener(ev::dragover, |event| event.prevent_default());
        let dropped = window_event_listener(ev::drop, |event| event.prevent_default());
        on_cleanup(move || {
            over.remove();
            dropped.remove();
        });
    });
    Effect::new(move |earlier: Option<Stage>| {
        let now = stage.get();
        if earlier.is_some_and(|earlier| earlier.step() != now.step())
            && let Some(step) = document().get_element_by_id("import-step")
        {
            focus_top(&step);
        }
        now
    });
}

fn focus_top(step: &web_sys::Element) {
    if let Some(step) = step.dyn_ref::<web_sys::HtmlElement>() {
        drop(step.focus());
    }
    window().scroll_to_with_x_and_y(0.0, 0.0);
}
