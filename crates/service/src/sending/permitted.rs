//! Who may be written to, and when.

use crate::clock::zone;
use chrono::{DateTime, Utc};
use domain::{
    consent::{Status, implied_until},
    conversation::{Purpose, SendTrouble},
    quiet::QuietHours,
};
use store::outbound::Standing;

/// Why a message of this purpose may not be sent.
pub(super) fn stopped(
    purpose: Purpose,
    standing: &Standing,
    now: DateTime<Utc>,
) -> Option<SendTrouble> {
    let Standing {
        status,
        asked,
        known_since,
        wish_undecided,
        ..
    } = *standing;
    let lapsed = || known_since.is_none_or(|since| implied_until(since) <= now);
    match purpose {
        Purpose::Answer => None,
        _ if asked || status == Status::Unsubscribed => Some(SendTrouble::Unsubscribed),
        Purpose::Marketing if wish_undecided => Some(SendTrouble::WishUndecided),
        Purpose::Marketing if status == Status::Implied && lapsed() => {
            Some(SendTrouble::ConsentLapsed)
        }
        Purpose::Service | Purpose::Marketing => None,
    }
}

/// When marketing may go in a shop of this time zone, if it may not now.
pub(super) fn quiet_until(time_zone: &str, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let open = QuietHours::default().next_open(now, &zone(time_zone));
    (open > now).then_some(open)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn standing() -> Standing {
        Standing {
            status: Status::Implied,
            asked: false,
            known_since: Some(at("2025-01-01T00:00:00Z")),
            wish_undecided: false,
            offered: true,
        }
    }

    fn stops(standing: &Standing) -> [Option<SendTrouble>; 3] {
        let now = at("2026-11-26T15:00:00Z");
        [Purpose::Answer, Purpose::Service, Purpose::Marketing]
            .map(|purpose| stopped(purpose, standing, now))
    }

    #[test]
    fn each_purpose_has_its_rules() {
        use SendTrouble::{ConsentLapsed, Unsubscribed, WishUndecided};
        let stopped = [None, Some(Unsubscribed), Some(Unsubscribed)];
        let known_since = Some(at("2024-11-26T15:00:00Z"));
        let old = Standing {
            known_since,
            ..standing()
        };
        let status = Status::Unsubscribed;
        let cases = [
            (standing(), [None; 3]),
            (
                Standing {
                    status,
                    ..standing()
                },
                stopped,
            ),
            (
                Standing {
                    asked: true,
                    ..standing()
                },
                stopped,
            ),
            (
                Standing {
                    wish_undecided: true,
                    ..standing()
                },
                [None, None, Some(WishUndecided)],
            ),
            (old, [None, None, Some(ConsentLapsed)]),
            (
                Standing {
                    known_since: None,
                    ..standing()
                },
                [None, None, Some(ConsentLapsed)],
            ),
            (
                Standing {
                    status: Status::Express,
                    ..old
                },
                [None; 3],
            ),
        ];
        for (standing, expected) in cases {
            assert_eq!(stops(&standing), expected, "{standing:?}");
        }
    }

    #[test]
    fn nights_are_those_of_the_shop() {
        let night = at("2026-11-26T04:00:00Z");
        assert_eq!(
            quiet_until("America/Toronto", night),
            Some(at("2026-11-26T13:00:00Z"))
        );
        assert_eq!(quiet_until("Asia/Tokyo", night), None);
    }
}
