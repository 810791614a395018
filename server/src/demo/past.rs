//! A clock that has not caught up yet: what the demo shop tells happened over the last two weeks.

use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use service::{Clock, SystemClock};
use std::sync::{Mutex, PoisonError};
use uuid::{NoContext, Timestamp, Uuid};

/// Between two looks at the clock, so that what happens one after the other never happens at once.
const STEP: TimeDelta = TimeDelta::milliseconds(350);

/// It goes on by itself, and can be set forward.
#[derive(Debug)]
pub(super) struct Past(Mutex<DateTime<Utc>>);

impl Past {
    pub(super) const fn since(at: DateTime<Utc>) -> Self {
        Self(Mutex::new(at))
    }

    /// Never goes back.
    pub(super) fn set_forward(&self, to: DateTime<Utc>) {
        let mut now = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *now = to.max(*now);
    }

    /// An id that carries the clock's time.
    pub(super) fn new_id(&self) -> Uuid {
        let now = self.now();
        let seconds = u64::try_from(now.timestamp()).unwrap_or_default();
        Uuid::new_v7(Timestamp::from_unix(
            NoContext,
            seconds,
            now.timestamp_subsec_nanos(),
        ))
    }
}

impl Clock for Past {
    fn now(&self) -> DateTime<Utc> {
        let mut now = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *now += STEP;
        *now
    }
}

/// A moment of the last weeks.
#[derive(Clone, Copy, Debug)]
pub(super) enum When {
    /// So many days ago (one at least), at an hour and minute of Greenwich; it is five hours less in Montréal, or four.
    Day(u32, u32, u32),
    /// So many minutes ago.
    Ago(u32),
}

impl When {
    pub(super) fn before(self, now: DateTime<Utc>) -> DateTime<Utc> {
        match self {
            Self::Day(days, hour, minute) => {
                let day = (now - TimeDelta::days(i64::from(days))).date_naive();
                day.and_hms_opt(hour, minute, 0)
                    .map_or(now, |at| Utc.from_utc_datetime(&at))
            }
            Self::Ago(minutes) => now - TimeDelta::minutes(i64::from(minutes)),
        }
    }
}

pub(super) fn now() -> DateTime<Utc> {
    SystemClock.now()
}
