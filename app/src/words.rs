//! How the app says what `domain` knows: refusals, roles, permissions, dates, numbers, in the reader's language.

mod lists;
mod refusals;

pub use lists::{countries, country_name, time_zones};
pub use refusals::{app_error, invalid, reason};

use crate::i18n::Locale;
use chrono::{Datelike, NaiveDate};
use domain::permission::{Permission, Role};
use leptos_i18n::td_string;

/// Whether a count takes the singular: in English only 1, in French 0 and 1.
pub const fn is_one(locale: Locale, count: u64) -> bool {
    match locale {
        Locale::en => count == 1,
        Locale::fr => count < 2,
    }
}

/// Says a count with the right form of the noun: `count!(locale, 3, common.seconds_one | seconds_many)`. Both texts have
/// `{{ count }}`, which is shown with separators.
#[macro_export]
macro_rules! count {
    ($locale:expr, $count:expr, $namespace:ident . $one:ident | $many:ident) => {{
        let locale = $locale;
        let count: u64 = $count;
        let shown = $crate::words::number(locale, count);
        if $crate::words::is_one(locale, count) {
            leptos_i18n::td_string!(locale, $namespace.$one, count = shown)
        } else {
            leptos_i18n::td_string!(locale, $namespace.$many, count = shown)
        }
    }};
}

/// `12,345` in English, `12 345` (with no-break spaces) in French.
pub fn number(locale: Locale, number: u64) -> String {
    let separator = match locale {
        Locale::en => ',',
        Locale::fr => '\u{a0}',
    };
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 * 2);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(separator);
        }
        out.push(digit);
    }
    out
}

/// The beginning of a text that may be very long: a cell holds up to a book.
pub fn beginning(text: &str) -> String {
    const LONGEST: usize = 80;
    let mut chars = text.chars();
    let begun: String = chars.by_ref().take(LONGEST).collect();
    if chars.next().is_some() {
        format!("{}…", begun.trim_end())
    } else {
        begun
    }
}

/// A calendar date in full: `November 23, 2026`, `23 novembre 2026`.
pub fn date(locale: Locale, date: NaiveDate) -> String {
    td_string!(
        locale,
        common.date,
        day = date.day(),
        month = month_name(locale, date),
        year = date.year()
    )
}

/// A month: `November 2026`, `novembre 2026`.
pub fn month(locale: Locale, date: NaiveDate) -> String {
    format!("{} {}", month_name(locale, date), date.year())
}

fn month_name(locale: Locale, date: NaiveDate) -> &'static str {
    match date.month() {
        1 => td_string!(locale, common.month_1),
        2 => td_string!(locale, common.month_2),
        3 => td_string!(locale, common.month_3),
        4 => td_string!(locale, common.month_4),
        5 => td_string!(locale, common.month_5),
        6 => td_string!(locale, common.month_6),
        7 => td_string!(locale, common.month_7),
        8 => td_string!(locale, common.month_8),
        9 => td_string!(locale, common.month_9),
        10 => td_string!(locale, common.month_10),
        11 => td_string!(locale, common.month_11),
        _ => td_string!(locale, common.month_12),
    }
}

/// A month where there is little room: `Nov`, `nov.`.
pub fn short_month(locale: Locale, date: NaiveDate) -> &'static str {
    match date.month() {
        1 => td_string!(locale, common.month_short_1),
        2 => td_string!(locale, common.month_short_2),
        3 => td_string!(locale, common.month_short_3),
        4 => td_string!(locale, common.month_short_4),
        5 => td_string!(locale, common.month_short_5),
        6 => td_string!(locale, common.month_short_6),
        7 => td_string!(locale, common.month_short_7),
        8 => td_string!(locale, common.month_short_8),
        9 => td_string!(locale, common.month_short_9),
        10 => td_string!(locale, common.month_short_10),
        11 => td_string!(locale, common.month_short_11),
        _ => td_string!(locale, common.month_short_12),
    }
}

/// How long to wait, rounded up: `40 seconds`, `3 minutes`.
pub fn wait(locale: Locale, seconds: u64) -> String {
    if seconds < 90 {
        count!(locale, seconds, common.seconds_one | seconds_many)
    } else {
        count!(
            locale,
            seconds.div_ceil(60),
            common.minutes_one | minutes_many
        )
    }
}

/// `en` or `fr`.
pub fn language_code(locale: Locale) -> &'static str {
    use leptos_i18n::Locale as _;
    locale.as_str()
}

pub fn role(locale: Locale, role: Role) -> &'static str {
    match role {
        Role::Owner => td_string!(locale, common.role_owner),
        Role::Manager => td_string!(locale, common.role_manager),
        Role::Advisor => td_string!(locale, common.role_advisor),
        Role::Viewer => td_string!(locale, common.role_viewer),
    }
}

pub fn permission(locale: Locale, permission: Permission) -> &'static str {
    match permission {
        Permission::SeeCustomers => td_string!(locale, settings.may_see_customers),
        Permission::EditCustomers => td_string!(locale, settings.may_edit_customers),
        Permission::UnsubscribeCustomers => td_string!(locale, settings.may_unsubscribe_customers),
        Permission::SendMessages => td_string!(locale, messaging.may_send_messages),
        Permission::DeleteCustomers => td_string!(locale, settings.may_delete_customers),
        Permission::AddAttributes => td_string!(locale, settings.may_add_attributes),
        Permission::ManageAttributes => td_string!(locale, settings.may_manage_attributes),
        Permission::ImportCustomers => td_string!(locale, settings.may_import_customers),
        Permission::ExportCustomers => td_string!(locale, settings.may_export_customers),
        Permission::SeeAudit => td_string!(locale, settings.may_see_audit),
        Permission::UndoImports => td_string!(locale, settings.may_undo_imports),
        Permission::ManageCompany => td_string!(locale, settings.may_manage_company),
        Permission::ManagePeople => td_string!(locale, settings.may_manage_people),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_counts_as_each_language_does() {
        assert_eq!(
            count!(Locale::en, 0, common.seconds_one | seconds_many),
            "0 seconds"
        );
        assert_eq!(
            count!(Locale::en, 1, common.seconds_one | seconds_many),
            "1 second"
        );
        assert_eq!(
            count!(Locale::fr, 0, common.seconds_one | seconds_many),
            "0 seconde"
        );
        assert_eq!(
            count!(Locale::fr, 2000, common.seconds_one | seconds_many),
            "2\u{a0}000 secondes"
        );
    }

    #[test]
    fn of_a_long_text_the_beginning_is_shown() {
        assert_eq!(beginning("Zoë"), "Zoë");
        assert_eq!(beginning(&"é".repeat(80)), "é".repeat(80));
        assert_eq!(beginning(&"é".repeat(60_000)), "é".repeat(80) + "…");
    }

    #[test]
    fn separates_thousands() {
        assert_eq!(number(Locale::en, 999), "999");
        assert_eq!(number(Locale::en, 1_048_576), "1,048,576");
    }

    #[test]
    fn rounds_a_wait_up() {
        assert_eq!(wait(Locale::en, 1), "1 second");
        assert_eq!(wait(Locale::en, 121), "3 minutes");
    }

    #[test]
    fn writes_dates_as_each_language_does() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 3).unwrap();
        assert_eq!(date(Locale::en, day), "November 3, 2026");
        assert_eq!(date(Locale::fr, day), "3 novembre 2026");
    }
}
