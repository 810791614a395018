//! Conversations in words.

mod trouble;

pub use trouble::trouble;

use crate::{i18n::Locale, words};
use chrono::NaiveDate;
use domain::{
    conversation::{Contact, ConversationCounts, ConversationFilter, Delivery, Media, Origin},
    keyword::{Heard, Keyword, Meaning},
};
use leptos_i18n::td_string;

/// How far a message of the shop has come.
pub fn delivery(locale: Locale, delivery: Delivery) -> &'static str {
    match delivery {
        Delivery::Queued => td_string!(locale, conversations.delivery_queued),
        Delivery::Sending => td_string!(locale, conversations.delivery_sending),
        Delivery::Sent => td_string!(locale, conversations.delivery_sent),
        Delivery::Delivered => td_string!(locale, conversations.delivery_delivered),
        Delivery::Undelivered => td_string!(locale, conversations.delivery_undelivered),
        Delivery::Failed => td_string!(locale, conversations.delivery_failed),
        Delivery::Blocked => td_string!(locale, conversations.delivery_blocked),
        Delivery::Cancelled => td_string!(locale, conversations.delivery_cancelled),
        Delivery::Unknown => td_string!(locale, conversations.delivery_unknown),
    }
}

/// Who wrote a message of the shop: a person, or why the shop wrote by itself.
pub fn author(locale: Locale, origin: Origin, by: Option<&str>) -> String {
    match (origin, by) {
        (_, Some(name)) if !name.is_empty() => name.to_owned(),
        (Origin::Staff, _) => td_string!(locale, conversations.by_somebody).to_owned(),
        (Origin::Keyword, _) => td_string!(locale, conversations.by_keyword).to_owned(),
        (Origin::Campaign, _) => td_string!(locale, conversations.by_campaign).to_owned(),
        (Origin::Automation, _) => td_string!(locale, conversations.by_automation).to_owned(),
    }
}

/// What a message was taken for, where it was taken for anything.
pub fn meaning(locale: Locale, meaning: Meaning) -> Option<String> {
    match meaning {
        Meaning::Stop(heard) => Some(td_string!(
            locale,
            conversations.meaning_stop,
            word = keyword(heard, "STOP")
        )),
        Meaning::Start(heard) => Some(td_string!(
            locale,
            conversations.meaning_start,
            word = keyword(heard, "START")
        )),
        Meaning::Help(_) => Some(td_string!(locale, conversations.meaning_help).to_owned()),
        Meaning::UncertainWish(_) => {
            Some(td_string!(locale, conversations.meaning_uncertain).to_owned())
        }
        Meaning::Conversation => None,
    }
}

/// The word as customers are told of it: the same in every language of the screens.
fn keyword(heard: Heard, usual: &'static str) -> &'static str {
    match heard.keyword {
        None => usual,
        Some(Keyword::Stop) => "STOP",
        Some(Keyword::StopAll) => "STOPALL",
        Some(Keyword::Unsubscribe) => "UNSUBSCRIBE",
        Some(Keyword::Cancel) => "CANCEL",
        Some(Keyword::End) => "END",
        Some(Keyword::Quit) => "QUIT",
        Some(Keyword::Revoke) => "REVOKE",
        Some(Keyword::OptOut) => "OPTOUT",
        Some(Keyword::Arret) => "ARRÊT",
        Some(Keyword::Desabonner) => "DÉSABONNER",
        Some(Keyword::Start) => "START",
        Some(Keyword::Unstop) => "UNSTOP",
        Some(Keyword::Yes) => "YES",
        Some(Keyword::Debut) => "DÉBUT",
        Some(Keyword::Help) => "HELP",
        Some(Keyword::Info) => "INFO",
        Some(Keyword::Aide) => "AIDE",
    }
}

/// What kind of file came with a message.
pub fn media(locale: Locale, media: &Media) -> &'static str {
    let kind = media.content_type.to_ascii_lowercase();
    let major = kind.split('/').next().unwrap_or_default();
    match (major, kind.as_str()) {
        ("image", _) => td_string!(locale, conversations.media_picture),
        ("video", _) => td_string!(locale, conversations.media_video),
        ("audio", _) => td_string!(locale, conversations.media_audio),
        (_, "text/vcard" | "text/x-vcard" | "text/directory") => {
            td_string!(locale, conversations.media_contact)
        }
        (_, "application/pdf") => td_string!(locale, conversations.media_pdf),
        _ => td_string!(locale, conversations.media_file),
    }
}

/// The name of the customer, or the number of nobody.
pub fn contact(contact: &Contact) -> String {
    if contact.name.is_empty() {
        contact.phone_shown.clone()
    } else {
        contact.name.clone()
    }
}

/// One line of the list.
pub fn preview(locale: Locale, text: &str, is_ours: bool) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.is_empty() {
        td_string!(locale, conversations.preview_empty).to_owned()
    } else if is_ours {
        td_string!(locale, conversations.preview_ours, text = line)
    } else {
        line
    }
}

/// "Ana María Roy" is "AR".
pub fn initials(name: &str) -> String {
    let mut words = name.split_whitespace();
    let first = words.next().and_then(|word| word.chars().next());
    let last = words.next_back().and_then(|word| word.chars().next());
    first
        .into_iter()
        .chain(last)
        .flat_map(char::to_uppercase)
        .collect()
}

/// A day of a thread.
pub fn day(locale: Locale, day: NaiveDate, today: Option<NaiveDate>) -> String {
    match today {
        Some(today) if day == today => td_string!(locale, conversations.today).to_owned(),
        Some(today) if today.pred_opt() == Some(day) => {
            td_string!(locale, conversations.yesterday).to_owned()
        }
        _ => words::date(locale, day),
    }
}

/// The name of a list, with how many of it wait to be read.
pub fn filter(locale: Locale, filter: ConversationFilter, counts: ConversationCounts) -> String {
    let (name, unread) = match filter {
        ConversationFilter::Open => (td_string!(locale, conversations.filter_open), 0),
        ConversationFilter::Mine => (
            td_string!(locale, conversations.filter_mine),
            counts.mine_unread,
        ),
        ConversationFilter::Unread => (
            td_string!(locale, conversations.filter_unread),
            counts.unread,
        ),
        ConversationFilter::Closed => (td_string!(locale, conversations.filter_closed), 0),
    };
    if unread == 0 {
        name.to_owned()
    } else {
        format!("{name} ({})", words::number(locale, u64::from(unread)))
    }
}

pub fn empty_title(locale: Locale, filter: ConversationFilter) -> &'static str {
    match filter {
        ConversationFilter::Open => td_string!(locale, conversations.empty_open),
        ConversationFilter::Mine => td_string!(locale, conversations.empty_mine),
        ConversationFilter::Unread => td_string!(locale, conversations.empty_unread),
        ConversationFilter::Closed => td_string!(locale, conversations.empty_closed),
    }
}

/// What to do next. `simulated`: no provider is set.
pub fn empty_text(locale: Locale, filter: ConversationFilter, simulated: bool) -> String {
    let text = match filter {
        ConversationFilter::Open => td_string!(locale, conversations.empty_open_text),
        ConversationFilter::Mine => td_string!(locale, conversations.empty_mine_text),
        ConversationFilter::Unread => td_string!(locale, conversations.empty_unread_text),
        ConversationFilter::Closed => td_string!(locale, conversations.empty_closed_text),
    };
    if simulated && filter == ConversationFilter::Open {
        format!("{text} {}", td_string!(locale, conversations.simulated))
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn no_two_states_of_a_message_are_said_alike() {
        for locale in [Locale::en, Locale::fr] {
            let said: BTreeSet<&str> = Delivery::ALL
                .iter()
                .map(|state| delivery(locale, *state))
                .collect();
            assert_eq!(said.len(), Delivery::ALL.len());
        }
    }

    #[test]
    fn a_keyword_is_quoted_as_customers_know_it() {
        let heard = Heard {
            keyword: Some(Keyword::Arret),
            language: None,
        };
        assert_eq!(
            meaning(Locale::en, Meaning::Stop(heard)).as_deref(),
            Some("ARRÊT: unsubscribed")
        );
        assert_eq!(meaning(Locale::en, Meaning::Conversation), None);
    }

    #[test]
    fn a_preview_is_one_line_that_says_who_wrote() {
        assert_eq!(
            preview(Locale::en, "Ready\n at  five", true),
            "You: Ready at five"
        );
        assert_eq!(preview(Locale::fr, "Oui", false), "Oui");
    }

    #[test]
    fn initials_are_of_the_first_and_the_last_name() {
        assert_eq!(initials("Ana María Roy"), "AR");
        assert_eq!(initials("élise"), "É");
        assert_eq!(initials(" "), "");
    }

    #[test]
    fn near_days_have_names() {
        let today: NaiveDate = "2026-11-26".parse().unwrap();
        let said = |text: &str| day(Locale::en, text.parse().unwrap(), Some(today));
        assert_eq!(said("2026-11-26"), "Today");
        assert_eq!(said("2026-11-25"), "Yesterday");
        assert_eq!(said("2026-11-24"), "November 24, 2026");
    }

    #[test]
    fn files_are_told_by_kind() {
        let told = |kind: &str| {
            let file = Media {
                content_type: kind.to_owned(),
            };
            media(Locale::en, &file)
        };
        assert_eq!(told("image/JPEG"), "Picture");
        assert_eq!(told("text/x-vcard"), "Contact card");
        assert_eq!(told("application/zip"), "File");
    }
}
