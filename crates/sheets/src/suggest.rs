//! What each column belongs to, as far as its title, its contents and the account's own history tell.

use crate::{
    columns::{Place, Profiles, attribute_name, attribute_titled, new_attribute, places, reading},
    detected::Title,
    headers::{self, Likeness, Meaning},
    mapping::{AppointmentField, Belongs, Contents, NameOrder, Reason},
    memory::Memory,
    profile::{Profile, collection, fit, percent},
    protocol::ImportKind,
    read::Opened,
    understand::{Plans, Reading},
};
use domain::{
    attribute::{Attribute, AttributeKind},
    slot::Field,
};
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

/// Filled cells, in percent, that must be understood before a title is believed.
const BELIEVABLE: u8 = 50;
/// Filled cells, in percent, that must be alike before contents alone are believed.
const TELLING: u8 = 80;

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
        let column = Column {
            clues,
            column,
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
                let column = Column {
                    clues,
                    column,
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

struct Column<'a> {
    clues: Clues<'a>,
    column: u32,
    profile: &'a Profile,
    /// Empty when the file has no title here.
    header: &'a str,
    meanings: &'a [Likeness],
    /// Whether some column of the file holds first names.
    first_names: bool,
}

impl Column<'_> {
    fn candidate(&self, score: f64, belongs: Belongs, reasons: Vec<Reason>) -> Candidate {
        Candidate {
            column: self.column,
            score,
            suggestion: Suggestion { belongs, reasons },
        }
    }

    fn appointments(&self) -> bool {
        self.clues.kind == ImportKind::Appointments
    }

    fn remembered(&self) -> Option<Candidate> {
        let belongs =
            self.clues
                .memory?
                .belongs(self.header, self.clues.attributes, self.clues.kind)?;
        Some(self.candidate(2.0, belongs, vec![Reason::ChosenLastTime]))
    }

    fn by_attribute(&self) -> Option<Candidate> {
        let attribute = attribute_titled(self.clues.attributes, self.header)?;
        let reason = Reason::ExistingAttribute {
            name: attribute.name.to_string(),
        };
        Some(self.candidate(0.95, Belongs::Attribute(attribute.id), vec![reason]))
    }

    fn by_title(&self) -> Vec<Candidate> {
        let believed = |likeness: &Likeness| {
            let alike = Reason::HeaderAlike {
                title: likeness.title.to_owned(),
            };
            self.meant(likeness)
                .into_iter()
                .filter_map(move |(score, belongs)| {
                    let mut reasons = vec![alike.clone()];
                    if let Some((contents, percent)) = self.checked(&belongs) {
                        if percent < BELIEVABLE {
                            return None;
                        }
                        reasons.push(Reason::Contents { contents, percent });
                    }
                    Some(self.candidate(score, belongs, reasons))
                })
        };
        self.meanings.iter().flat_map(believed).collect()
    }

    /// What a known title can belong to, with how sure that is.
    fn meant(&self, likeness: &Likeness) -> Vec<(f64, Belongs)> {
        let score = likeness.score;
        let full_name = || Belongs::FullName(self.name_order());
        let names = self.profile.percent(self.profile.texts.names);
        match likeness.meaning {
            Meaning::Field(field) => vec![(score, Belongs::Field(field))],
            Meaning::FullName if names >= BELIEVABLE => vec![(score - 0.02, full_name())],
            Meaning::Name if !self.first_names && names >= BELIEVABLE => {
                vec![(score - 0.02, full_name())]
            }
            Meaning::Name => vec![(score - 0.03, Belongs::Field(Field::LastName))],
            Meaning::Phone => {
                vec![
                    (score - 0.2, Belongs::Field(Field::CellPhone)),
                    (score - 0.25, Belongs::Field(Field::OtherPhones)),
                ]
            }
            Meaning::Unsubscribe => vec![(score, Belongs::Unsubscribe)],
            Meaning::Appointment(field) if self.appointments() => {
                vec![(score + 0.01, Belongs::Appointment(field))]
            }
            Meaning::FullName | Meaning::Appointment(_) | Meaning::Collection | Meaning::None => {
                Vec::new()
            }
        }
    }

    /// How many of the cells are what the field needs, for fields that need something.
    fn checked(&self, belongs: &Belongs) -> Option<(Contents, u8)> {
        let contents = match belongs {
            Belongs::Field(Field::Email) => Contents::Emails,
            Belongs::Field(Field::CellPhone | Field::OtherPhones) => Contents::Phones,
            Belongs::Field(Field::BirthDate) | Belongs::Appointment(AppointmentField::Date) => {
                return Some((Contents::Dates, self.dates()));
            }
            Belongs::Field(Field::Country) => Contents::Countries,
            Belongs::Field(Field::Language) => Contents::Languages,
            Belongs::Unsubscribe => Contents::YesOrNo,
            Belongs::Appointment(AppointmentField::Time) => Contents::Times,
            _ => return None,
        };
        let reading = reading(belongs, None, self.clues.attributes)?;
        Some((contents, self.fit(reading)))
    }

    fn fit(&self, reading: Reading) -> u8 {
        fit(self.clues.sheet, self.column, reading, self.clues.plans)
    }

    /// Cells, in percent, that are a date in some order; days counted by a spreadsheet only where the title speaks of dates.
    fn dates(&self) -> u8 {
        let dates = &self.profile.dates;
        let written = self.profile.percent(dates.real + dates.written);
        if written >= BELIEVABLE || !headers::speaks_of_dates(self.header) {
            return written;
        }
        let (order, _) = dates.order(self.clues.sheet, self.column);
        let order = order.unwrap_or(crate::mapping::DateOrder::DayMonthYear);
        self.fit(Reading::Date(
            Some(order),
            crate::understand::date::Century::Near,
        ))
    }

    fn by_contents(&self) -> Vec<Candidate> {
        let found = |score, field, contents, percent| {
            (percent >= TELLING).then(|| {
                self.candidate(
                    score,
                    Belongs::Field(field),
                    vec![Reason::Contents { contents, percent }],
                )
            })
        };
        let mut candidates = Vec::new();
        candidates.extend(found(
            0.5,
            Field::Email,
            Contents::Emails,
            self.profile.percent(self.profile.emails),
        ));
        let known_otherwise = self
            .meanings
            .iter()
            .any(|likeness| likeness.meaning == Meaning::None);
        if !known_otherwise
            && !headers::names_a_code(self.header)
            && self.profile.percent(self.profile.phone_like) >= TELLING
        {
            let phones = self.fit(Reading::Phone);
            candidates.extend(found(0.5, Field::CellPhone, Contents::Phones, phones));
            candidates.extend(found(0.45, Field::OtherPhones, Contents::Phones, phones));
        }
        let postal = self.profile.percent(self.profile.postal_codes);
        candidates.extend(found(0.4, Field::PostalCode, Contents::PostalCodes, postal));
        candidates
    }

    /// “Roy, Amélie” in most of the names that have two words.
    fn name_order(&self) -> NameOrder {
        let texts = &self.profile.texts;
        if percent(texts.last_first, texts.names) >= BELIEVABLE {
            NameOrder::LastFirst
        } else {
            NameOrder::FirstLast
        }
    }

    /// A new attribute of the kind that all rows speak for; nothing for a column without data.
    fn new_attribute(&self, taken: &mut HashMap<Place, u32>) -> Suggestion {
        let (kind, reason) = self.kind();
        let Some(kind) = kind else {
            return Suggestion {
                belongs: Belongs::Ignore,
                reasons: vec![reason],
            };
        };
        let title = self
            .clues
            .sheet
            .detected
            .columns
            .get(self.column as usize)
            .map_or("", |column| column.name.as_str());
        let belongs = new_attribute(self.appointments(), kind, attribute_name(title));
        let places = places(&belongs);
        let exists = matches!(&belongs, Belongs::New { name, .. } if attribute_titled(self.clues.attributes, name).is_some());
        if exists || places.iter().any(|place| taken.contains_key(place)) {
            return Suggestion {
                belongs: Belongs::Ignore,
                reasons: vec![reason],
            };
        }
        taken.extend(places.into_iter().map(|place| (place, self.column)));
        Suggestion {
            belongs,
            reasons: vec![reason],
        }
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
            self.column,
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
