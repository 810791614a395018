//! Time is handed in.

use chrono::{DateTime, SubsecRound, Utc};
use chrono_tz::Tz;
use std::fmt;

/// Says what time it is, in whole microseconds, because Postgres keeps no more.
pub trait Clock: Send + Sync + fmt::Debug {
    fn now(&self) -> DateTime<Utc>;
}

/// The clock of this machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place where time comes from"
    )]
    fn now(&self) -> DateTime<Utc> {
        Utc::now().trunc_subsecs(6)
    }
}

/// The time zone of an account. PostgreSQL knows a few names more than this program, which nobody chooses: they are UTC here, a day
/// off at most.
pub(crate) fn zone(name: &str) -> Tz {
    name.parse().unwrap_or(Tz::UTC)
}
