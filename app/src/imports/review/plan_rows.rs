//! The rows of Review, page by page, all of them or those of one outcome.

use super::{
    super::api,
    paged::{Paged, PagedRows},
    plan_row::PlanRowView,
};
use crate::{
    data,
    i18n::{t_string, use_i18n},
};
use domain::{
    attribute::Attribute,
    ids::ImportId,
    import::plan::{PlanTotals, RowOutcome},
};
use leptos::prelude::*;

const PAGE: u16 = 50;

#[component]
pub(super) fn PlanRows(
    import: ImportId,
    totals: RwSignal<PlanTotals>,
    filter: RwSignal<Option<RowOutcome>>,
    attributes: StoredValue<Vec<Attribute>>,
    headers: StoredValue<Vec<String>>,
    correct: Option<Callback<u32>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let list = Paged::new(move |after| {
        let filter = filter.get_untracked();
        data::ask(move || api::plan_rows(import, filter, after, PAGE))
    });
    // Another filter, or another plan, has other rows.
    Effect::new(move || {
        filter.track();
        totals.track();
        list.begin();
    });
    view! {
        <section class="card" aria-label=move || t_string!(i18n, imports.rows_title)>
            <PagedRows
                list=list
                row=move |row| view! { <PlanRowView row=row attributes=attributes headers=headers correct=correct /> }
            />
        </section>
    }
}
