//! What each column belongs to, as far as its title, its contents and the account's own history tell.

mod attribute;
mod column;
mod version;

use crate::{
    columns::{Place, Profiles, places},
    detected::Title,
    headers::{self, Likeness, Meaning},
    mapping::{Belongs, Reason},
    memory::Memory,
    profile::Profile,
    protocol::ImportKind,
    read::Opened,
    understand::Plans,
};
use column::Clue;
use domain::{attribute::Attribute, ids::AccountId, slot::Field};
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
    pub account: AccountId,
    /// A column says that the file is an export of this account: its titles say what they mean, whatever stands below.
    pub exported: bool,
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
pub(crate) fn suggest(mut clues: Clues<'_>) -> Vec<Suggestion> {
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
    let is_version = |((column, profile), header): ((u32, &Profile), &&str)| {
        let column = Clue {
            clues,
            index: column,
            profile,
            header,
            meanings: &[],
            first_names: false,
        };
        column
            .version()
            .is_some_and(|found| found.suggestion.belongs == Belongs::Version)
    };
    clues.exported = clues.profiles.iter().zip(&headers).any(is_version);
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
        if let Some(version) = column.version() {
            candidates.push(version);
            continue;
        }
        candidates.extend(column.remembered());
        if profile.filled > 0 || clues.exported && !profile.samples.is_empty() {
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
