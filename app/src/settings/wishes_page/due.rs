//! Until when a wish must be decided, and how much of that time is left.

use crate::{
    i18n::{Locale, t, use_i18n},
    session::use_me,
    sync,
    ui::{Badge, BadgeKind, local_date},
    words,
};
use chrono::NaiveDate;
use leptos::prelude::*;
use leptos_i18n::td_string;

/// With so few days left it is marked.
const SOON: u64 = 3;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Left {
    /// The day is over, since so many days.
    Late(u64),
    Today,
    Days(u64),
}

impl Left {
    fn until(due: NaiveDate, today: NaiveDate) -> Self {
        let days = (due - today).num_days();
        match days {
            0 => Self::Today,
            days if days < 0 => Self::Late(days.unsigned_abs()),
            days => Self::Days(days.unsigned_abs()),
        }
    }

    const fn kind(self) -> BadgeKind {
        match self {
            Self::Late(_) => BadgeKind::Error,
            Self::Today => BadgeKind::Warning,
            Self::Days(days) if days <= SOON => BadgeKind::Warning,
            Self::Days(_) => BadgeKind::Plain,
        }
    }

    fn said(self, locale: Locale) -> String {
        match self {
            Self::Late(days) => {
                count!(locale, days, messaging.wish_late_one | wish_late_many)
            }
            Self::Today => td_string!(locale, messaging.wish_today).to_owned(),
            Self::Days(days) => {
                count!(locale, days, messaging.wish_left_one | wish_left_many)
            }
        }
    }
}

/// The day is known at once; which day it is today, only in the browser.
#[component]
pub(super) fn Due(on: NaiveDate) -> impl IntoView {
    let i18n = use_i18n();
    let me = use_me();
    let left = RwSignal::new(None::<Left>);
    Effect::new(move || {
        let today = me.with(|me| local_date(sync::now(), &me.account.time_zone));
        left.set(today.map(|today| Left::until(on, today)));
    });
    view! {
        <span>
            {t!(i18n, messaging.wish_due)} " "
            <time datetime=on.to_string()>{move || words::date(i18n.get_locale(), on)}</time>
        </span>
        {move || {
            left.get()
                .map(|left| {
                    view! { <Badge kind=left.kind()>{move || left.said(i18n.get_locale())}</Badge> }
                })
        }}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left(today: &str) -> Left {
        Left::until("2026-12-10".parse().unwrap(), today.parse().unwrap())
    }

    #[test]
    fn counts_the_days_and_says_when_it_is_late() {
        assert_eq!(left("2026-12-01"), Left::Days(9));
        assert_eq!(left("2026-12-10"), Left::Today);
        assert_eq!(left("2026-12-12"), Left::Late(2));
    }

    #[test]
    fn marks_what_is_urgent_by_words_too() {
        assert_eq!(left("2026-12-06").kind(), BadgeKind::Plain);
        assert_eq!(left("2026-12-07").kind(), BadgeKind::Warning);
        assert_eq!(left("2026-12-11").kind(), BadgeKind::Error);
        assert_eq!(left("2026-12-11").said(Locale::en), "1 day late");
    }
}
