//! Why a message was not sent, did not arrive, or waits: what happened, and what can be done.

use crate::i18n::Locale;
use domain::conversation::SendTrouble;
use leptos_i18n::td_string;

pub fn trouble(locale: Locale, trouble: SendTrouble) -> String {
    let text = match trouble {
        SendTrouble::Unsubscribed => td_string!(locale, conversations.trouble_unsubscribed),
        SendTrouble::UnsubscribedAtProvider => {
            td_string!(locale, conversations.trouble_unsubscribed_at_provider)
        }
        SendTrouble::InvalidNumber => td_string!(locale, conversations.trouble_invalid_number),
        SendTrouble::NotMobile => td_string!(locale, conversations.trouble_not_mobile),
        SendTrouble::OutOfReach => td_string!(locale, conversations.trouble_out_of_reach),
        SendTrouble::BlockedByCarrier => {
            td_string!(locale, conversations.trouble_blocked_by_carrier)
        }
        SendTrouble::Filtered => td_string!(locale, conversations.trouble_filtered),
        SendTrouble::Country => td_string!(locale, conversations.trouble_country),
        SendTrouble::Sender => td_string!(locale, conversations.trouble_sender),
        SendTrouble::Trial => td_string!(locale, conversations.trouble_trial),
        SendTrouble::Text => td_string!(locale, conversations.trouble_text),
        SendTrouble::Account => td_string!(locale, conversations.trouble_account),
        SendTrouble::Unauthorized => td_string!(locale, conversations.trouble_unauthorized),
        SendTrouble::TooFast => td_string!(locale, conversations.trouble_too_fast),
        SendTrouble::Unreachable => td_string!(locale, conversations.trouble_unreachable),
        SendTrouble::NoAnswer => td_string!(locale, conversations.trouble_no_answer),
        SendTrouble::ProviderChanged => td_string!(locale, conversations.trouble_provider_changed),
        SendTrouble::ConsentLapsed => td_string!(locale, conversations.trouble_consent_lapsed),
        SendTrouble::WishUndecided => td_string!(locale, conversations.trouble_wish_undecided),
        SendTrouble::Other(None) => td_string!(locale, conversations.trouble_other),
        SendTrouble::Other(Some(code)) => {
            return td_string!(locale, conversations.trouble_other_code, code = code);
        }
    };
    text.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn no_two_troubles_are_said_alike_and_a_code_is_told() {
        let all = [
            SendTrouble::Unsubscribed,
            SendTrouble::UnsubscribedAtProvider,
            SendTrouble::InvalidNumber,
            SendTrouble::NotMobile,
            SendTrouble::OutOfReach,
            SendTrouble::BlockedByCarrier,
            SendTrouble::Filtered,
            SendTrouble::Country,
            SendTrouble::Sender,
            SendTrouble::Trial,
            SendTrouble::Text,
            SendTrouble::Account,
            SendTrouble::Unauthorized,
            SendTrouble::TooFast,
            SendTrouble::Unreachable,
            SendTrouble::NoAnswer,
            SendTrouble::ProviderChanged,
            SendTrouble::ConsentLapsed,
            SendTrouble::WishUndecided,
            SendTrouble::Other(None),
            SendTrouble::Other(Some(30_008)),
        ];
        for locale in [Locale::en, Locale::fr] {
            let said: BTreeSet<String> = all.iter().map(|why| trouble(locale, *why)).collect();
            assert_eq!(said.len(), all.len());
            assert!(said.iter().any(|text| text.contains("30008")));
        }
    }
}
