//! What each column belongs to, as far as its title, its contents and the account's own history tell.

mod attribute;
mod column;

use crate::{
    columns::{Place, Profiles, places},
    detected::Title,
    headers::{self, Likeness, Meaning},
    mapping::{Belongs, Reason},
    memory::Memory,
    protocol::ImportKind,
    read::Opened,
    understand::Plans,
};
use column::Clue;
use domain::{attribute::Attribute, slot::Field};
use std::collections::HashMap;

/// What suggestions are made from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Clues<'a> {
    pub sheet: &'a Opened,
    pub profiles: &'a Profiles,
    pub attributes: &'a [Attribute],
    pub kind: ImportKind,
    pub plans: &'a Plans,
    pub memory: Option<&'a Memory>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Suggestion {
    pub belongs: Belongs,
    pub reasons: Vec<Reason>,
}

struct Candidate {
    column: u32,
    score: f64,
    suggestion: Suggestion,
}

/// One suggestion for each column; no two for one field or attribute.
pub(crate) fn suggest(clues: Clues<'_>) -> Vec<Suggestion> {
    let headers: Vec<&str> = clues
        .sheet
        .detected
        .columns
        .iter()
        .map(|column| {
            if column.title == Title::Missing {
                ""
            } else {
                column.name.as_str()
            }
        })
        .collect();
    let meanings: Vec<Vec<Likeness>> = headers
        .iter()
        .map(|header| headers::meanings(header))
        .collect();
    let first_names = meanings
        .iter()
        .flatten()
        .any(|likeness| likeness.meaning == Meaning::Field(Field::FirstName));
    let mut candidates: Vec<Candidate> = Vec::new();
    for ((column, profile), (header, meanings)) in
        clues.profiles.iter().zip(headers.iter().zip(&meanings))
    {
        let column = Clue {
            clues,
            index: column,
            profile,
            header,
            meanings,
            first_names,
        };
        candidates.extend(column.remembered());
        if profile.filled > 0 {
            candidates.extend(column.by_attribute());
            candidates.extend(column.by_title());
            candidates.extend(column.by_contents());
        }
    }
    candidates.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.column.cmp(&b.column)));
    let mut taken: HashMap<Place, u32> = HashMap::new();
    let mut chosen: HashMap<u32, Suggestion> = HashMap::new();
    let mut passed_over: HashMap<u32, u32> = HashMap::new();
    for candidate in candidates {
        if chosen.contains_key(&candidate.column) {
            continue;
        }
        let places = places(&candidate.suggestion.belongs);
        if let Some(by) = places.iter().find_map(|place| taken.get(place)) {
            passed_over.entry(candidate.column).or_insert(*by);
            continue;
        }
        taken.extend(places.into_iter().map(|place| (place, candidate.column)));
        chosen.insert(candidate.column, candidate.suggestion);
    }
    clues
        .profiles
        .iter()
        .zip(headers.iter().zip(&meanings))
        .map(|((column, profile), (header, meanings))| {
            chosen.remove(&column).unwrap_or_else(|| {
                let by = passed_over
                    .get(&column)
                    .map(|column| Reason::TakenBy { column: *column });
                let column = Clue {
                    clues,
                    index: column,
                    profile,
                    header,
                    meanings,
                    first_names,
                };
                let mut suggestion = column.new_attribute(&mut taken);
                suggestion.reasons.extend(by);
                suggestion
            })
        })
        .collect()
}
