//! Names of columns, and what an export is called.

use super::choice::Column;
use crate::{customers::wording, i18n::Locale};
use domain::{
    export::ExportList,
    mail::{Carriage, ExportMail, MailState, Trouble},
    slot::{Field, Slot},
};
use leptos_i18n::td_string;
use std::collections::BTreeSet;

pub(super) fn column(locale: Locale, column: &Column) -> String {
    match (column.slot, &column.name) {
        (Slot::Field(field), _) => wording::field(locale, field).to_owned(),
        (Slot::Attribute(_), name) => name.clone().unwrap_or_default(),
    }
}

/// The titles of the columns: an attribute that is called like a field says so, beside the field or without it, or an import
/// would take it for the field.
pub(super) fn headers(locale: Locale, columns: &[Column]) -> Vec<String> {
    let fields = Field::ALL.iter();
    let fields: BTreeSet<String> = fields
        .map(|field| wording::field(locale, *field).to_lowercase())
        .collect();
    let header = |of: &Column| {
        let name = column(locale, of);
        if of.name.is_some() && fields.contains(&name.to_lowercase()) {
            td_string!(locale, exports.attribute_header, name = name)
        } else {
            name
        }
    };
    columns.iter().map(header).collect()
}

/// What the sheet and the file are called.
pub(super) fn title(locale: Locale, list: &ExportList) -> &'static str {
    match list {
        ExportList::All | ExportList::Shown { .. } => td_string!(locale, exports.file_all),
        ExportList::WithoutCellPhone => td_string!(locale, exports.file_without_cell_phone),
        ExportList::Unsubscribed { .. } => td_string!(locale, exports.file_unsubscribed),
    }
}

/// What became of a file that is sent by e-mail.
pub(super) fn mail_state(locale: Locale, mail: &ExportMail) -> String {
    let to = mail.to.to_string();
    match mail.state {
        MailState::Receiving | MailState::Waiting { trouble: None } => {
            td_string!(locale, exports.mail_waiting, to = to)
        }
        MailState::Waiting {
            trouble: Some(trouble),
        } => {
            let why = trouble_text(locale, trouble);
            td_string!(locale, exports.mail_retrying, to = to, why = why)
        }
        MailState::Sent if mail.carriage == Carriage::Linked => {
            td_string!(locale, exports.mail_sent_link, to = to)
        }
        MailState::Sent => td_string!(locale, exports.mail_sent, to = to),
        MailState::Failed { trouble } => {
            let why = trouble_text(locale, trouble);
            td_string!(locale, exports.mail_failed, to = to, why = why)
        }
    }
}

fn trouble_text(locale: Locale, trouble: Trouble) -> String {
    match trouble {
        Trouble::Unreachable => td_string!(locale, exports.trouble_unreachable).to_owned(),
        Trouble::Busy { code } => td_string!(locale, exports.trouble_busy, code = code),
        Trouble::SignIn { code } => td_string!(locale, exports.trouble_sign_in, code = code),
        Trouble::Refused { code } => td_string!(locale, exports.trouble_refused, code = code),
        Trouble::Address => td_string!(locale, exports.trouble_address).to_owned(),
        Trouble::FileGone => td_string!(locale, exports.trouble_file_gone).to_owned(),
        Trouble::NotAllowed => td_string!(locale, exports.trouble_not_allowed).to_owned(),
        Trouble::Unreadable => td_string!(locale, exports.trouble_unreadable).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{contact::Email, mail::FileName};

    #[test]
    fn every_state_of_a_mail_names_the_address_and_no_two_are_said_alike() {
        let states = [
            MailState::Waiting { trouble: None },
            MailState::Waiting {
                trouble: Some(Trouble::Busy { code: 535 }),
            },
            MailState::Waiting {
                trouble: Some(Trouble::SignIn { code: 535 }),
            },
            MailState::Waiting {
                trouble: Some(Trouble::Unreachable),
            },
            MailState::Sent,
            MailState::Failed {
                trouble: Trouble::Refused { code: 550 },
            },
            MailState::Failed {
                trouble: Trouble::Address,
            },
            MailState::Failed {
                trouble: Trouble::FileGone,
            },
            MailState::Failed {
                trouble: Trouble::NotAllowed,
            },
            MailState::Failed {
                trouble: Trouble::Unreadable,
            },
        ];
        for locale in [Locale::en, Locale::fr] {
            let said = states.map(|state| {
                let mail = ExportMail {
                    to: Email::parse("ana@example.com").unwrap(),
                    file_name: FileName::parse("a.csv").unwrap(),
                    bytes: 1,
                    carriage: Carriage::Attached,
                    state,
                    kept_until: None,
                };
                mail_state(locale, &mail)
            });
            assert!(said.iter().all(|text| text.contains("ana@example.com")));
            assert!(said[2].contains("SMTP_URL"), "{}", said[2]);
            assert!(said[5].contains("550"), "{}", said[5]);
            let different: BTreeSet<&String> = said.iter().collect();
            assert_eq!(different.len(), states.len());
        }
    }
}
