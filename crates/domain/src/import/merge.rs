//! How a cell of the file and the value of a profile become one.

use crate::{contact::TEXTS_MAX, value::Value};
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MergeRule {
    /// The file only fills what is blank.
    #[default]
    FillBlanks,
    /// The file wins where its cell is filled.
    Replace,
    /// The file wins, and its blank cells erase.
    ReplaceAndErase,
    /// Existing customers keep what they have; new ones get the value.
    Never,
    /// Collections: the texts of the file are added, as far as a collection may grow; any other value is treated as by
    /// [`MergeRule::FillBlanks`].
    Add,
}

impl MergeRule {
    /// The value of an existing customer after the import.
    pub fn merge(self, current: Option<&Value>, incoming: Option<&Value>) -> Option<Value> {
        match (self, current, incoming) {
            (Self::ReplaceAndErase, _, incoming) => incoming.cloned(),
            (Self::Never, current, _) | (_, current, None) => current.cloned(),
            (Self::Replace, _, incoming) | (_, None, incoming) => incoming.cloned(),
            (Self::Add, Some(Value::Texts(have)), Some(Value::Texts(more))) => {
                let room = TEXTS_MAX.max(have.len());
                match Value::texts(have.iter().chain(more)) {
                    Some(Value::Texts(mut texts)) => {
                        texts.truncate(room);
                        Some(Value::Texts(texts))
                    }
                    other => other,
                }
            }
            (Self::FillBlanks | Self::Add, current, _) => current.cloned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn value() -> impl Strategy<Value = Option<Value>> {
        prop_oneof![
            Just(None),
            "[a-c]{1,3}".prop_map(|t| Some(Value::Text(t))),
            prop::collection::vec("[a-c]", 1..4).prop_map(Value::texts),
        ]
    }

    fn rule() -> impl Strategy<Value = MergeRule> {
        prop_oneof![
            Just(MergeRule::FillBlanks),
            Just(MergeRule::Replace),
            Just(MergeRule::ReplaceAndErase),
            Just(MergeRule::Never),
            Just(MergeRule::Add),
        ]
    }

    #[test]
    fn a_collection_grows_no_further_than_collections_may() {
        let texts = |range: std::ops::Range<usize>| Value::texts(range.map(|n| n.to_string()));
        let (have, more) = (texts(0..150), texts(100..300));
        let once = MergeRule::Add.merge(have.as_ref(), more.as_ref());
        assert_eq!(once, texts(0..TEXTS_MAX));
        assert_eq!(MergeRule::Add.merge(once.as_ref(), more.as_ref()), once);
    }

    proptest! {
        #[test]
        fn importing_twice_is_importing_once(rule in rule(), current in value(), incoming in value()) {
            let once = rule.merge(current.as_ref(), incoming.as_ref());
            prop_assert_eq!(rule.merge(once.as_ref(), incoming.as_ref()), once);
        }

        #[test]
        fn a_blank_cell_erases_only_when_asked(rule in rule(), current in value()) {
            prop_assume!(rule != MergeRule::ReplaceAndErase);
            prop_assert_eq!(rule.merge(current.as_ref(), None), current);
        }

        #[test]
        fn filling_blanks_never_changes_a_value(current in value(), incoming in value()) {
            prop_assume!(current.is_some());
            prop_assert_eq!(MergeRule::FillBlanks.merge(current.as_ref(), incoming.as_ref()), current);
        }
    }
}
