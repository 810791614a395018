//! Choosing a password.

use crate::{
    i18n::{Locale, t_string, use_i18n},
    ui::{TextField, say},
};
use domain::person::{PASSWORD_MAX, PASSWORD_MIN};
use leptos::prelude::*;
use leptos_i18n::td_string;

/// Why a new password is not taken, in words.
pub fn check_new_password(locale: Locale, password: &str) -> Option<String> {
    match password.chars().count() {
        n if n < PASSWORD_MIN => Some(td_string!(
            locale,
            session.password_short,
            min = PASSWORD_MIN
        )),
        n if n > PASSWORD_MAX => Some(td_string!(
            locale,
            session.password_long,
            max = PASSWORD_MAX
        )),
        _ => None,
    }
}

/// The field for a new password, with what is expected of it.
#[component]
pub fn NewPassword(
    #[prop(into)] id: String,
    #[prop(into)] label: Signal<String>,
    value: RwSignal<String>,
    #[prop(into)] error: Signal<Option<String>>,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <TextField
            id=id
            label=label
            kind="password"
            autocomplete="new-password"
            hint=say(move || t_string!(i18n, session.new_password_hint, min = PASSWORD_MIN))
            value=value
            error=error
        />
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_characters_and_not_bytes() {
        assert!(check_new_password(Locale::en, "ééééé").is_some());
        assert_eq!(
            check_new_password(Locale::en, &"é".repeat(PASSWORD_MIN)),
            None
        );
        assert!(check_new_password(Locale::fr, &"é".repeat(PASSWORD_MAX + 1)).is_some());
    }
}
