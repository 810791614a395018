//! Rows of the plan that come page by page, as far down as somebody looks.

use crate::{
    error::{AppError, ErrorNotice},
    i18n::{t, t_string, use_i18n},
    ui::{Button, Skeleton, say},
};
use domain::{import::plan::PlanRow, query::Page};
use leptos::{prelude::*, task::spawn_local_scoped_with_cancellation};
use std::pin::Pin;

type Answer = Result<Page<PlanRow>, AppError>;
type Loading = Pin<Box<dyn Future<Output = Answer> + Send>>;

#[derive(Clone, Copy)]
pub(super) struct Paged {
    /// The page after a line.
    page: Callback<u32, Loading>,
    rows: RwSignal<Vec<PlanRow>>,
    more: RwSignal<bool>,
    busy: RwSignal<bool>,
    error: RwSignal<Option<AppError>>,
    owner: StoredValue<Owner>,
}

impl Paged {
    pub(super) fn new<A>(page: impl Fn(u32) -> A + Send + Sync + 'static) -> Self
    where
        A: Future<Output = Answer> + Send + 'static,
    {
        Self {
            page: Callback::new(move |after| Box::pin(page(after)) as Loading),
            rows: RwSignal::default(),
            more: RwSignal::new(false),
            busy: RwSignal::new(true),
            error: RwSignal::default(),
            owner: StoredValue::new(Owner::current().unwrap_or_default().child()),
        }
    }

    /// Begins at the first row, within an effect: what was on its way for the rows before is dropped when it runs again.
    pub(super) fn begin(self) {
        self.rows.set(Vec::new());
        spawn_local_scoped_with_cancellation(self.load());
    }

    fn go_on(self) {
        self.owner.with_value(|owner| {
            owner.with(|| spawn_local_scoped_with_cancellation(self.load()));
        });
    }

    async fn load(self) {
        let last = self
            .rows
            .with_untracked(|rows| rows.last().map(|row| row.line));
        self.busy.set(true);
        let answer = self.page.run(last.unwrap_or(0)).await;
        self.busy.set(false);
        match answer {
            Ok(page) => {
                self.error.set(None);
                self.more.set(page.next.is_some());
                self.rows.update(|rows| rows.extend(page.rows));
            }
            Err(error) => self.error.set(Some(error)),
        }
    }
}

#[component]
pub(super) fn PagedRows<R, V>(list: Paged, row: R) -> impl IntoView
where
    R: Fn(PlanRow) -> V + Clone + Send + Sync + 'static,
    V: IntoView + 'static,
{
    let i18n = use_i18n();
    let retry = Callback::new(move |()| list.go_on());
    let empty = move || list.rows.with(Vec::is_empty);
    let first = Memo::new(move |_| list.busy.get() && empty());
    let none = Memo::new(move |_| !list.busy.get() && empty() && list.error.with(Option::is_none));
    view! {
        <ul class="divide-y divide-base-300">
            <For each=move || list.rows.get() key=|row| row.line children=row />
        </ul>
        {move || {
            first
                .get()
                .then(|| view! { <div class="px-4"><Skeleton label=say(move || t_string!(i18n, common.loading)) /></div> })
        }}
        {move || none.get().then(|| view! { <p class="muted p-4">{t!(i18n, imports.no_rows_here)}</p> })}
        {move || list.error.get().map(|error| view! { <ErrorNotice error=error retry=retry /> })}
        <Show when=move || list.more.get()>
            <div class="border-t border-base-300 p-3 text-center">
                <Button busy=list.busy on:click=move |_| list.go_on()>
                    {t!(i18n, imports.more_rows)}
                </Button>
            </div>
        </Show>
    }
}
