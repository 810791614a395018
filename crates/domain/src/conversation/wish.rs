//! Messages that read like a wish to stop, but are not certain.

use super::Contact;
use crate::ids::{ConversationId, MessageId};
use chrono::{DateTime, Datelike, Days, NaiveDate, Utc, Weekday};
use serde::{Deserialize, Serialize};

/// Why a message reads so: [`crate::keyword::Reason`].
pub use crate::keyword::Reason as WishReason;

/// One line of the review list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UncertainWish {
    /// The message.
    pub id: MessageId,
    pub conversation: ConversationId,
    pub contact: Contact,
    /// What it says.
    pub text: String,
    pub reason: WishReason,
    pub heard_at: DateTime<Utc>,
    /// The last day on which it must be decided, in the shop's time zone: [`ten_business_days_after`].
    pub due_on: NaiveDate,
    pub settled: Option<SettledWish>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettledWish {
    pub at: DateTime<Utc>,
    /// The name of who decided; `None` when a STOP of the customer did.
    pub by: Option<String>,
    /// Whether it was a wish to stop.
    pub stopped: bool,
}

/// The tenth business day after `day`: until then a request to stop must be honoured (47 CFR 64.1200 (a)(10); S.C. 2010, c. 23,
/// s. 11 (3)). Saturdays and Sundays do not count; holidays do, so that the day is never later than the law's.
pub fn ten_business_days_after(day: NaiveDate) -> NaiveDate {
    const BUSINESS_DAYS: u32 = 10;
    let (mut day, mut left) = (day, BUSINESS_DAYS);
    while left > 0 {
        let Some(next) = day.checked_add_days(Days::new(1)) else {
            return day;
        };
        day = next;
        if !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) {
            left -= 1;
        }
    }
    day
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn ten_business_days_are_two_weeks() {
        assert_eq!(
            ten_business_days_after(day("2026-11-26")),
            day("2026-12-10")
        );
    }

    #[test]
    fn a_wish_of_the_weekend_counts_from_monday() {
        assert_eq!(
            ten_business_days_after(day("2026-11-27")),
            day("2026-12-11")
        );
        assert_eq!(
            ten_business_days_after(day("2026-11-28")),
            day("2026-12-11")
        );
        assert_eq!(
            ten_business_days_after(day("2026-11-29")),
            day("2026-12-11")
        );
    }
}
