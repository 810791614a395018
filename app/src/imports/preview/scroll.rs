//! Which rows of a long table are in sight, and where to draw them. Pure.
//!
//! Browsers cannot scroll further than some tens of millions of pixels, which a million rows exceed: beyond
//! [`TALLEST`] the scroll bar stands for a share of the rows and not for pixels.

/// The height of a row in CSS pixels; the style sheet gives rows exactly this.
pub(super) const ROW: f64 = 37.0;
const TALLEST: f64 = 8_000_000.0;
/// Rows drawn above and below what can be seen.
const AROUND: u32 = 7;

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Sight {
    /// The first row to draw, counted from 0.
    pub(super) from: u32,
    pub(super) count: u32,
    /// Where the first drawn row stands, from the top of the scrolled content.
    pub(super) top: f64,
}

/// The height of the scrolled content.
pub(super) fn height(total: u32) -> f64 {
    (f64::from(total) * ROW).min(TALLEST)
}

/// What to draw of `total` rows when scrolled to `scroll_top` in a frame of height `frame`. At most `most` rows.
pub(super) fn sight(scroll_top: f64, frame: f64, total: u32, most: u32) -> Sight {
    let visible = whole(frame / ROW).saturating_add(1).min(most).min(total);
    let range = (height(total) - frame).max(0.0);
    let scroll_top = if scroll_top.is_finite() {
        scroll_top.clamp(0.0, range)
    } else {
        0.0
    };
    // The row at the top edge of the frame, with its fraction.
    let first = if f64::from(total) * ROW <= TALLEST {
        scroll_top / ROW
    } else {
        scroll_top / range * (f64::from(total) - frame / ROW)
    };
    let from = whole(first)
        .min(total.saturating_sub(visible))
        .saturating_sub(AROUND.min((most - visible) / 2));
    let count = (visible + 2 * AROUND).min(most).min(total - from);
    Sight {
        from,
        count,
        top: scroll_top - (first - f64::from(from)) * ROW,
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to what fits"
)]
fn whole(rows: f64) -> u32 {
    rows.clamp(0.0, f64::from(u32::MAX)) as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_short_table_is_drawn_whole() {
        assert_eq!(
            sight(0.0, 600.0, 5, 60),
            Sight {
                from: 0,
                count: 5,
                top: 0.0
            }
        );
        assert_eq!(sight(0.0, 600.0, 0, 60).count, 0);
    }

    #[test]
    fn the_end_of_a_million_rows_can_be_reached() {
        let total = 1_048_576;
        let seen = sight(height(total), 600.0, total, 60);
        assert_eq!(seen.from + seen.count, total);
        let bottom = seen.top + f64::from(seen.count) * ROW;
        assert!((bottom - height(total)).abs() < ROW, "{bottom}");
    }

    proptest! {
        #[test]
        fn the_frame_is_always_filled(scroll in 0.0..9e6_f64, total in 1_u32..1_048_577, frame in 100.0..1500.0_f64) {
            let seen = sight(scroll, frame, total, 90);
            prop_assert!(seen.from + seen.count <= total);
            let scroll = scroll.clamp(0.0, (height(total) - frame).max(0.0));
            prop_assert!(seen.top <= scroll + 0.001);
            let bottom = seen.top + f64::from(seen.count) * ROW;
            let wanted = (scroll + frame).min(height(total));
            prop_assert!(bottom + 0.001 >= wanted - ROW || seen.from + seen.count == total);
        }

        #[test]
        fn scrolling_down_never_goes_back(a in 0.0..8e6_f64, b in 0.0..8e6_f64, total in 1_u32..1_048_577) {
            let (low, high) = if a < b { (a, b) } else { (b, a) };
            prop_assert!(sight(low, 600.0, total, 60).from <= sight(high, 600.0, total, 60).from);
        }
    }
}
