//! How many messages a second: a bucket of tokens that fills evenly, and one token for each message.
//!
//! The bucket is kept as one time, the moment at which it is full again (the "generic cell rate algorithm"): no counter has to
//! be topped up, and the state is one column.

use chrono::{DateTime, TimeDelta, Utc};
use std::num::NonZeroU32;

/// A rate, and how much may go at once after a rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    per_second: NonZeroU32,
    burst: NonZeroU32,
}

/// The answer to who wants to send now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// Send, and keep this as the bucket.
    Now(Bucket),
    /// Not before this time. The bucket stays as it is.
    At(DateTime<Utc>),
}

/// A bucket: when it is full again. A time that is past is a full bucket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Bucket(pub DateTime<Utc>);

impl Rate {
    /// Twilio's default for a long code of the United States and Canada is one message segment a second.
    pub const fn new(per_second: NonZeroU32, burst: NonZeroU32) -> Self {
        Self { per_second, burst }
    }

    /// The time in which one token comes, in whole microseconds, rounded up: never faster than the rate.
    fn interval(self) -> TimeDelta {
        TimeDelta::microseconds(i64::from(1_000_000_u32.div_ceil(self.per_second.get())))
    }

    /// Takes `tokens` (the segments of a message) at once if they are there; `None` is a bucket that nobody used yet. More
    /// tokens than a full bucket has are taken from a full bucket, and the next in turn waits for the difference.
    pub fn take(self, bucket: Option<Bucket>, tokens: NonZeroU32, now: DateTime<Utc>) -> Turn {
        let times = |interval: TimeDelta, n: u32| {
            TimeDelta::microseconds(
                interval
                    .num_microseconds()
                    .unwrap_or(i64::MAX)
                    .saturating_mul(i64::from(n)),
            )
        };
        let full = times(self.interval(), self.burst.get());
        let needed = times(self.interval(), tokens.get());
        let full_at = bucket.map_or(now, |bucket| bucket.0.max(now));
        let room = full - needed.min(full);
        match full_at.checked_sub_signed(room) {
            Some(at) if at > now => Turn::At(at),
            _ => Turn::Now(Bucket(
                full_at
                    .checked_add_signed(needed)
                    .unwrap_or(DateTime::<Utc>::MAX_UTC),
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ONE: NonZeroU32 = NonZeroU32::MIN;

    fn rate(per_second: u32, burst: u32) -> Rate {
        Rate::new(
            NonZeroU32::new(per_second).unwrap(),
            NonZeroU32::new(burst).unwrap(),
        )
    }

    fn at(micros: i64) -> DateTime<Utc> {
        DateTime::from_timestamp_micros(1_800_000_000_000_000 + micros).unwrap()
    }

    #[test]
    fn a_full_bucket_gives_its_burst_and_then_one_at_a_time() {
        let rate = rate(2, 3);
        let mut bucket = None;
        for _ in 0..3 {
            let Turn::Now(next) = rate.take(bucket, ONE, at(0)) else {
                panic!("has to wait")
            };
            bucket = Some(next);
        }
        assert_eq!(rate.take(bucket, ONE, at(0)), Turn::At(at(500_000)));
        assert_eq!(rate.take(bucket, ONE, at(499_999)), Turn::At(at(500_000)));
        let Turn::Now(next) = rate.take(bucket, ONE, at(500_000)) else {
            panic!("has to wait")
        };
        assert_eq!(
            rate.take(Some(next), ONE, at(500_000)),
            Turn::At(at(1_000_000))
        );
    }

    #[test]
    fn a_long_message_pays_for_each_segment() {
        let rate = rate(1, 1);
        let three = NonZeroU32::new(3).unwrap();
        let Turn::Now(bucket) = rate.take(None, three, at(0)) else {
            panic!("has to wait")
        };
        assert_eq!(rate.take(Some(bucket), ONE, at(0)), Turn::At(at(3_000_000)));
    }

    #[test]
    fn a_rest_gives_no_more_than_one_burst() {
        let rate = rate(10, 2);
        let Turn::Now(bucket) = rate.take(Some(Bucket(at(-1_000_000_000))), ONE, at(0)) else {
            panic!("has to wait")
        };
        assert_eq!(bucket, Bucket(at(100_000)));
    }

    proptest! {
        /// A bucket that counts tokens, in millionths, gives the same turns.
        #[test]
        fn it_gives_as_much_as_a_bucket_that_is_counted(
            per_second in prop::sample::select(vec![1u32, 2, 5, 10, 100]),
            burst in 1u32..5,
            steps in prop::collection::vec((0i64..1_500_000, 1u32..5), 1..60),
        ) {
            let rate = rate(per_second, burst);
            let (mut bucket, mut tokens, mut now) = (None, i64::from(burst) * 1_000_000, 0);
            for (pause, wanted) in steps {
                now += pause;
                let wanted = wanted.min(burst);
                tokens = (tokens + pause * i64::from(per_second)).min(i64::from(burst) * 1_000_000);
                let price = i64::from(wanted) * 1_000_000;
                match rate.take(bucket, NonZeroU32::new(wanted).unwrap(), at(now)) {
                    Turn::Now(next) => {
                        prop_assert!(tokens >= price);
                        tokens -= price;
                        bucket = Some(next);
                    }
                    Turn::At(time) => {
                        prop_assert!(tokens < price && time > at(now));
                        prop_assert!(matches!(rate.take(bucket, NonZeroU32::new(wanted).unwrap(), time), Turn::Now(_)));
                    }
                }
            }
        }
    }
}
