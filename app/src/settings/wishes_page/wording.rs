//! Why a message reads like a wish to stop, and what was decided.

use crate::i18n::Locale;
use domain::conversation::{Contact, SettledWish, WishReason};
use leptos_i18n::td_string;

pub(super) fn reason(locale: Locale, reason: WishReason) -> &'static str {
    match reason {
        WishReason::KeywordInSentence => td_string!(locale, messaging.why_keyword),
        WishReason::Misspelt => td_string!(locale, messaging.why_misspelt),
        WishReason::StopWriting => td_string!(locale, messaging.why_stop_writing),
        WishReason::OffTheList => td_string!(locale, messaging.why_off_the_list),
        WishReason::NotInterested => td_string!(locale, messaging.why_not_interested),
        WishReason::WrongNumber => td_string!(locale, messaging.why_wrong_number),
        WishReason::Complaint => td_string!(locale, messaging.why_complaint),
    }
}

/// What a person calls whoever wrote.
pub(super) fn name(contact: &Contact) -> String {
    if contact.name.trim().is_empty() {
        contact.phone_shown.clone()
    } else {
        contact.name.clone()
    }
}

/// Who decided what.
pub(super) fn decision(locale: Locale, settled: &SettledWish) -> String {
    match (&settled.by, settled.stopped) {
        (Some(name), true) => td_string!(locale, messaging.decided_stop, name = name.clone()),
        (Some(name), false) => td_string!(locale, messaging.decided_no_wish, name = name.clone()),
        (None, true) => td_string!(locale, messaging.decided_by_customer).to_owned(),
        (None, false) => td_string!(locale, messaging.decided_by_nobody).to_owned(),
    }
}
