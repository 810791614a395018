//! A clock that moves when it is told to.

use chrono::{DateTime, TimeDelta, Utc};
use service::Clock;
use std::sync::Mutex;

#[derive(Debug)]
pub(crate) struct HandClock(Mutex<DateTime<Utc>>);

impl HandClock {
    pub(crate) fn at(time: DateTime<Utc>) -> Self {
        Self(Mutex::new(time))
    }

    pub(crate) fn advance(&self, by: TimeDelta) {
        *self.0.lock().unwrap() += by;
    }
}

impl Clock for HandClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap()
    }
}
