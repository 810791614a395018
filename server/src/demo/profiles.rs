//! Drawing one profile after the other.

use super::names::{
    AREAS, COMPANIES, ENGLISH_FIRST, ENGLISH_LAST, FRENCH_FIRST, FRENCH_LAST, NOTES, STREETS,
    TOWNS, VEHICLES,
};
use chrono::NaiveDate;
use domain::{
    attribute::AttributeKind,
    fold::fold,
    ids::AttributeId,
    slot::{Field, Slot},
    value::{Number, Value},
};
use rand::{Rng, rngs::StdRng, seq::IndexedRandom};
use uuid::Uuid;

pub(super) const ATTRIBUTES: [(&str, AttributeKind); 4] = [
    ("Vehicle", AttributeKind::Text),
    ("Plates", AttributeKind::Texts),
    ("Last service", AttributeKind::Date),
    ("Mileage", AttributeKind::Number),
];

/// The ids of [`ATTRIBUTES`].
#[derive(Clone, Copy)]
pub(super) struct Attributes {
    vehicle: AttributeId,
    plates: AttributeId,
    last_service: AttributeId,
    mileage: AttributeId,
}

impl Attributes {
    pub(super) fn new(new_id: impl Fn() -> Uuid) -> Self {
        let new = || AttributeId::new(new_id());
        Self {
            vehicle: new(),
            plates: new(),
            last_service: new(),
            mileage: new(),
        }
    }

    pub(super) const fn ids(self) -> [AttributeId; ATTRIBUTES.len()] {
        [self.vehicle, self.plates, self.last_service, self.mileage]
    }
}

/// An endless stream of customers.
pub(super) struct Profiles {
    random: StdRng,
    attributes: Attributes,
    made: u32,
}

impl Profiles {
    pub(super) const fn new(random: StdRng, attributes: Attributes) -> Self {
        Self {
            random,
            attributes,
            made: 0,
        }
    }

    fn one_of(&mut self, list: &[&'static str]) -> &'static str {
        list.choose(&mut self.random).copied().unwrap_or_default()
    }

    fn chance(&mut self, percent: u32) -> bool {
        self.random.random_ratio(percent, 100)
    }

    fn date(&mut self, years: std::ops::Range<i32>) -> Option<NaiveDate> {
        let (year, day) = (
            self.random.random_range(years),
            self.random.random_range(1..=365),
        );
        NaiveDate::from_yo_opt(year, day)
    }

    /// No two customers have the same number: numbers go through all areas before the last digits change.
    fn cell_phone(&self) -> Option<String> {
        let areas = u32::try_from(AREAS.len()).ok()?;
        let area = AREAS.get(usize::try_from(self.made % areas).ok()?)?;
        Some(format!("+1{area}55501{:02}", self.made / areas))
    }

    fn person(&mut self) -> (Vec<(Slot, Value)>, String) {
        let french = self.chance(65);
        let (first, last, language) = if french {
            (self.one_of(&FRENCH_FIRST), self.one_of(&FRENCH_LAST), "fr")
        } else {
            (
                self.one_of(&ENGLISH_FIRST),
                self.one_of(&ENGLISH_LAST),
                "en",
            )
        };
        let plain = |name: &str| {
            fold(name)
                .chars()
                .filter(char::is_ascii_alphabetic)
                .collect::<String>()
        };
        let email = format!("{}.{}{}@example.com", plain(first), plain(last), self.made);
        let fields = [
            (Field::FirstName, first),
            (Field::LastName, last),
            (Field::Language, language),
        ];
        (
            fields.map(|(field, text)| text_of(field, text)).to_vec(),
            email,
        )
    }

    fn address(&mut self) -> Vec<(Slot, Value)> {
        let Some((city, region, area)) = TOWNS.choose(&mut self.random) else {
            return Vec::new();
        };
        let street = format!(
            "{}, {}",
            self.random.random_range(10..9900),
            self.one_of(&STREETS)
        );
        let letter = char::from(self.random.random_range(b'A'..=b'C'));
        let code = format!(
            "{area} {}{letter}{}",
            self.random.random_range(1..=9),
            self.random.random_range(1..=9)
        );
        let fields = [
            (Field::Street, street.as_str()),
            (Field::City, city),
            (Field::Region, region),
            (Field::PostalCode, &code),
            (Field::Country, "CA"),
        ];
        fields.map(|(field, text)| text_of(field, text)).to_vec()
    }

    fn car(&mut self) -> Vec<(Slot, Value)> {
        let mut values = Vec::new();
        let vehicle = format!(
            "{} {}",
            self.one_of(&VEHICLES),
            self.random.random_range(2009..=2026)
        );
        values.push((
            Slot::Attribute(self.attributes.vehicle),
            Value::Text(vehicle),
        ));
        let cars = if self.chance(15) { 2 } else { 1 };
        let plates: Vec<String> = (0..cars).map(|_| self.plate()).collect();
        values.extend(
            Value::texts(plates).map(|value| (Slot::Attribute(self.attributes.plates), value)),
        );
        if self.chance(80) {
            let date = self.date(2023..2026);
            values.extend(date.map(|date| {
                (
                    Slot::Attribute(self.attributes.last_service),
                    Value::Date(date),
                )
            }));
        }
        if self.chance(70) {
            let kilometres = Number::new(self.random.random_range(4_000_u32..280_000).into());
            values.push((
                Slot::Attribute(self.attributes.mileage),
                Value::Number(kilometres),
            ));
        }
        values
    }

    fn plate(&mut self) -> String {
        let letters: String = (0..3)
            .map(|_| char::from(self.random.random_range(b'A'..=b'Z')))
            .collect();
        format!("{letters} {:03}", self.random.random_range(0..1000))
    }
}

impl Iterator for Profiles {
    type Item = Vec<(Slot, Value)>;

    fn next(&mut self) -> Option<Self::Item> {
        let (mut values, email) = self.person();
        if self.chance(92) {
            values.push(text_of(
                Field::Reference,
                &format!("C-{:04}", 1000 + self.made),
            ));
        }
        if self.chance(93) {
            values.extend(
                self.cell_phone()
                    .map(|phone| text_of(Field::CellPhone, &phone)),
            );
        }
        if self.chance(60) {
            values.push(text_of(Field::Email, &email));
        }
        if self.chance(6) {
            values.push(text_of(Field::Company, self.one_of(&COMPANIES)));
        }
        if self.chance(75) {
            values.extend(self.address());
        }
        if self.chance(40) {
            let date = self.date(1944..2007);
            values.extend(date.map(|date| (Slot::Field(Field::BirthDate), Value::Date(date))));
        }
        if self.chance(90) {
            values.extend(self.car());
        }
        if self.chance(12) {
            values.push(text_of(Field::Notes, self.one_of(&NOTES)));
        }
        self.made += 1;
        Some(values)
    }
}

fn text_of(field: Field, text: &str) -> (Slot, Value) {
    (Slot::Field(field), Value::Text(text.to_owned()))
}
