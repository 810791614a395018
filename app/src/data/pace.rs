//! When a chunk that did not arrive is sent again. Pure.

use crate::error::AppError;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// The device has no network: trying before it is back would only use the tries up.
    WhenOnline,
    AfterMs(u32),
    /// Trying again by itself helps nobody.
    Stop,
}

const FIRST_WAIT_MS: u32 = 500;
const LONGEST_WAIT_MS: u32 = 15_000;
/// About a minute and a half in all, which outlasts a restart of the server.
const TRIES_MAX: u32 = 10;

/// What follows when the `tries`-th try ended in `error`.
pub(super) fn after(error: &AppError, tries: u32, online: bool) -> Next {
    match error {
        AppError::Offline if !online => Next::WhenOnline,
        AppError::Offline | AppError::Busy | AppError::Internal { .. } if tries < TRIES_MAX => {
            let doubled = FIRST_WAIT_MS.saturating_mul(1 << tries.saturating_sub(1).min(16));
            Next::AfterMs(doubled.min(LONGEST_WAIT_MS))
        }
        AppError::TooManyTries {
            retry_after_seconds,
        } if tries < TRIES_MAX => Next::AfterMs(
            u32::try_from(*retry_after_seconds)
                .unwrap_or(u32::MAX)
                .saturating_mul(1000)
                .min(60_000),
        ),
        _ => Next::Stop,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn internal() -> AppError {
        AppError::Internal {
            reference: String::from("x"),
        }
    }

    #[test]
    fn waits_longer_each_time_and_gives_up_in_the_end() {
        let waits: Vec<_> = (1..=TRIES_MAX)
            .map(|tries| after(&internal(), tries, true))
            .collect();
        assert_eq!(
            waits[..3],
            [Next::AfterMs(500), Next::AfterMs(1000), Next::AfterMs(2000)]
        );
        assert_eq!(waits[8], Next::AfterMs(LONGEST_WAIT_MS));
        assert_eq!(waits[9], Next::Stop);
    }

    #[test]
    fn a_lost_network_uses_up_no_tries() {
        assert_eq!(after(&AppError::Offline, 1_000, false), Next::WhenOnline);
    }

    #[test]
    fn a_server_that_is_down_is_tried_again() {
        assert_eq!(
            after(&AppError::Offline, 1, true),
            Next::AfterMs(FIRST_WAIT_MS)
        );
    }

    #[test]
    fn what_the_server_refuses_is_not_sent_again() {
        for error in [
            AppError::Unauthenticated,
            AppError::Forbidden,
            AppError::NotFound,
            AppError::TooLarge,
            AppError::Invalid(None),
        ] {
            assert_eq!(after(&error, 1, true), Next::Stop);
        }
    }
}
