//! How long a message is, and what plainer letters would save.

use domain::{
    keyword::{Language, with_offer},
    segment::{self, Measure},
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::conversations) struct Length {
    pub(in crate::conversations) measure: Measure,
    /// Segments fewer, if characters of typography were written plainly.
    pub(in crate::conversations) saved: usize,
}

/// Of a message as the customer gets it. The first one to a number carries the offer, in its language.
pub(in crate::conversations) fn length(text: &str, offer: Option<Language>) -> Length {
    let sent = match offer {
        Some(language) if !text.trim().is_empty() => with_offer(text, language),
        _ => text.trim().to_owned(),
    };
    let measure = segment::measure(&sent);
    let plainer = segment::measure(&segment::plainer(&sent));
    Length {
        saved: measure.segments.saturating_sub(plainer.segments),
        measure,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_offer_of_a_first_message_counts() {
        let text = "a".repeat(150);
        assert_eq!(length(&text, None).measure.segments, 1);
        assert_eq!(length(&text, Some(Language::English)).measure.segments, 2);
        assert_eq!(length(" ", Some(Language::English)).measure.segments, 0);
    }

    #[test]
    fn plainer_letters_are_offered_only_where_they_save_something() {
        let text = "l\u{2019}auto ".repeat(15);
        assert_eq!(length(&text, None).saved, 1);
        assert_eq!(length("l\u{2019}auto", None).saved, 0);
        assert_eq!(length(&"\u{1f697}".repeat(40), None).saved, 0);
    }
}
