//! Consent in words.

use crate::i18n::Locale;
use domain::consent::{ConsentEntry, EntrySource, Kind, Screen, Status};
use leptos_i18n::td_string;

pub(super) fn status(locale: Locale, status: Status) -> &'static str {
    match status {
        Status::Implied => td_string!(locale, consent.status_implied),
        Status::Express => td_string!(locale, consent.status_express),
        Status::Unsubscribed => td_string!(locale, consent.status_unsubscribed),
    }
}

pub(super) fn event(locale: Locale, entry: &ConsentEntry) -> String {
    let phone = entry.phone.clone();
    match (entry.kind, entry.changed) {
        (Kind::OptOut, true) => td_string!(locale, consent.event_opt_out, phone = phone),
        (Kind::OptOut, false) => td_string!(locale, consent.event_opt_out_again, phone = phone),
        (Kind::Start, true) => td_string!(locale, consent.event_start, phone = phone),
        (Kind::Start, false) => td_string!(locale, consent.event_start_in_vain, phone = phone),
    }
}

/// By whom and from where.
pub(super) fn source(locale: Locale, source: &EntrySource) -> String {
    let name = |by: &str| {
        if by.is_empty() {
            td_string!(locale, consent.somebody).to_owned()
        } else {
            by.to_owned()
        }
    };
    match source {
        EntrySource::Staff { by, screen: from } => td_string!(
            locale,
            consent.by_staff,
            name = name(by),
            screen = screen(locale, *from)
        ),
        EntrySource::Import {
            by,
            file_name,
            line,
            ..
        } => td_string!(
            locale,
            consent.by_import,
            name = name(by),
            file = file_name.clone(),
            row = *line
        ),
        EntrySource::Message { .. } => td_string!(locale, consent.by_message).to_owned(),
        EntrySource::Carried { by } => td_string!(locale, consent.by_carried, name = name(by)),
        EntrySource::Refusal => td_string!(locale, consent.by_refusal).to_owned(),
        EntrySource::SimulationEnded => td_string!(locale, consent.by_simulation).to_owned(),
    }
}

fn screen(locale: Locale, screen: Screen) -> &'static str {
    match screen {
        Screen::List => td_string!(locale, consent.screen_list),
        Screen::Profile => td_string!(locale, consent.screen_profile),
        Screen::Conversation => td_string!(locale, consent.screen_conversation),
        Screen::Appointment => td_string!(locale, consent.screen_appointment),
        Screen::Campaign => td_string!(locale, consent.screen_campaign),
        Screen::Automation => td_string!(locale, consent.screen_automation),
    }
}
