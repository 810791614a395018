//! When a mail that could not be sent is tried again.

use crate::backoff::Backoff;
use chrono::TimeDelta;

/// From when it was to be sent; RFC 5321, 4.5.4.1 asks for four to five days of a relay, but a list of customers is old by then.
pub const GIVE_UP_AFTER: TimeDelta = TimeDelta::days(1);

/// A server that was restarted is back within seconds, and somebody may be watching. What ends it is the mail's age: a
/// server that was not running has not tried.
const PAUSES: Backoff = Backoff::new(TimeDelta::seconds(5), TimeDelta::minutes(30), 2, u32::MAX);

/// How long to wait after the `tries`-th try, for a mail that was to be sent `age` ago: twice as long each time, half an hour
/// at the most. `None`: it is given up.
pub fn wait_after(tries: u32, age: TimeDelta) -> Option<TimeDelta> {
    PAUSES
        .after(tries)
        .filter(|wait| age + *wait <= GIVE_UP_AFTER)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The ages of a mail at its tries, when each fails at once.
    fn ages() -> Vec<TimeDelta> {
        let (mut ages, mut age) = (vec![TimeDelta::zero()], TimeDelta::zero());
        while let Some(wait) = wait_after(u32::try_from(ages.len()).unwrap(), age) {
            age += wait;
            ages.push(age);
        }
        ages
    }

    #[test]
    fn waits_twice_as_long_each_time_up_to_half_an_hour() {
        let waits: Vec<i64> = ages()
            .windows(2)
            .map(|pair| (pair[1] - pair[0]).num_seconds())
            .collect();
        assert_eq!(
            waits[..11],
            [5, 10, 20, 40, 80, 160, 320, 640, 1280, 1800, 1800]
        );
        assert!(waits[9..].iter().all(|wait| *wait == 1800));
    }

    #[test]
    fn outlasts_a_mail_server_that_is_down_for_an_hour() {
        let hour = TimeDelta::hours(1);
        assert!(ages().iter().any(|age| *age > hour && *age <= hour * 2));
    }

    #[test]
    fn gives_up_within_a_day_and_not_long_before() {
        let last = *ages().last().unwrap();
        assert!(last <= GIVE_UP_AFTER && last > GIVE_UP_AFTER - TimeDelta::minutes(30));
    }

    #[test]
    fn takes_any_number_of_tries() {
        let half_an_hour = Some(TimeDelta::minutes(30));
        assert_eq!(wait_after(u32::MAX - 1, TimeDelta::zero()), half_an_hour);
        assert_eq!(
            wait_after(0, TimeDelta::zero()),
            Some(TimeDelta::seconds(5))
        );
    }
}
