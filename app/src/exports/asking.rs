//! How often it is asked what became of a mail, and when no more. Pure.

use crate::error::AppError;
use domain::mail::ExportMail;

const FIRST_PAUSE_MS: u32 = 1_000;
/// A mail that is not sent soon is tried again for a day.
const LONGEST_PAUSE_MS: u32 = 30_000;
/// So often with each pause, before one twice as long.
const TIMES: u32 = 10;

/// How long to wait after the `asked`-th question.
pub(super) fn pause_ms(asked: u32) -> u32 {
    let doublings = asked.saturating_sub(1) / TIMES;
    let pause = FIRST_PAUSE_MS.saturating_mul(1 << doublings.min(16));
    pause.min(LONGEST_PAUSE_MS)
}

/// Whether asking again would bring nothing new.
pub(super) fn is_over(answer: &Result<ExportMail, AppError>) -> bool {
    match answer {
        Ok(mail) => mail.state.is_final(),
        Err(
            AppError::Offline
            | AppError::Busy
            | AppError::TooManyTries { .. }
            | AppError::Internal { .. },
        ) => false,
        Err(_) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{
        contact::Email,
        mail::{Carriage, FileName, MailState},
    };

    #[test]
    fn asks_every_second_at_first_and_every_half_minute_in_the_end() {
        let pauses: Vec<u32> = (1..=70).map(pause_ms).collect();
        assert!(pauses[..10].iter().all(|pause| *pause == 1_000));
        assert!(pauses.is_sorted());
        assert_eq!(pauses[10], 2_000);
        assert!(pauses[50..].iter().all(|pause| *pause == 30_000));
        assert_eq!(pause_ms(u32::MAX), 30_000);
        // Of a mail that waits for a day.
        let day_ms = 24 * 60 * 60 * 1_000;
        let mut asked = 0;
        let mut waited = 0;
        while waited < day_ms {
            asked += 1;
            waited += pause_ms(asked);
        }
        assert!(asked < 3_000, "{asked} questions");
    }

    #[test]
    fn asks_no_more_once_nothing_can_be_learned() {
        for error in [
            AppError::Unauthenticated,
            AppError::Forbidden,
            AppError::NotFound,
            AppError::OutOfDate,
        ] {
            assert!(is_over(&Err(error)));
        }
        for error in [AppError::Offline, AppError::Busy] {
            assert!(!is_over(&Err(error)));
        }
        for (state, over) in [
            (MailState::Waiting { trouble: None }, false),
            (MailState::Sent, true),
        ] {
            let mail = ExportMail {
                to: Email::parse("ana@example.com").unwrap(),
                file_name: FileName::parse("a.csv").unwrap(),
                bytes: 1,
                carriage: Carriage::Attached,
                state,
                kept_until: None,
            };
            assert_eq!(is_over(&Ok(mail)), over);
        }
    }
}
