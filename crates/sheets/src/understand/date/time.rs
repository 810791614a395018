//! Times of day.

use chrono::NaiveTime;
use domain::fold::fold;

/// A time of day: `14:30`, `2:30 PM`, `14h30`, `14 h`, and what follows the date in `2024-03-05T14:30:00`.
pub(crate) fn time(text: &str) -> Option<NaiveTime> {
    if text.len() > 32 {
        return None;
    }
    let text = text.rsplit_once('T').map_or(text, |(_, time)| time);
    let folded = fold(text).replace(['.', '\u{a0}', '\u{202f}', ' '], "");
    let (clock, afternoon) = match (folded.strip_suffix("pm"), folded.strip_suffix("am")) {
        (Some(clock), _) => (clock, Some(true)),
        (_, Some(clock)) => (clock, Some(false)),
        _ => (folded.as_str(), None),
    };
    let mut parts = clock.split([':', 'h']);
    let hour = parts.next()?.parse::<u32>().ok()?;
    let mut rest = parts.map(|part| {
        if part.is_empty() {
            Some(0)
        } else {
            part.trim_end_matches("min").parse::<u32>().ok()
        }
    });
    let minute = match (rest.next(), afternoon) {
        (Some(minute), _) => minute?,
        (None, Some(_)) => 0,
        (None, None) => return None,
    };
    let second = rest.next().map_or(Some(0), |second| second)?;
    let hour = match (afternoon, hour) {
        (Some(_), 0 | 13..) => return None,
        (Some(true), 12) => 12,
        (Some(false), 12) => 0,
        (Some(true), hour) => hour + 12,
        _ => hour,
    };
    if rest.next().is_some() {
        None
    } else {
        NaiveTime::from_hms_opt(hour, minute, second)
    }
}
