//! When to try again what failed for the moment: each pause is longer than the one before, and one day it ends.

use chrono::TimeDelta;

/// How often, and after which pauses. The first try is number 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backoff {
    first: TimeDelta,
    longest: TimeDelta,
    factor: u8,
    tries: u32,
}

impl Backoff {
    /// Text messages: 30 s, 2 min, 8 min, 32 min, then 1 h, eight tries in about four hours and a half. A message that is
    /// older says something that is no longer so.
    pub const MESSAGES: Self = Self::new(TimeDelta::seconds(30), TimeDelta::hours(1), 4, 8);

    /// Pauses that begin with `first` and grow by `factor` up to `longest`; after `tries` tries it is over.
    pub const fn new(first: TimeDelta, longest: TimeDelta, factor: u8, tries: u32) -> Self {
        Self {
            first,
            longest,
            factor,
            tries,
        }
    }

    /// The pause after this many failed tries. `None`: no more.
    pub fn after(&self, failed: u32) -> Option<TimeDelta> {
        if failed >= self.tries {
            return None;
        }
        let growth = i32::from(self.factor).checked_pow(failed.saturating_sub(1));
        let pause = growth.and_then(|growth| self.first.checked_mul(growth));
        Some(pause.map_or(self.longest, |pause| pause.min(self.longest)))
    }

    /// The same, when the other side asks not to come before `asked` (HTTP `Retry-After`).
    pub fn after_at_least(&self, failed: u32, asked: Option<TimeDelta>) -> Option<TimeDelta> {
        self.after(failed)
            .map(|pause| asked.map_or(pause, |asked| pause.max(asked)))
    }
}

/// A pause that is longer by a part of its half, chosen by `chance` (any number, made by the caller), so that what failed
/// together does not come back together.
pub fn spread(pause: TimeDelta, chance: u16) -> TimeDelta {
    pause + pause / 2 * i32::from(chance) / i32::from(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn pauses_grow_to_the_longest_and_end() {
        let pauses: Vec<_> = (1..=9)
            .map(|failed| {
                Backoff::MESSAGES
                    .after(failed)
                    .map(|pause| pause.num_seconds())
            })
            .collect();
        let hour = Some(3_600);
        let expected = [
            Some(30),
            Some(120),
            Some(480),
            Some(1_920),
            hour,
            hour,
            hour,
            None,
            None,
        ];
        assert_eq!(pauses, expected);
    }

    #[test]
    fn who_is_asked_to_wait_waits_at_least_as_long() {
        let after = |failed, seconds| {
            Backoff::MESSAGES
                .after_at_least(failed, Some(TimeDelta::seconds(seconds)))
                .map(|pause| pause.num_seconds())
        };
        assert_eq!(
            (after(1, 10), after(1, 90), after(8, 90)),
            (Some(30), Some(90), None)
        );
    }

    #[test]
    fn pauses_are_spread_over_half_as_much_again() {
        let pause = TimeDelta::seconds(60);
        assert_eq!(spread(pause, 0), pause);
        assert_eq!(spread(pause, u16::MAX), TimeDelta::seconds(90));
    }

    proptest! {
        #[test]
        fn no_number_of_tries_breaks_it(failed in any::<u32>(), factor in any::<u8>(), tries in any::<u32>(), chance in any::<u16>()) {
            let longest = TimeDelta::days(1);
            let backoff = Backoff::new(TimeDelta::seconds(1), longest, factor, tries);
            match backoff.after(failed) {
                Some(pause) => {
                    prop_assert!(failed < tries && pause <= longest);
                    prop_assert!(spread(pause, chance) <= longest * 3 / 2);
                }
                None => prop_assert!(failed >= tries),
            }
        }
    }
}
