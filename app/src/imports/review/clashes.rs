//! What was changed in the file and in the app since the file was exported, page by page, to choose from.

use super::{
    super::{
        api,
        pick::{Group, Pick},
    },
    clash::{Chosen, ClashRow},
    paged::{Paged, PagedRows},
    shows_review_again,
};
use crate::{
    customers::wording as customers,
    data,
    error::{AppError, ErrorNotice},
    i18n::{t, t_string, use_i18n},
    ui::{Button, Choice, say},
};
use domain::{
    attribute::Attribute,
    ids::ImportId,
    import::{
        chunk::ImportColumn,
        plan::{Clashing, ManyClashing, PlanTotals},
    },
    slot::Slot,
};
use leptos::prelude::*;

const PAGE: u16 = 20;

#[component]
pub(super) fn Clashes(
    import: ImportId,
    columns: RwSignal<Vec<ImportColumn>>,
    totals: RwSignal<PlanTotals>,
    attributes: StoredValue<Vec<Attribute>>,
    /// While something is chosen, what is shown is not what would happen.
    planning: RwSignal<bool>,
    on_plan_changed: Callback<AppError>,
) -> impl IntoView {
    let any = Memo::new(move |_| totals.with(|totals| totals.clashes > 0));
    move || {
        any.get().then(|| {
            view! { <Found import=import columns=columns totals=totals attributes=attributes planning=planning on_plan_changed=on_plan_changed /> }
        })
    }
}

#[component]
fn Found(
    import: ImportId,
    columns: RwSignal<Vec<ImportColumn>>,
    totals: RwSignal<PlanTotals>,
    attributes: StoredValue<Vec<Attribute>>,
    planning: RwSignal<bool>,
    on_plan_changed: Callback<AppError>,
) -> impl IntoView {
    let i18n = use_i18n();
    let list = Paged::new(move |after| data::ask(move || api::clashing_rows(import, after, PAGE)));
    // Of the plan whose rows are shown: a choice for one of them makes another plan of the same rows.
    let shown = StoredValue::new(None::<PlanTotals>);
    Effect::new(move || {
        let now = totals.get();
        if shown.get_value() != Some(now) {
            shown.set_value(Some(now));
            list.begin();
        }
    });
    let choose = Action::new_local(move |(which, take): &Chosen| {
        let (which, take) = (which.clone(), *take);
        let before = totals.get_untracked();
        async move {
            planning.set(true);
            let answer = data::ask(|| api::choose_clashing(import, which.clone(), take)).await;
            planning.set(false);
            let one = matches!(which, Clashing::Cell { .. });
            match &answer {
                Ok(now) if one && now.is_one_choice_after(&before, take) => {
                    // The rows stay where they are: the person is in the middle of them.
                    shown.set_value(Some(*now));
                    totals.set(*now);
                }
                Ok(now) => {
                    shown.set_value(None);
                    totals.set(*now);
                }
                Err(why) if shows_review_again(why) => on_plan_changed.run(why.clone()),
                // The choices show again what holds.
                Err(_) => {
                    shown.set_value(None);
                    totals.notify();
                }
            }
            answer
        }
    });
    let failed = move || {
        let error = choose.value().get().and_then(Result::<_, AppError>::err);
        error.filter(|error| !shows_review_again(error))
    };
    let on_choose = Callback::new(move |chosen: Chosen| drop(choose.dispatch_local(chosen)));
    let said = move || {
        let (locale, PlanTotals { clashes, taken, .. }) = (i18n.get_locale(), totals.get());
        let mut said = count!(
            locale,
            u64::from(clashes),
            imports.clashes_one | clashes_many
        );
        if taken > 0 {
            let taken = count!(
                locale,
                u64::from(taken),
                imports.clashes_taken_one | clashes_taken_many
            );
            said = format!("{said} {taken}");
        }
        said
    };
    view! {
        <section class="card" aria-labelledby="clashes-title">
            <div class="flex flex-col gap-3 p-4">
                <h3 id="clashes-title" class="font-semibold">
                    {t!(i18n, imports.clashes_title)}
                </h3>
                <p role="status">{said}</p>
                <ForMany columns=columns totals=totals attributes=attributes on_choose=on_choose disabled=planning />
                {move || failed().map(|error| view! { <ErrorNotice error=error /> })}
            </div>
            <div class="border-t border-base-300">
                <PagedRows
                    list=list
                    row=move |row| view! { <ClashRow row=row attributes=attributes on_choose=on_choose /> }
                />
            </div>
        </section>
    }
}

/// Chooses for all at once, or for all of one column.
#[component]
fn ForMany(
    columns: RwSignal<Vec<ImportColumn>>,
    totals: RwSignal<PlanTotals>,
    attributes: StoredValue<Vec<Attribute>>,
    on_choose: Callback<Chosen>,
    #[prop(into)] disabled: Signal<bool>,
) -> impl IntoView {
    const ALL: &str = "all";
    let i18n = use_i18n();
    let picked = RwSignal::new(None::<Slot>);
    let groups = move || {
        let locale = i18n.get_locale();
        let all = Choice::new(ALL, t_string!(i18n, imports.clash_everything));
        let of_column = |column: &ImportColumn| {
            let name = attributes
                .with_value(|attributes| customers::slot(locale, column.slot, attributes));
            Choice::new(column.slot.to_string(), name)
        };
        let of_columns = columns.with(|columns| columns.iter().map(of_column).collect::<Vec<_>>());
        Group::plain(std::iter::once(all).chain(of_columns).collect())
    };
    let current = move || {
        picked
            .get()
            .map_or_else(|| ALL.to_owned(), |slot| slot.to_string())
    };
    let choose = move |take: bool| {
        let which = picked.get_untracked();
        let which = which.map_or(ManyClashing::All, ManyClashing::Column);
        let seen = totals.with_untracked(|totals| totals.digest);
        on_choose.run((Clashing::Many { which, seen }, take));
    };
    view! {
        <div class="flex flex-wrap items-end gap-2">
            <div class="w-full sm:w-56">
                <Pick
                    id="clash-for"
                    label=say(move || t_string!(i18n, imports.clash_for))
                    current=Signal::derive(current)
                    groups=Signal::derive(groups)
                    on_pick=move |key: String| picked.set(key.parse().ok())
                    disabled=disabled
                />
            </div>
            <Button disabled=disabled on:click=move |_| choose(true)>
                {t!(i18n, imports.clash_take_all)}
            </Button>
            <Button disabled=disabled on:click=move |_| choose(false)>
                {t!(i18n, imports.clash_keep_all)}
            </Button>
        </div>
    }
}
