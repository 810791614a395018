use super::*;
use Encoding::{Gsm7, Ucs2};
use proptest::prelude::*;

/// Encoding, units, segments and room, computed by hand.
#[test]
fn messages_are_measured_as_3gpp_says() {
    let a = |n: usize| "a".repeat(n);
    for (text, expected) in [
        (String::new(), (Gsm7, 0, 0, 160)),
        (a(1), (Gsm7, 1, 1, 159)),
        (a(160), (Gsm7, 160, 1, 0)),
        (a(161), (Gsm7, 161, 2, 145)),
        (a(306), (Gsm7, 306, 2, 0)),
        (a(307), (Gsm7, 307, 3, 152)),
        (a(1_600), (Gsm7, 1_600, 11, 83)),
        ("€".repeat(80), (Gsm7, 160, 1, 0)),
        // 76 pairs and one septet left over in each segment: 153 would tear the 77th.
        ("€".repeat(81), (Gsm7, 162, 2, 153 - 10)),
        ("€".repeat(152), (Gsm7, 304, 2, 1)),
        ("€".repeat(153), (Gsm7, 306, 3, 151)),
        // The 153rd septet would be the escape of the pair: the pair moves to the second segment.
        (format!("{}€{}", a(152), a(7)), (Gsm7, 161, 2, 153 - 9)),
        (format!("{}€{}", a(152), a(151)), (Gsm7, 305, 2, 0)),
        (format!("{}€{}", a(152), a(152)), (Gsm7, 306, 3, 152)),
        ("ж".repeat(70), (Ucs2, 70, 1, 0)),
        ("ж".repeat(71), (Ucs2, 71, 2, 63)),
        ("ж".repeat(134), (Ucs2, 134, 2, 0)),
        ("ж".repeat(135), (Ucs2, 135, 3, 66)),
        ("😀".repeat(35), (Ucs2, 70, 1, 0)),
        // 33 pairs and one unit left over in each segment.
        ("😀".repeat(36), (Ucs2, 72, 2, 61)),
        ("😀".repeat(66), (Ucs2, 132, 2, 1)),
        ("😀".repeat(67), (Ucs2, 134, 3, 65)),
        // One foreign letter makes all of them UCS-2.
        (format!("{}ê", a(69)), (Ucs2, 70, 1, 0)),
        (format!("{}ê", a(70)), (Ucs2, 71, 2, 63)),
        ("{}[]~^|\\€\u{c}".to_owned(), (Gsm7, 20, 1, 140)),
        ("\r\n".to_owned(), (Gsm7, 2, 1, 158)),
    ] {
        let measured = measure(&text);
        assert_eq!(
            (
                measured.encoding,
                measured.units,
                measured.segments,
                measured.room
            ),
            expected,
            "{text}"
        );
    }
}

#[test]
fn the_alphabet_is_the_127_letters_and_10_of_the_extension() {
    assert_eq!(
        (GSM_BASIC.chars().count(), GSM_EXTENSION.chars().count()),
        (127, 10)
    );
    // The small c with a cedilla is the famous one that is missing.
    for c in "çêîôûâëïœ`’“…\t\u{1b}–".chars() {
        assert!(!is_gsm(c), "{c}");
    }
}

#[test]
fn what_makes_a_message_expensive_is_named_once_in_order() {
    assert_eq!(
        measure("L’été… à l’hôtel 😀😀").foreign,
        ['’', '…', 'ô', '😀']
    );
    assert_eq!(measure(&plainer("L’été… «à»\u{a0}— l’eau")).foreign, []);
    assert_eq!(plainer("It’s “5–6”…"), "It's \"5-6\"...");
}

#[test]
fn a_message_of_more_than_1600_characters_is_too_long() {
    assert_eq!(measure(&"a".repeat(1_600)).excess(), 0);
    assert_eq!(measure(&"é".repeat(1_607)).excess(), 7);
    assert_eq!(measure(&"😀".repeat(801)).excess(), 2);
}

proptest! {
    #[test]
    fn segments_hold_the_whole_text_and_never_much_less_than_they_could(text in "[a€é😀ж\\n]{0,400}|[a-z€{}]{0,500}") {
        let Measure { encoding, segments, units, room, .. } = measure(&text);
        let capacity = match segments {
            0 | 1 => encoding.single(),
            many => many * encoding.part(),
        };
        prop_assert!(units + room <= capacity);
        // At most one unit is lost at the end of each segment but the last.
        prop_assert!(units + room + segments.saturating_sub(1) >= capacity);
        prop_assert_eq!(segments == 0, text.is_empty());
    }

    #[test]
    fn a_longer_text_never_takes_fewer_segments(text in "\\PC{0,200}", more in "\\PC{0,10}") {
        let longer = format!("{text}{more}");
        prop_assert!(measure(&longer).segments >= measure(&text).segments);
    }

    #[test]
    fn plainer_text_has_no_character_that_could_be_plainer(text in any::<String>()) {
        let once = plainer(&text);
        prop_assert!(!once.chars().any(|c| plain(c).is_some()));
        prop_assert_eq!(measure(&text).foreign.is_empty(), text.chars().all(is_gsm));
    }
}
