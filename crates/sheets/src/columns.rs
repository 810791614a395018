//! The columns of a file: what they look like, what they belong to, and how their cells are read.

use crate::{
    detected::Delimiter,
    headers,
    mapping::{AppointmentField, Belongs, CellFormat, DecimalMark, Evidence, Separator},
    profile::{Profile, collection},
    read::Opened,
    understand::{
        Reading,
        date::{Century, Serials},
    },
};
use domain::{
    attribute::{Attribute, AttributeKind, AttributeName},
    ids::AttributeId,
    slot::{Field, SlotKind},
};

/// What is known of every column before anything is chosen.
#[derive(Debug)]
pub(crate) struct Profiles {
    profiles: Vec<Profile>,
    /// What the other columns write, for a column of numbers that does not tell.
    habit: DecimalMark,
}

/// Rows looked at in one go: few enough that their cells stay in the cache from one column to the next.
const ROWS: usize = 256;

impl Profiles {
    /// Looks at every cell; `done` hears from time to time how many rows are done.
    pub(crate) fn of(sheet: &Opened, mut done: impl FnMut(u32)) -> Self {
        let mut profiles = vec![Profile::default(); sheet.detected.columns.len()];
        let mut first = 0;
        for rows in sheet.data.chunks(ROWS) {
            for (column, profile) in (0..).zip(&mut profiles) {
                profile.add_rows(sheet, column, first, rows);
            }
            first += u32::try_from(rows.len()).unwrap_or(u32::MAX);
            done(first);
        }
        let marks = |mark| {
            profiles
                .iter()
                .filter(|profile| profile.numbers.mark() == Some(mark))
                .count()
        };
        let semicolons = sheet
            .detected
            .text
            .is_some_and(|text| text.delimiter == Some(Delimiter::Semicolon));
        let commas = marks(DecimalMark::Comma) + usize::from(semicolons);
        let habit = if commas > marks(DecimalMark::Point) {
            DecimalMark::Comma
        } else {
            DecimalMark::Point
        };
        Self { profiles, habit }
    }

    pub(crate) fn get(&self, column: u32) -> Option<&Profile> {
        self.profiles.get(column as usize)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (u32, &Profile)> {
        (0..).zip(&self.profiles)
    }

    /// The format that the cells of a column prove, or that is usual; `None` where only a person can tell.
    pub(crate) fn format(
        &self,
        sheet: &Opened,
        column: u32,
        kind: FormatKind,
    ) -> (Option<CellFormat>, Evidence) {
        let Some(profile) = self.get(column) else {
            return (None, Evidence::DecimalByHabit);
        };
        match kind {
            FormatKind::Date => {
                let (order, evidence) = profile.dates.order(sheet, column);
                (order.map(CellFormat::Dates), evidence)
            }
            FormatKind::Number => {
                let mark = profile.numbers.mark().unwrap_or(self.habit);
                (
                    Some(CellFormat::Numbers(mark)),
                    profile.numbers.evidence(sheet, column),
                )
            }
            FormatKind::Texts => {
                match collection(sheet, column, &profile.texts, profile.filled, true) {
                    Some((separator, evidence)) => (Some(CellFormat::Texts(separator)), evidence),
                    None => (
                        Some(CellFormat::Texts(Separator::Comma)),
                        Evidence::OneTextEach,
                    ),
                }
            }
        }
    }
}

/// Kinds whose cells can be written in several ways.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FormatKind {
    Date,
    Number,
    Texts,
}

impl CellFormat {
    pub(crate) const fn kind(self) -> FormatKind {
        match self {
            Self::Dates(_) => FormatKind::Date,
            Self::Numbers(_) => FormatKind::Number,
            Self::Texts(_) => FormatKind::Texts,
        }
    }
}

/// How the cells of a column are read; `None` for one that is ignored.
pub(crate) fn reading(
    belongs: &Belongs,
    format: Option<CellFormat>,
    attributes: &[Attribute],
) -> Option<Reading> {
    let slot = |kind: SlotKind, century| match kind {
        SlotKind::Reference => Reading::Reference,
        SlotKind::Text => Reading::Text,
        SlotKind::LongText => Reading::LongText,
        SlotKind::Phone => Reading::Phone,
        SlotKind::Phones => Reading::Phones,
        SlotKind::Email => Reading::Email,
        SlotKind::Country => Reading::Country,
        SlotKind::Language => Reading::Language,
        SlotKind::Date => Reading::Date(
            match format {
                Some(CellFormat::Dates(order)) => Some(order),
                _ => None,
            },
            century,
            Serials::default(),
        ),
        SlotKind::Number => Reading::Number(match format {
            Some(CellFormat::Numbers(mark)) => mark,
            _ => DecimalMark::Point,
        }),
        SlotKind::Texts => Reading::Texts(match format {
            Some(CellFormat::Texts(separator)) => separator,
            _ => Separator::Comma,
        }),
    };
    Some(match belongs {
        Belongs::Ignore => return None,
        Belongs::Field(Field::BirthDate) => slot(SlotKind::Date, Century::Birth),
        Belongs::Field(field) => slot(field.kind(), Century::Near),
        Belongs::FullName(order) => Reading::Name(*order),
        Belongs::Attribute(id) => slot(attribute(attributes, *id)?.kind.into(), Century::Near),
        Belongs::New { kind, .. } | Belongs::NewOfAppointment { kind, .. } => {
            slot((*kind).into(), Century::Near)
        }
        Belongs::Unsubscribe => Reading::YesOrNo,
        Belongs::Version => Reading::Version,
        Belongs::Appointment(AppointmentField::Date) => slot(SlotKind::Date, Century::Near),
        Belongs::Appointment(AppointmentField::Time) => Reading::Time,
        Belongs::Appointment(AppointmentField::Service) => Reading::Text,
        Belongs::Appointment(AppointmentField::Notes) => Reading::LongText,
    })
}

/// The format that a column needs, if any.
pub(crate) fn format_kind(belongs: &Belongs, attributes: &[Attribute]) -> Option<FormatKind> {
    match reading(belongs, None, attributes)? {
        Reading::Date(..) => Some(FormatKind::Date),
        Reading::Number(_) => Some(FormatKind::Number),
        Reading::Texts(_) => Some(FormatKind::Texts),
        _ => None,
    }
}

/// A live attribute.
pub(crate) fn attribute(attributes: &[Attribute], id: AttributeId) -> Option<&Attribute> {
    attributes
        .iter()
        .find(|attribute| attribute.id == id && !attribute.retired)
}

/// The live attribute that has this name.
pub(crate) fn attribute_named<'a>(
    attributes: &'a [Attribute],
    name: &str,
) -> Option<&'a Attribute> {
    let key = AttributeName::parse(name).ok()?.key();
    attributes
        .iter()
        .find(|attribute| !attribute.retired && attribute.name.key() == key)
}

/// The live attribute that a header names, punctuation aside.
pub(crate) fn attribute_titled<'a>(
    attributes: &'a [Attribute],
    header: &str,
) -> Option<&'a Attribute> {
    // So an export calls an attribute that has the name of a field.
    let header = [" (attribute)", " (attribut)"]
        .iter()
        .find_map(|said| header.strip_suffix(said))
        .unwrap_or(header);
    let key = headers::key(header);
    attribute_named(attributes, header).or_else(|| {
        attributes.iter().find(|attribute| {
            !attribute.retired && !key.is_empty() && headers::key(attribute.name.as_str()) == key
        })
    })
}

/// The retired attribute that has this name, which a new one therefore cannot have.
pub(crate) fn retired_named<'a>(attributes: &'a [Attribute], name: &str) -> Option<&'a Attribute> {
    let key = AttributeName::parse(name).ok()?.key();
    attributes
        .iter()
        .find(|attribute| attribute.retired && attribute.name.key() == key)
}

/// A name for a new attribute.
pub(crate) fn attribute_name(header: &str) -> String {
    let short: String = header.chars().take(AttributeName::MAX).collect();
    AttributeName::parse(&short)
        .map(|name| name.to_string())
        .unwrap_or_default()
}

/// Whether a column says who a row is about.
pub(crate) const fn names_somebody(belongs: &Belongs) -> bool {
    matches!(
        belongs,
        Belongs::FullName(_)
            | Belongs::Field(
                Field::Reference
                    | Field::FirstName
                    | Field::LastName
                    | Field::Company
                    | Field::CellPhone
                    | Field::OtherPhones
                    | Field::Email
            )
    )
}

/// What no two columns may both belong to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Place {
    Field(Field),
    Attribute(AttributeId),
    /// Of a customer or of an appointment, by the key of its name.
    New(bool, String),
    Unsubscribe,
    Version,
    Appointment(AppointmentField),
}

pub(crate) fn places(belongs: &Belongs) -> Vec<Place> {
    let key = |name: &str| {
        AttributeName::parse(name)
            .map(|name| name.key())
            .unwrap_or_default()
    };
    match belongs {
        Belongs::Ignore => Vec::new(),
        Belongs::Field(field) => vec![Place::Field(*field)],
        Belongs::FullName(_) => vec![
            Place::Field(Field::FirstName),
            Place::Field(Field::LastName),
        ],
        Belongs::Attribute(id) => vec![Place::Attribute(*id)],
        Belongs::New { name, .. } => vec![Place::New(false, key(name))],
        Belongs::NewOfAppointment { name, .. } => vec![Place::New(true, key(name))],
        Belongs::Unsubscribe => vec![Place::Unsubscribe],
        Belongs::Version => vec![Place::Version],
        Belongs::Appointment(field) => vec![Place::Appointment(*field)],
    }
}

/// A new attribute of the kind that the file is about.
pub(crate) fn new_attribute(appointments: bool, kind: AttributeKind, name: String) -> Belongs {
    if appointments {
        Belongs::NewOfAppointment { kind, name }
    } else {
        Belongs::New { kind, name }
    }
}
