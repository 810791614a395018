//! The attribute that a column would make which belongs to nothing known.

use super::{
    Suggestion,
    column::{BELIEVABLE, Clue},
};
use crate::{
    columns::{Place, attribute_name, attribute_titled, new_attribute, places, retired_named},
    headers::{self, Meaning},
    mapping::{Belongs, Contents, Reason},
    profile::collection,
};
use domain::attribute::AttributeKind;
use std::collections::HashMap;

impl Clue<'_> {
    /// A new attribute of the kind that all rows speak for; nothing for a column without data.
    pub(super) fn new_attribute(&self, taken: &mut HashMap<Place, u32>) -> Suggestion {
        if self.versions().is_some() {
            return Suggestion {
                belongs: Belongs::Ignore,
                reasons: Vec::new(),
            };
        }
        let (kind, reason) = self.kind();
        let reasons: Vec<Reason> = self.repeated().into_iter().chain([reason]).collect();
        let Some(kind) = kind else {
            return Suggestion {
                belongs: Belongs::Ignore,
                reasons,
            };
        };
        let title = self
            .clues
            .sheet
            .detected
            .columns
            .get(self.index as usize)
            .map_or("", |column| column.name.as_str());
        let belongs = new_attribute(self.appointments(), kind, attribute_name(title));
        if let Belongs::New { name, .. } = &belongs
            && let Some(retired) = retired_named(self.clues.attributes, name)
        {
            let name = retired.name.to_string();
            return Suggestion {
                belongs: Belongs::Ignore,
                reasons: vec![Reason::RetiredAttribute { name }],
            };
        }
        let places = places(&belongs);
        let exists = matches!(&belongs, Belongs::New { name, .. } if attribute_titled(self.clues.attributes, name).is_some());
        if exists || places.iter().any(|place| taken.contains_key(place)) {
            return Suggestion {
                belongs: Belongs::Ignore,
                reasons,
            };
        }
        taken.extend(places.into_iter().map(|place| (place, self.index)));
        Suggestion { belongs, reasons }
    }

    fn kind(&self) -> (Option<AttributeKind>, Reason) {
        /// Filled cells, in percent, that must be of a kind to propose it.
        const NEARLY_ALL: u8 = 95;
        let profile = self.profile;
        let because =
            |kind, contents, percent| (Some(kind), Reason::Contents { contents, percent });
        if profile.filled == 0 {
            return if profile.formulas > 0 {
                because(AttributeKind::Number, Contents::Formulas, 100)
            } else {
                (None, Reason::Empty)
            };
        }
        let dates = self.dates();
        let enough = if headers::speaks_of_dates(self.header) {
            BELIEVABLE
        } else {
            NEARLY_ALL
        };
        if dates >= enough {
            return because(AttributeKind::Date, Contents::Dates, dates);
        }
        let numbers = &profile.numbers;
        let share = profile.percent(numbers.numbers);
        let codes = numbers.leading_zeros > 0
            || numbers.long * 2 > profile.filled
            || headers::names_a_code(self.header);
        if share >= NEARLY_ALL && !codes {
            return because(AttributeKind::Number, Contents::Numbers, share);
        }
        let titled = self
            .meanings
            .iter()
            .any(|likeness| likeness.meaning == Meaning::Collection);
        let is_collection = collection(
            self.clues.sheet,
            self.index,
            &profile.texts,
            profile.filled,
            titled,
        )
        .is_some();
        if titled || is_collection {
            return because(AttributeKind::Texts, Contents::Collections, 100);
        }
        let yes_or_no = profile.percent(profile.yes_or_no);
        if yes_or_no >= NEARLY_ALL {
            return because(AttributeKind::Text, Contents::YesOrNo, yes_or_no);
        }
        because(AttributeKind::Text, Contents::Texts, 100)
    }
}
