//! How a cell of an exported file that comes back, the value it had when it was exported, and the value of the profile become
//! one.
//!
//! What must stay true: a cell that nobody touched changes nothing, whatever became of the profile; and what was changed in
//! both places is overwritten by nobody but a person who saw both.

use super::{chunk::CELL_CHARS_MAX, merge::MergeRule};
use crate::{slot::Slot, value::Value};
use serde::{Deserialize, Serialize};

/// What becomes of one value of an existing customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ThreeWay {
    /// It stays as it is.
    Same,
    /// Only the file changed it.
    Changed(Option<Value>),
    /// The file and the app did; this is what the file would make of it.
    Clash(Option<Value>),
}

/// A value that was changed in the file and in the app.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clash {
    pub slot: Slot,
    /// When the file was exported.
    pub base: Option<Value>,
    /// In the app, now.
    pub from: Option<Value>,
    /// By the file.
    pub to: Option<Value>,
    /// A person chose what the file says.
    pub taken: bool,
}

impl MergeRule {
    /// `base` is what the value was when the file was exported.
    pub fn merge_three_way(
        self,
        base: Option<&Value>,
        current: Option<&Value>,
        incoming: Option<&Value>,
    ) -> ThreeWay {
        if is_untouched(base, incoming) {
            return ThreeWay::Same;
        }
        let added = (self == Self::Add).then(|| added(base, incoming)).flatten();
        if added.as_ref().is_some_and(Vec::is_empty) {
            return ThreeWay::Same;
        }
        let added = added.and_then(Value::texts);
        let adds = added.is_some();
        let merged = self.merge(current, added.as_ref().or(incoming));
        if merged.as_ref() == current {
            ThreeWay::Same
        } else if current == base || adds && current.is_some() {
            ThreeWay::Changed(merged)
        } else {
            ThreeWay::Clash(merged)
        }
    }
}

/// What the file has that was not there before, for collections: what the app took away since does not come back.
fn added<'a>(base: Option<&Value>, incoming: Option<&'a Value>) -> Option<Vec<&'a String>> {
    let before = match base {
        Some(Value::Texts(before)) => before.as_slice(),
        None => &[],
        Some(_) => return None,
    };
    let Some(Value::Texts(texts)) = incoming else {
        return None;
    };
    Some(texts.iter().filter(|text| !before.contains(text)).collect())
}

/// Whether the cell is as it was exported: whole, or as much of it as a cell of a workbook holds.
pub fn is_untouched(base: Option<&Value>, incoming: Option<&Value>) -> bool {
    match (base, incoming) {
        (base, incoming) if base == incoming => true,
        (Some(Value::Text(before)), Some(Value::Text(text))) => {
            cut(before).is_some_and(|cut| cut.trim_end() == text)
        }
        (Some(base @ Value::Texts(before)), Some(Value::Texts(texts))) => {
            let Some((last, whole)) = texts.split_last() else {
                return false;
            };
            before.starts_with(whole)
                && before
                    .get(whole.len())
                    .is_some_and(|text| text.starts_with(last.trim_start_matches('"')))
                && cut(&base.to_string()).is_some()
        }
        _ => false,
    }
}

/// As much of a text as a cell of a workbook holds, for one that it does not hold whole: workbooks count UTF-16 units.
fn cut(text: &str) -> Option<&str> {
    let mut units = 0;
    let end = text.char_indices().find_map(|(at, char)| {
        units += char.len_utf16();
        (units > CELL_CHARS_MAX).then_some(at)
    })?;
    text.get(..end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn value() -> impl Strategy<Value = Option<Value>> {
        prop_oneof![
            Just(None),
            "[ab]{1,2}".prop_map(|text| Some(Value::Text(text))),
            prop::collection::vec("[a-c]", 1..4).prop_map(Value::texts),
        ]
    }

    fn rule() -> impl Strategy<Value = MergeRule> {
        prop::sample::select(vec![
            MergeRule::FillBlanks,
            MergeRule::Replace,
            MergeRule::ReplaceAndErase,
            MergeRule::Never,
            MergeRule::Add,
        ])
    }

    fn texts(texts: &[&str]) -> Option<Value> {
        Value::texts(texts)
    }

    #[test]
    fn a_collection_that_only_grows_never_clashes() {
        let (base, current) = (texts(&["a", "b"]), texts(&["b", "d"]));
        let file = texts(&["a", "b", "c"]);
        let merged =
            |rule: MergeRule| rule.merge_three_way(base.as_ref(), current.as_ref(), file.as_ref());
        assert_eq!(
            merged(MergeRule::Add),
            ThreeWay::Changed(texts(&["b", "d", "c"]))
        );
        assert_eq!(merged(MergeRule::Replace), ThreeWay::Clash(file.clone()));
    }

    #[test]
    fn what_a_workbook_cut_is_untouched() {
        let long: Vec<String> = (0..200).map(|n| format!("{n:0200}")).collect();
        let base = Value::texts(&long);
        let mut cut = long[..160].to_vec();
        cut[159].truncate(20);
        let merged = |file: Option<Value>| {
            MergeRule::Replace.merge_three_way(base.as_ref(), base.as_ref(), file.as_ref())
        };
        assert_eq!(merged(Value::texts(&cut)), ThreeWay::Same);
        cut[3] = "other".to_owned();
        assert_eq!(
            merged(Value::texts(&cut)),
            ThreeWay::Changed(Value::texts(&cut))
        );
        let (short, part) = (texts(&["a", "bc"]), texts(&["a", "b"]));
        let merged =
            MergeRule::Replace.merge_three_way(short.as_ref(), short.as_ref(), part.as_ref());
        assert_eq!(merged, ThreeWay::Changed(part));
    }

    #[test]
    fn a_long_text_that_a_workbook_cut_is_untouched() {
        let long = format!("{} {}", "🚗".repeat(16_383), "x".repeat(10));
        let base = Value::text(&long);
        let merged = |file: &str| {
            let file = Value::text(file);
            MergeRule::Replace.merge_three_way(base.as_ref(), base.as_ref(), file.as_ref())
        };
        // With the blank after them, they are as many as fit.
        assert_eq!(merged(&"🚗".repeat(16_383)), ThreeWay::Same);
        let shorter = "🚗".repeat(16_382);
        assert_eq!(merged(&shorter), ThreeWay::Changed(Value::text(&shorter)));
        let fits = Value::text(&"é".repeat(32_000));
        let part = Value::text(&"é".repeat(31_999));
        let merged =
            MergeRule::Replace.merge_three_way(fits.as_ref(), fits.as_ref(), part.as_ref());
        assert_eq!(merged, ThreeWay::Changed(part));
    }

    proptest! {
        #[test]
        fn a_collection_to_which_nothing_was_added_never_clashes_by_the_rule_add(
            base in prop::collection::vec("[a-d]", 1..5), current in value(), kept in any::<prop::sample::Selector>(),
        ) {
            let file = Value::texts([kept.select(&base)]);
            let base = Value::texts(&base);
            let merged = MergeRule::Add.merge_three_way(base.as_ref(), current.as_ref(), file.as_ref());
            prop_assert_eq!(merged, ThreeWay::Same);
        }

        #[test]
        fn an_untouched_cell_changes_nothing(rule in rule(), base in value(), current in value()) {
            let merged = rule.merge_three_way(base.as_ref(), current.as_ref(), base.as_ref());
            prop_assert_eq!(merged, ThreeWay::Same);
        }

        #[test]
        fn where_the_app_changed_nothing_the_rule_decides(rule in rule(), base in value(), incoming in value()) {
            prop_assume!(base != incoming);
            let merged = rule.merge_three_way(base.as_ref(), base.as_ref(), incoming.as_ref());
            let by_rule = rule.merge(base.as_ref(), incoming.as_ref());
            let expected = if by_rule == base { ThreeWay::Same } else { ThreeWay::Changed(by_rule) };
            prop_assert_eq!(merged, expected);
        }

        #[test]
        fn what_both_changed_to_the_same_is_the_same(rule in rule(), base in value(), both in value()) {
            prop_assume!(rule != MergeRule::Add);
            let merged = rule.merge_three_way(base.as_ref(), both.as_ref(), both.as_ref());
            prop_assert_eq!(merged, ThreeWay::Same);
        }

        #[test]
        fn what_the_app_changed_is_never_overwritten(rule in rule(), base in value(), current in value(), incoming in value()) {
            prop_assume!(current != base);
            match rule.merge_three_way(base.as_ref(), current.as_ref(), incoming.as_ref()) {
                ThreeWay::Same | ThreeWay::Clash(_) => {}
                ThreeWay::Changed(Some(Value::Texts(after))) => {
                    let Some(Value::Texts(before)) = current else { panic!("{current:?} became a collection") };
                    prop_assert!(before.iter().all(|text| after.contains(text)));
                }
                ThreeWay::Changed(after) => panic!("{current:?} became {after:?}"),
            }
        }

        #[test]
        fn importing_twice_is_importing_once(rule in rule(), base in value(), current in value(), incoming in value()) {
            let once = match rule.merge_three_way(base.as_ref(), current.as_ref(), incoming.as_ref()) {
                ThreeWay::Same => current,
                ThreeWay::Changed(value) | ThreeWay::Clash(value) => value,
            };
            let again = rule.merge_three_way(base.as_ref(), once.as_ref(), incoming.as_ref());
            prop_assert_eq!(again, ThreeWay::Same);
        }

        #[test]
        fn a_blank_cell_erases_only_when_asked(rule in rule(), base in value(), current in value()) {
            prop_assume!(rule != MergeRule::ReplaceAndErase);
            prop_assert_eq!(rule.merge_three_way(base.as_ref(), current.as_ref(), None), ThreeWay::Same);
        }
    }
}
