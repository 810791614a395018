//! The rows of Review, page by page, all of them or those of one outcome.

use super::{super::api, plan_row::PlanRowView};
use crate::{
    data,
    error::{AppError, ErrorNotice},
    i18n::{t, t_string, use_i18n},
    ui::{Button, Skeleton, say},
};
use domain::{
    attribute::Attribute,
    ids::ImportId,
    import::plan::{PlanRow, PlanTotals, RowOutcome},
};
use leptos::{prelude::*, task::spawn_local_scoped_with_cancellation};

const PAGE: u16 = 50;

#[derive(Clone, Copy)]
struct List {
    import: ImportId,
    filter: RwSignal<Option<RowOutcome>>,
    rows: RwSignal<Vec<PlanRow>>,
    more: RwSignal<bool>,
    busy: RwSignal<bool>,
    error: RwSignal<Option<AppError>>,
}

impl List {
    /// The page after the last row shown.
    async fn load(self) {
        let after = self
            .rows
            .with_untracked(|rows| rows.last().map_or(0, |row| row.line));
        let (import, filter) = (self.import, self.filter.get_untracked());
        self.busy.set(true);
        let answer = data::ask(|| api::plan_rows(import, filter, after, PAGE)).await;
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
pub(super) fn PlanRows(
    import: ImportId,
    totals: RwSignal<PlanTotals>,
    filter: RwSignal<Option<RowOutcome>>,
    attributes: StoredValue<Vec<Attribute>>,
    headers: StoredValue<Vec<String>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let list = List {
        import,
        filter,
        rows: RwSignal::default(),
        more: RwSignal::new(false),
        busy: RwSignal::new(true),
        error: RwSignal::default(),
    };
    // Another filter, or another plan, begins at the first row; what was on its way for the old one is dropped.
    Effect::new(move || {
        filter.track();
        totals.track();
        list.rows.set(Vec::new());
        spawn_local_scoped_with_cancellation(list.load());
    });
    let owner = StoredValue::new(Owner::current().unwrap_or_default().child());
    let load = move || {
        owner.with_value(|owner| owner.with(|| spawn_local_scoped_with_cancellation(list.load())));
    };
    let retry = Callback::new(move |()| load());
    let first = Memo::new(move |_| list.busy.get() && list.rows.with(Vec::is_empty));
    let none = Memo::new(move |_| {
        !list.busy.get() && list.rows.with(Vec::is_empty) && list.error.with(Option::is_none)
    });
    view! {
        <section class="card" aria-label=move || t_string!(i18n, imports.rows_title)>
            <ul class="divide-y divide-base-300">
                <For each=move || list.rows.get() key=|row| row.line let:row>
                    <PlanRowView row=row attributes=attributes headers=headers />
                </For>
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
                    <Button busy=list.busy on:click=move |_| load()>
                        {t!(i18n, imports.more_rows)}
                    </Button>
                </div>
            </Show>
        </section>
    }
}
