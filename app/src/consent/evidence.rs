//! The history of a customer's consent as a CSV file. Pure.

use super::wording;
use crate::{
    csv::{BOM, record},
    i18n::Locale,
};
use chrono::{DateTime, SecondsFormat, Utc};
use domain::consent::ConsentEntry;
use leptos_i18n::td_string;

/// The oldest event first; times in UTC, as ISO 8601 writes them.
pub(super) fn csv(entries: &[ConsentEntry], locale: Locale) -> String {
    let mut out = String::from(BOM);
    let titles = [
        td_string!(locale, consent.column_place),
        td_string!(locale, consent.column_phone),
        td_string!(locale, consent.column_event),
        td_string!(locale, consent.column_source),
        td_string!(locale, consent.column_happened),
        td_string!(locale, consent.column_arrived),
        td_string!(locale, consent.column_changed),
        td_string!(locale, consent.column_hash),
    ];
    record(&mut out, titles.into_iter());
    for entry in entries.iter().rev() {
        let cells = [
            entry.seq.to_string(),
            entry.phone.clone(),
            wording::event(locale, entry),
            wording::source(locale, &entry.source),
            written(entry.occurred_at),
            written(entry.arrived_at),
            changed(locale, entry.changed).to_owned(),
            entry.hash.clone(),
        ];
        record(&mut out, cells.iter().map(String::as_str));
    }
    out
}

pub(super) fn changed(locale: Locale, changed: bool) -> &'static str {
    if changed {
        td_string!(locale, consent.changed_yes)
    } else {
        td_string!(locale, consent.changed_no)
    }
}

fn written(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::consent::{EntrySource, Kind, Screen};

    fn entry(seq: u64, kind: Kind, source: EntrySource) -> ConsentEntry {
        let at = DateTime::from_timestamp(1_790_000_000, 0).unwrap();
        ConsentEntry {
            seq,
            phone: "(418) 555-0001".to_owned(),
            kind,
            source,
            occurred_at: at,
            arrived_at: at,
            changed: true,
            hash: "ab12".to_owned(),
        }
    }

    #[test]
    fn the_file_tells_the_whole_story_from_its_beginning() {
        let staff = EntrySource::Staff {
            by: "=Roy, Zoé".to_owned(),
            screen: Screen::Profile,
        };
        let message = EntrySource::Message {
            message: "SM1".to_owned(),
        };
        let entries = [
            entry(9, Kind::Start, message),
            entry(4, Kind::OptOut, staff),
        ];
        let file = csv(&entries, Locale::en);
        let lines: Vec<&str> = file.lines().collect();
        assert_eq!(
            lines,
            [
                "\u{feff}Place,Phone,Event,By,Happened,Recorded,Changed the status,Proof (SHA-256)",
                "4,(418) 555-0001,(418) 555-0001 was unsubscribed,\"'=Roy, Zoé, on the profile\",2026-09-21T14:13:20Z,\
                 2026-09-21T14:13:20Z,yes,ab12",
                "9,(418) 555-0001,(418) 555-0001 was subscribed again by the customer’s START,the customer’s own message,\
                 2026-09-21T14:13:20Z,2026-09-21T14:13:20Z,yes,ab12",
            ]
        );
        assert!(csv(&entries, Locale::fr).contains("(418) 555-0001 a été désabonné"));
    }
}
