//! Which rows of a long list to draw.

use std::ops::Range;

/// Rows drawn above and below what can be seen, so that a quick scroll shows no gap.
const OVERSCAN: usize = 12;

/// What part of a list of `total` rows of one height can be seen, and some rows around it. All sizes in CSS pixels.
pub fn rows_in_sight(scroll_top: f64, height: f64, row_height: f64, total: usize) -> Range<usize> {
    let first = whole(scroll_top / row_height).saturating_sub(OVERSCAN);
    let last = whole((scroll_top + height) / row_height)
        .saturating_add(1 + OVERSCAN)
        .min(total);
    first.min(last)..last
}

/// Where to scroll so that row `index` is in sight; `None` when it is already.
pub fn scroll_to_show(index: usize, scroll_top: f64, height: f64, row_height: f64) -> Option<f64> {
    let top = pixels(index) * row_height;
    if top < scroll_top {
        Some(top)
    } else if top + row_height > scroll_top + height {
        Some(top + row_height - height)
    } else {
        None
    }
}

/// A count of rows as a length; exact for any list that fits in memory.
#[expect(clippy::cast_precision_loss, reason = "row counts are far below 2^52")]
pub fn pixels(rows: usize) -> f64 {
    rows as f64
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "negative and huge positions are clamped first"
)]
fn whole(rows: f64) -> usize {
    if rows.is_finite() {
        rows.clamp(0.0, 4_000_000_000.0) as usize
    } else {
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_rows_in_sight_and_a_few_around_them_are_drawn() {
        assert_eq!(rows_in_sight(0.0, 560.0, 56.0, 100_000), 0..23);
        assert_eq!(rows_in_sight(56_000.0, 560.0, 56.0, 100_000), 988..1023);
        assert_eq!(
            rows_in_sight(5_599_440.0, 560.0, 56.0, 100_000),
            99_978..100_000
        );
    }

    #[test]
    fn a_list_that_became_shorter_than_the_scroll_position_draws_nothing_out_of_bounds() {
        assert_eq!(rows_in_sight(56_000.0, 560.0, 56.0, 3), 3..3);
        assert_eq!(rows_in_sight(-50.0, 560.0, 56.0, 0), 0..0);
        assert_eq!(rows_in_sight(f64::NAN, 560.0, 56.0, 5).start, 0);
    }

    #[test]
    fn a_row_above_or_below_is_scrolled_just_into_sight() {
        assert_eq!(scroll_to_show(2, 560.0, 560.0, 56.0), Some(112.0));
        assert_eq!(scroll_to_show(20, 0.0, 560.0, 56.0), Some(616.0));
        assert_eq!(scroll_to_show(4, 0.0, 560.0, 56.0), None);
    }
}
