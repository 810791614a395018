//! Quiet hours: when no marketing is sent, on the clock of the shop.
//!
//! FCC, 47 CFR 64.1200 (c)(1): no solicitation before 8 in the morning and after 9 in the evening. Keyword answers, reminders
//! and what staff write are not held back by these.

use chrono::{DateTime, Days, MappedLocalTime, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc};
use serde::{Deserialize, Serialize};

/// From a time of the day, included, to another, excluded; over midnight when that is the earlier one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "(NaiveTime, NaiveTime)", into = "(NaiveTime, NaiveTime)")]
pub struct QuietHours {
    from: NaiveTime,
    to: NaiveTime,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Quiet hours begin and end at different times.")]
pub struct NoQuietHours;

impl TryFrom<(NaiveTime, NaiveTime)> for QuietHours {
    type Error = NoQuietHours;

    fn try_from((from, to): (NaiveTime, NaiveTime)) -> Result<Self, NoQuietHours> {
        Self::new(from, to)
    }
}

impl From<QuietHours> for (NaiveTime, NaiveTime) {
    fn from(hours: QuietHours) -> Self {
        (hours.from, hours.to)
    }
}

/// From 9 in the evening to 8 in the morning.
impl Default for QuietHours {
    fn default() -> Self {
        let hour = |hour| NaiveTime::MIN + TimeDelta::hours(hour);
        Self {
            from: hour(21),
            to: hour(8),
        }
    }
}

impl QuietHours {
    /// Equal times would say either never or always, and are refused.
    pub fn new(from: NaiveTime, to: NaiveTime) -> Result<Self, NoQuietHours> {
        if from == to {
            Err(NoQuietHours)
        } else {
            Ok(Self { from, to })
        }
    }

    /// Whether they include a time of the day.
    pub fn include(&self, time: NaiveTime) -> bool {
        if self.from < self.to {
            self.from <= time && time < self.to
        } else {
            self.from <= time || time < self.to
        }
    }

    /// The first moment from `now` on at which the clock of `zone` shows no quiet hour: `now` itself outside of them. Where the
    /// clock is set forward over the end of the quiet hours, they end with the jump; where it is set back, both hours of the
    /// same name count by what the clock shows.
    pub fn next_open<Tz: TimeZone>(&self, now: DateTime<Utc>, zone: &Tz) -> DateTime<Utc> {
        let local = now.with_timezone(zone).naive_local();
        if !self.include(local.time()) {
            return now;
        }
        let ends_tomorrow = local.time() >= self.to;
        let day = if ends_tomorrow {
            local.date().checked_add_days(Days::new(1))
        } else {
            Some(local.date())
        };
        day.and_then(|day| first_from(day, self.to, now, zone))
            .unwrap_or(now)
    }
}

/// The first moment after `now` at which the clock of `zone` shows this time of this day, or a later one when it skips it.
fn first_from<Tz: TimeZone>(
    day: NaiveDate,
    time: NaiveTime,
    now: DateTime<Utc>,
    zone: &Tz,
) -> Option<DateTime<Utc>> {
    /// The longest jump of a clock: Samoa left out a whole day in 2011.
    const LONGEST_JUMP_MINUTES: i64 = 25 * 60;
    (0..=LONGEST_JUMP_MINUTES).find_map(|minutes| {
        let shown = day
            .and_time(time)
            .checked_add_signed(TimeDelta::minutes(minutes))?;
        let moments = match zone.from_local_datetime(&shown) {
            MappedLocalTime::Single(moment) => [Some(moment), None],
            MappedLocalTime::Ambiguous(first, second) => [Some(first), Some(second)],
            MappedLocalTime::None => [None, None],
        };
        moments
            .into_iter()
            .flatten()
            .map(|moment| moment.to_utc())
            .find(|moment| *moment > now)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono_tz::{America::Toronto, Pacific::Apia, Tz};
    use proptest::prelude::*;

    fn hours(from: &str, to: &str) -> QuietHours {
        QuietHours::new(from.parse().unwrap(), to.parse().unwrap()).unwrap()
    }

    /// In UTC, out in the local time of the zone with its offset.
    fn open(hours: QuietHours, now: &str, zone: Tz) -> String {
        hours
            .next_open(now.parse().unwrap(), &zone)
            .with_timezone(&zone)
            .to_rfc3339()
    }

    #[test]
    fn marketing_waits_for_the_morning_of_the_shop() {
        for (now, expected) in [
            ("2026-01-15T18:00:00Z", "2026-01-15T13:00:00-05:00"),
            ("2026-01-16T01:59:59Z", "2026-01-15T20:59:59-05:00"),
            ("2026-01-16T02:00:00Z", "2026-01-16T08:00:00-05:00"),
            ("2026-01-16T12:59:59Z", "2026-01-16T08:00:00-05:00"),
            ("2026-01-16T13:00:00Z", "2026-01-16T08:00:00-05:00"),
            ("2026-07-16T02:00:00Z", "2026-07-16T08:00:00-04:00"),
            // The night in which the clock changes.
            ("2026-03-08T04:00:00Z", "2026-03-08T08:00:00-04:00"),
            ("2026-11-01T04:00:00Z", "2026-11-01T08:00:00-05:00"),
        ] {
            assert_eq!(open(QuietHours::default(), now, Toronto), expected, "{now}");
        }
    }

    #[test]
    fn hours_of_one_day_do_not_wrap() {
        let noon = hours("12:00:00", "13:30:00");
        assert_eq!(
            open(noon, "2026-01-15T17:00:00Z", Toronto),
            "2026-01-15T13:30:00-05:00"
        );
        assert_eq!(
            open(noon, "2026-01-15T18:30:00Z", Toronto),
            "2026-01-15T13:30:00-05:00"
        );
        assert_eq!(
            open(noon, "2026-01-15T16:59:00Z", Toronto),
            "2026-01-15T11:59:00-05:00"
        );
    }

    #[test]
    fn an_end_that_the_clock_skips_is_the_jump() {
        let skipped = hours("22:00:00", "02:30:00");
        assert_eq!(
            open(skipped, "2026-03-08T05:00:00Z", Toronto),
            "2026-03-08T03:00:00-04:00"
        );
        // 30 December 2011 was left out in Samoa.
        let noon = hours("23:00:00", "12:00:00");
        assert_eq!(
            open(noon, "2011-12-30T09:30:00Z", Apia),
            "2011-12-31T00:00:00+14:00"
        );
    }

    #[test]
    fn an_hour_that_the_clock_shows_twice_is_quiet_twice() {
        let hours = hours("23:00:00", "01:30:00");
        // 1:10 for the first time, 1:10 for the second.
        assert_eq!(
            open(hours, "2026-11-01T05:10:00Z", Toronto),
            "2026-11-01T01:30:00-04:00"
        );
        assert_eq!(
            open(hours, "2026-11-01T06:10:00Z", Toronto),
            "2026-11-01T01:30:00-05:00"
        );
    }

    #[test]
    fn hours_that_say_always_or_never_are_refused() {
        assert_eq!(
            QuietHours::new(NaiveTime::MIN, NaiveTime::MIN),
            Err(NoQuietHours)
        );
        let kept = serde_json::to_string(&QuietHours::default()).unwrap();
        assert_eq!(
            serde_json::from_str::<QuietHours>(&kept).unwrap(),
            QuietHours::default()
        );
        assert!(serde_json::from_str::<QuietHours>("[\"08:00:00\",\"08:00:00\"]").is_err());
    }

    proptest! {
        #[test]
        fn it_opens_at_the_first_moment_that_is_not_quiet(
            second in 1_700_000_000i64..2_000_000_000,
            from in 0i64..1440,
            to in 0i64..1440,
            zone in prop::sample::select(vec![Toronto, Tz::Europe__Paris, Tz::Australia__Lord_Howe, Tz::Asia__Kolkata, Tz::UTC]),
        ) {
            prop_assume!(from != to);
            let minute = |minute| NaiveTime::MIN + TimeDelta::minutes(minute);
            let hours = QuietHours::new(minute(from), minute(to)).unwrap();
            let now = DateTime::from_timestamp(second, 0).unwrap();
            let quiet = |at: DateTime<Utc>| hours.include(at.with_timezone(&zone).time());
            let open = hours.next_open(now, &zone);
            prop_assert!(open >= now && open - now <= TimeDelta::hours(25));
            if open > now {
                prop_assert!(quiet(now) && quiet(open - TimeDelta::seconds(1)));
            }
            // In the hour after the clock was set back the quiet hours may have begun anew; else it is open.
            let set_back = matches!(zone.from_local_datetime(&open.with_timezone(&zone).naive_local()), MappedLocalTime::Ambiguous(..));
            prop_assert!(!quiet(open) || set_back);
        }
    }
}
