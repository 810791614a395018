//! What a person is typing into a slot, and the value it stands for.

use super::number::{Punctuation, edit_number, read_number};
use chrono::NaiveDate;
use domain::{
    contact::{self, E164Only},
    error::Invalid,
    mutation::Change,
    slot::{Slot, SlotKind},
    value::Value,
};
use std::collections::BTreeMap;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Draft {
    Line(String),
    /// A collection: the texts that are done, and the one being typed.
    Chips {
        chips: Vec<String>,
        typing: String,
    },
}

impl Draft {
    pub fn blank(kind: SlotKind) -> Self {
        match kind {
            SlotKind::Texts | SlotKind::Phones => Self::Chips {
                chips: Vec::new(),
                typing: String::new(),
            },
            _ => Self::Line(String::new()),
        }
    }

    /// How an editor opens on a value. `phones` has the national form of numbers.
    pub fn of(
        kind: SlotKind,
        value: Option<&Value>,
        phones: &BTreeMap<String, String>,
        punctuation: Punctuation,
    ) -> Self {
        let shown = |number: &String| phones.get(number).unwrap_or(number).clone();
        match value {
            None => Self::blank(kind),
            Some(Value::Texts(texts)) => {
                let chips = if kind == SlotKind::Phones {
                    texts.iter().map(shown).collect()
                } else {
                    texts.clone()
                };
                Self::Chips {
                    chips,
                    typing: String::new(),
                }
            }
            Some(Value::Text(text)) if kind == SlotKind::Phone => Self::Line(shown(text)),
            Some(Value::Number(number)) => Self::Line(edit_number(*number, punctuation)),
            Some(value) => Self::Line(value.to_string()),
        }
    }

    /// The value it stands for; `None` when it is blank. Phone numbers are left as typed: only the server knows the
    /// numbering plans.
    pub fn value(
        &self,
        kind: SlotKind,
        punctuation: Punctuation,
    ) -> Result<Option<Value>, Invalid> {
        match (self.settled(), kind) {
            (Self::Line(line), _) if line.is_empty() => Ok(None),
            (Self::Line(line), SlotKind::Phone) => Ok(Some(Value::Text(line))),
            (Self::Line(line), SlotKind::Date) => NaiveDate::parse_from_str(&line, "%Y-%m-%d")
                .map(|date| Some(Value::Date(date)))
                .map_err(|_| Invalid::NotADate),
            (Self::Line(line), SlotKind::Number) => {
                read_number(&line, punctuation).map(|number| Some(Value::Number(number)))
            }
            (Self::Line(line), kind) => contact::check(kind, Value::Text(line), &E164Only),
            (Self::Chips { chips, .. }, SlotKind::Phones) => Ok(Value::texts(chips)),
            (Self::Chips { chips, .. }, kind) => {
                contact::check(kind, Value::Texts(chips), &E164Only)
            }
        }
    }

    /// The same draft once its typing is finished: trimmed, and with the last text of a collection taken in.
    #[must_use]
    pub fn settled(&self) -> Self {
        match self {
            Self::Line(line) => Self::Line(line.trim().to_owned()),
            Self::Chips { chips, typing } => {
                let texts = chips.iter().chain([typing]);
                let chips = match Value::texts(texts) {
                    Some(Value::Texts(chips)) => chips,
                    _ => Vec::new(),
                };
                Self::Chips {
                    chips,
                    typing: String::new(),
                }
            }
        }
    }

    pub fn is_blank(&self) -> bool {
        match self.settled() {
            Self::Line(line) => line.is_empty(),
            Self::Chips { chips, .. } => chips.is_empty(),
        }
    }

    /// Takes what is being typed in as texts of the collection, also when commas or line breaks were pasted.
    pub fn take_in(&mut self) {
        if let Self::Chips { chips, typing } = self {
            let texts: Vec<String> = chips
                .iter()
                .map(String::as_str)
                .chain(typing.split([',', ';', '\n']))
                .map(str::to_owned)
                .collect();
            *chips = match Value::texts(texts) {
                Some(Value::Texts(texts)) => texts,
                _ => Vec::new(),
            };
            typing.clear();
        }
    }

    /// Takes the last text of the collection back into the typing; nothing while something is being typed.
    pub fn take_back(&mut self) {
        if let Self::Chips { chips, typing } = self
            && typing.is_empty()
            && let Some(last) = chips.pop()
        {
            *typing = last;
        }
    }
}

/// The compare-and-set that a finished draft asks for; `None` when nothing was changed.
pub fn change(
    slot: Slot,
    kind: SlotKind,
    from: Option<&Value>,
    opened: &Draft,
    draft: &Draft,
    punctuation: Punctuation,
) -> Result<Option<Change>, Invalid> {
    if draft.settled() == opened.settled() {
        return Ok(None);
    }
    let to = draft.value(kind, punctuation)?;
    Ok((to.as_ref() != from).then(|| Change {
        slot,
        from: from.cloned(),
        to,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::slot::Field;

    fn line(text: &str) -> Draft {
        Draft::Line(text.to_owned())
    }

    fn changed(
        kind: SlotKind,
        from: Option<Value>,
        typed: &Draft,
    ) -> Result<Option<Change>, Invalid> {
        let phones = BTreeMap::from([("+15145550199".to_owned(), "(514) 555-0199".to_owned())]);
        let opened = Draft::of(kind, from.as_ref(), &phones, Punctuation::FRENCH);
        change(
            Slot::Field(Field::Notes),
            kind,
            from.as_ref(),
            &opened,
            typed,
            Punctuation::FRENCH,
        )
    }

    #[test]
    fn a_phone_opens_in_national_form_and_unchanged_asks_for_nothing() {
        let stored = Value::Text("+15145550199".to_owned());
        assert_eq!(
            changed(
                SlotKind::Phone,
                Some(stored.clone()),
                &line(" (514) 555-0199 ")
            ),
            Ok(None)
        );
        let other = changed(SlotKind::Phone, Some(stored.clone()), &line("514 555 0101"))
            .unwrap()
            .unwrap();
        assert_eq!(
            (other.from, other.to),
            (Some(stored), Some(Value::Text("514 555 0101".to_owned())))
        );
    }

    #[test]
    fn a_blank_draft_clears_the_slot() {
        let change = changed(
            SlotKind::Date,
            Some(Value::Date(NaiveDate::MIN)),
            &line("  "),
        )
        .unwrap()
        .unwrap();
        assert_eq!(change.to, None);
    }

    #[test]
    fn the_same_number_written_another_way_is_no_change() {
        let number = Value::Number("12.5".parse().unwrap());
        assert_eq!(
            changed(SlotKind::Number, Some(number), &line("12,50")),
            Ok(None)
        );
    }

    #[test]
    fn what_the_slot_cannot_hold_is_refused_before_it_is_sent() {
        assert_eq!(
            changed(SlotKind::Date, None, &line("yesterday")),
            Err(Invalid::NotADate)
        );
        assert_eq!(
            changed(SlotKind::Email, None, &line("ana@")),
            Err(Invalid::NotAnEmail)
        );
    }

    #[test]
    fn a_collection_takes_in_what_is_still_being_typed() {
        let draft = Draft::Chips {
            chips: vec!["VIP".to_owned()],
            typing: " fleet ".to_owned(),
        };
        let change = changed(SlotKind::Texts, None, &draft).unwrap().unwrap();
        assert_eq!(change.to, Value::texts(["VIP", "fleet"]));
    }

    #[test]
    fn pasted_texts_become_one_chip_each_and_backspace_takes_the_last_one_back() {
        let mut draft = Draft::Chips {
            chips: vec!["a".to_owned()],
            typing: "b, c\na".to_owned(),
        };
        draft.take_in();
        assert_eq!(
            draft,
            Draft::Chips {
                chips: vec!["a".to_owned(), "b".to_owned(), "c".to_owned()],
                typing: String::new()
            }
        );
        draft.take_back();
        assert_eq!(
            draft,
            Draft::Chips {
                chips: vec!["a".to_owned(), "b".to_owned()],
                typing: "c".to_owned()
            }
        );
    }
}
