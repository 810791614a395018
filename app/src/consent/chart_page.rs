//! `/settings/opt-outs`: opt-outs over time, as bars and as a table.

use super::api;
use crate::{
    data,
    error::ErrorNotice,
    i18n::{t, t_string, use_i18n},
    routes,
    ui::{EmptyState, LinkButton, PageHeader, Skeleton, say},
    words,
};
use domain::consent::{OptOutMonth, OptOuts};
use icondata_lu::{LuBellOff, LuMessageCircleWarning};
use leptos::prelude::*;

/// Of the tallest bar, above which its number stands.
const HEIGHT: u32 = 80;
const BAR: u32 = 14;
const STEP: u32 = 20;
/// For a line of letters.
const LINE: u32 = 10;

#[component]
pub fn OptOutsPage() -> impl IntoView {
    let i18n = use_i18n();
    let loaded = Resource::new(|| (), |()| data::ask(api::count_opt_outs));
    let retry = Callback::new(move |()| loaded.refetch());
    view! {
        <PageHeader
            title=say(move || t_string!(i18n, consent.chart_title))
            text=say(move || t_string!(i18n, consent.chart_text))
        >
            <LinkButton icon=LuMessageCircleWarning href=routes::WISHES>{t!(i18n, messaging.wishes)}</LinkButton>
        </PageHeader>
        <Suspense fallback=move || view! { <Skeleton label=say(move || t_string!(i18n, common.loading)) /> }>
            {move || Suspend::new(async move {
                match loaded.await {
                    Ok(opt_outs) => view! { <Months opt_outs /> }.into_any(),
                    Err(error) => view! { <ErrorNotice error retry /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn Months(opt_outs: OptOuts) -> impl IntoView {
    let i18n = use_i18n();
    let OptOuts {
        months,
        unsubscribed_now,
    } = opt_outs;
    let now = move || {
        count!(
            i18n.get_locale(),
            unsubscribed_now,
            consent.chart_now_one | chart_now_many
        )
    };
    let quiet = months
        .iter()
        .all(|month| month.opt_outs == 0 && month.starts == 0);
    let body = if quiet {
        view! {
            <EmptyState
                icon=LuBellOff
                title=say(move || t_string!(i18n, consent.chart_nothing))
                text=say(move || t_string!(i18n, consent.chart_nothing_text))
            />
        }
        .into_any()
    } else {
        let rows = months
            .iter()
            .rev()
            .map(|month| view! { <Row month=*month /> })
            .collect_view();
        view! {
            <Bars months=months.clone() />
            <table class="table table-sm mt-4">
                <thead>
                    <tr>
                        <th scope="col">{t!(i18n, consent.month)}</th>
                        <th scope="col" class="text-right whitespace-normal">{t!(i18n, consent.opt_outs)}</th>
                        <th scope="col" class="text-right whitespace-normal">{t!(i18n, consent.starts)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        }
        .into_any()
    };
    view! {
        <p class="mb-4 font-medium">{now}</p>
        {body}
    }
}

/// The bars say what the table says, to whoever would rather look than read.
#[component]
fn Bars(months: Vec<OptOutMonth>) -> impl IntoView {
    let i18n = use_i18n();
    let most = months.iter().map(|month| month.opt_outs).max().unwrap_or(0);
    let width = u32::try_from(months.len()).unwrap_or(0) * STEP;
    let base = LINE + HEIGHT;
    let bars = (0..)
        .zip(months)
        .map(
            |(
                place,
                OptOutMonth {
                    month, opt_outs, ..
                },
            )| {
                let height = bar_height(opt_outs, most);
                let middle = (place * STEP + STEP / 2).to_string();
                let count = move || words::number(i18n.get_locale(), u64::from(opt_outs));
                view! {
                    <rect
                        x=(place * STEP + (STEP - BAR) / 2).to_string()
                        y=(base - height).to_string()
                        width=BAR.to_string()
                        height=height.to_string()
                        class="fill-primary"
                    />
                    {(opt_outs > 0)
                        .then(|| {
                            view! {
                                <text x=middle.clone() y=(base - height - 2).to_string()>
                                    {count}
                                </text>
                            }
                        })}
                    <text x=middle.clone() y=(base + LINE - 2).to_string()>
                        {move || words::short_month(i18n.get_locale(), month)}
                    </text>
                }
            },
        )
        .collect_view();
    view! {
        <svg
            role="img"
            aria-label=move || t_string!(i18n, consent.chart_label)
            viewBox=format!("0 0 {width} {}", base + LINE)
            class="w-full max-w-2xl fill-current"
            font-size="6"
            text-anchor="middle"
        >
            {bars}
            <line x1="0" x2=width.to_string() y1=base.to_string() y2=base.to_string() class="stroke-base-300" stroke-width="0.5" />
        </svg>
    }
}

/// What is there at all can be seen.
fn bar_height(count: u32, most: u32) -> u32 {
    if count == 0 || most == 0 {
        return 0;
    }
    let height = u64::from(count) * u64::from(HEIGHT) / u64::from(most);
    u32::try_from(height).unwrap_or(HEIGHT).max(2)
}

#[component]
fn Row(month: OptOutMonth) -> impl IntoView {
    let i18n = use_i18n();
    let number = move |count: u32| words::number(i18n.get_locale(), u64::from(count));
    view! {
        <tr>
            <th scope="row" class="font-normal">{move || words::month(i18n.get_locale(), month.month)}</th>
            <td class="text-right tabular-nums">{move || number(month.opt_outs)}</td>
            <td class="text-right tabular-nums">{move || number(month.starts)}</td>
        </tr>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_single_opt_out_beside_many_is_still_seen() {
        assert_eq!(bar_height(0, 1_000), 0);
        assert_eq!(bar_height(1, 1_000), 2);
        assert_eq!(bar_height(1_000, 1_000), HEIGHT);
        assert_eq!(bar_height(0, 0), 0);
    }
}
