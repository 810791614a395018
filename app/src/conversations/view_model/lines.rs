//! The lines of a thread: its entries, and before the first of each day, the day.

use chrono::{DateTime, NaiveDate, Utc};
use domain::ids::MessageId;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::conversations) enum Line {
    Day(NaiveDate),
    Entry(MessageId),
}

/// `day_of` knows the shop's time zone. No day comes twice, even where clocks disagree about which message came first.
pub(in crate::conversations) fn lines(
    entries: impl IntoIterator<Item = (MessageId, DateTime<Utc>)>,
    day_of: impl Fn(DateTime<Utc>) -> NaiveDate,
) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut last = None;
    for (id, at) in entries {
        let day = day_of(at);
        if last.is_none_or(|last| day > last) {
            lines.push(Line::Day(day));
            last = Some(day);
        }
        lines.push(Line::Entry(id));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::Duration;
    use uuid::Uuid;

    fn id(number: u128) -> MessageId {
        MessageId::new(Uuid::from_u128(number))
    }

    fn of_hours(hours: &[i64], offset: i64) -> Vec<Line> {
        let entries = hours.iter().zip(1..).map(|(hour, number)| {
            let at = DateTime::UNIX_EPOCH + Duration::hours(*hour);
            (id(number), at)
        });
        lines(entries, |at| (at + Duration::hours(offset)).date_naive())
    }

    fn day(text: &str) -> Line {
        Line::Day(text.parse().unwrap())
    }

    #[test]
    fn each_day_is_said_once_before_its_first_entry() {
        assert_eq!(
            of_hours(&[1, 23, 25], 0),
            [
                day("1970-01-01"),
                Line::Entry(id(1)),
                Line::Entry(id(2)),
                day("1970-01-02"),
                Line::Entry(id(3)),
            ]
        );
    }

    #[test]
    fn the_day_is_the_shops() {
        assert_eq!(of_hours(&[1], -5)[0], day("1969-12-31"));
    }

    #[test]
    fn clocks_that_disagree_make_no_day_twice() {
        assert_eq!(
            of_hours(&[25, 23, 26], 0),
            [
                day("1970-01-02"),
                Line::Entry(id(1)),
                Line::Entry(id(2)),
                Line::Entry(id(3)),
            ]
        );
    }
}
