//! What one column looks like it belongs to.

use super::{Candidate, Clues, Suggestion};
use crate::{
    columns::{attribute_titled, reading},
    headers::{self, Likeness, Meaning},
    mapping::{AppointmentField, Belongs, Contents, DateOrder, NameOrder, Reason},
    profile::{Profile, different, fit, percent},
    protocol::ImportKind,
    understand::{Reading, date::Century},
};
use domain::slot::Field;

/// Filled cells, in percent, that must be understood before a title is believed.
pub(super) const BELIEVABLE: u8 = 50;
/// Filled cells, in percent, that must be alike before contents alone are believed.
const TELLING: u8 = 80;

const REFERENCE: Meaning = Meaning::Field(Field::Reference);

/// One column and everything that tells what it belongs to.
pub(super) struct Clue<'a> {
    pub(super) clues: Clues<'a>,
    pub(super) index: u32,
    pub(super) profile: &'a Profile,
    /// Empty when the file has no title here.
    pub(super) header: &'a str,
    pub(super) meanings: &'a [Likeness],
    /// Whether some column of the file holds first names.
    pub(super) first_names: bool,
}

impl Clue<'_> {
    fn candidate(&self, score: f64, belongs: Belongs, reasons: Vec<Reason>) -> Candidate {
        Candidate {
            column: self.index,
            score,
            suggestion: Suggestion { belongs, reasons },
        }
    }

    pub(super) fn appointments(&self) -> bool {
        self.clues.kind == ImportKind::Appointments
    }

    pub(super) fn remembered(&self) -> Option<Candidate> {
        let belongs =
            self.clues
                .memory?
                .belongs(self.header, self.clues.attributes, self.clues.kind)?;
        Some(self.candidate(2.0, belongs, vec![Reason::ChosenLastTime]))
    }

    pub(super) fn by_attribute(&self) -> Option<Candidate> {
        let attribute = attribute_titled(self.clues.attributes, self.header)?;
        let reason = Reason::ExistingAttribute {
            name: attribute.name.to_string(),
        };
        Some(self.candidate(0.95, Belongs::Attribute(attribute.id), vec![reason]))
    }

    pub(super) fn by_title(&self) -> Vec<Candidate> {
        let repeated = self.repeated().is_some();
        let is_possible =
            |likeness: &&Likeness| likeness.meaning != REFERENCE || !likeness.guessed && !repeated;
        let believed = |likeness: &Likeness| {
            let alike = Reason::HeaderAlike {
                title: likeness.title.to_owned(),
            };
            self.meant(likeness)
                .into_iter()
                .filter_map(move |(score, belongs)| {
                    let mut reasons = vec![alike.clone()];
                    if let Some((contents, percent)) = self.checked(&belongs) {
                        if percent < BELIEVABLE && !self.clues.exported {
                            return None;
                        }
                        reasons.push(Reason::Contents { contents, percent });
                    }
                    Some(self.candidate(score, belongs, reasons))
                })
        };
        self.meanings
            .iter()
            .filter(is_possible)
            .flat_map(believed)
            .collect()
    }

    /// Why the cells are no references although the title says so: as references they would make one customer of strangers.
    pub(super) fn repeated(&self) -> Option<Reason> {
        let is_titled = |likeness: &Likeness| likeness.meaning == REFERENCE && !likeness.guessed;
        if !self.meanings.iter().any(is_titled) {
            return None;
        }
        let percent = different(self.clues.sheet, self.index);
        (percent < headers::references_differ(self.header)).then_some(Reason::Repeated { percent })
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
            Belongs::Unsubscribe => return Some((Contents::YesOrNo, self.unsubscribes())),
            Belongs::Appointment(AppointmentField::Time) => Contents::Times,
            _ => return None,
        };
        let reading = reading(belongs, None, self.clues.attributes)?;
        Some((contents, self.fit(reading)))
    }

    /// Cells, in percent, that say yes or no. Under “Out” or “Stop” a date may be that of anything.
    fn unsubscribes(&self) -> u8 {
        let understood = self.fit(Reading::YesOrNo);
        if headers::says_unsubscribed(self.header) {
            return understood;
        }
        let dates = &self.profile.dates;
        understood.saturating_sub(self.profile.percent(dates.real + dates.written))
    }

    fn fit(&self, reading: Reading) -> u8 {
        fit(self.clues.sheet, self.index, reading, self.clues.plans)
    }

    /// Cells, in percent, that are a date in some order; days counted by a spreadsheet only where the title speaks of dates.
    pub(super) fn dates(&self) -> u8 {
        let dates = &self.profile.dates;
        let written = self.profile.percent(dates.real + dates.written);
        if written >= BELIEVABLE || !headers::speaks_of_dates(self.header) {
            return written;
        }
        let (order, _) = dates.order(self.clues.sheet, self.index);
        let order = order.unwrap_or(DateOrder::DayMonthYear);
        self.fit(Reading::Date(
            Some(order),
            Century::Near,
            self.clues.sheet.serials,
        ))
    }

    pub(super) fn by_contents(&self) -> Vec<Candidate> {
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
            && (!headers::names_a_code(self.header) || headers::names_a_phone(self.header))
            && self.profile.percent(self.profile.phone_like) >= TELLING
        {
            let phones = self.fit(Reading::Phone);
            // One number on many rows is the shop's or the seller's: by it they would all be one customer.
            if different(self.clues.sheet, self.index) >= TELLING {
                candidates.extend(found(0.5, Field::CellPhone, Contents::Phones, phones));
            }
            candidates.extend(found(0.45, Field::OtherPhones, Contents::Phones, phones));
        }
        let postal = self.profile.percent(self.profile.postal_codes);
        candidates.extend(found(0.4, Field::PostalCode, Contents::PostalCodes, postal));
        candidates
    }

    /// “Roy, Amélie” in most of the names that have two words, or else what the title says.
    fn name_order(&self) -> NameOrder {
        let texts = &self.profile.texts;
        if percent(texts.last_first, texts.names) >= BELIEVABLE {
            NameOrder::LastFirst
        } else {
            headers::name_order(self.header).unwrap_or(NameOrder::FirstLast)
        }
    }
}
