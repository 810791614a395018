//! What each column of a file belongs to, and why it is thought so.

use domain::{attribute::AttributeKind, ids::AttributeId, import::merge::MergeRule, slot::Field};
use serde::{Deserialize, Serialize};

/// What a column belongs to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Belongs {
    #[default]
    Ignore,
    Field(Field),
    /// First and last name in one cell.
    FullName(NameOrder),
    Attribute(AttributeId),
    /// New string, New number, New date, New collection of texts.
    New {
        kind: AttributeKind,
        name: String,
    },
    /// A do-not-contact column: “yes” unsubscribes.
    Unsubscribe,
    /// The versions that an export wrote beside its rows.
    Version,
    /// Only in a file of appointments.
    Appointment(AppointmentField),
    /// A new attribute of appointments; only in a file of appointments.
    NewOfAppointment {
        kind: AttributeKind,
        name: String,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NameOrder {
    /// Amélie Roy
    FirstLast,
    /// Roy, Amélie
    LastFirst,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AppointmentField {
    Date,
    Time,
    Service,
    Notes,
}

/// How the cells of a column are written; only what its kind needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CellFormat {
    Dates(DateOrder),
    Numbers(DecimalMark),
    Texts(Separator),
}

/// Months in words, and years of four digits in front, are understood in every order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateOrder {
    YearMonthDay,
    DayMonthYear,
    MonthDayYear,
}

impl DateOrder {
    pub const ALL: &[Self] = &[Self::YearMonthDay, Self::DayMonthYear, Self::MonthDayYear];
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DecimalMark {
    /// 1,234.56
    Point,
    /// 1 234,56
    Comma,
}

/// What stands between the texts of a collection; a line break always does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Separator {
    Comma,
    Semicolon,
    Bar,
    Slash,
    LineBreak,
}

/// One column of the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Counted from 0.
    pub column: u32,
    /// As read; may be empty.
    pub header: String,
    /// The first three different ones, from filled rows.
    pub samples: Vec<String>,
    pub filled: u32,
    pub belongs: Belongs,
    /// Why the suggestion is what it is; the strongest first. About `suggested`, not about what a person chose instead.
    pub reasons: Vec<Reason>,
    pub suggested: Belongs,
    /// Set for columns of dates, numbers and collections, and missing where a date order must be asked for.
    pub format: Option<CellFormat>,
    /// What the cells say about the format, whatever was chosen.
    pub evidence: Option<Evidence>,
    pub rule: MergeRule,
    /// What a new attribute of this column would be called.
    pub attribute_name: String,
}

/// Why a column is thought to belong where it does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    ChosenLastTime,
    /// The header is alike a known title, such as `Cell phone`.
    HeaderAlike {
        title: String,
    },
    /// An attribute of the account has this name.
    ExistingAttribute {
        name: String,
    },
    Contents {
        contents: Contents,
        percent: u8,
    },
    /// No cell is filled.
    Empty,
    /// So few of the cells differ, in percent, that they cannot tell customers apart, whatever the title says.
    Repeated {
        percent: u8,
    },
    /// Another column suits the field better.
    TakenBy {
        column: u32,
    },
    /// A retired attribute has this name, and no new one can take it.
    RetiredAttribute {
        name: String,
    },
    /// The versions are those of another account's customers.
    OtherAccount,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Contents {
    Emails,
    Phones,
    Dates,
    Times,
    Numbers,
    Collections,
    YesOrNo,
    PostalCodes,
    Countries,
    Languages,
    /// Formulas whose results the file does not hold.
    Formulas,
    Texts,
    Versions,
}

/// What the cells of a column say about its format. A line is one of the file, counted from 1.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    /// All are real date cells, or have the month in words or the year in front: no order is needed.
    DatesAreClear,
    /// “Line 214 says 25/03/2024, so the day is first.”
    DayFirst {
        line: u32,
        text: String,
    },
    MonthFirst {
        line: u32,
        text: String,
    },
    YearFirst {
        line: u32,
        text: String,
    },
    /// No cell tells day from month: a person must.
    CannotTell {
        line: u32,
        text: String,
    },
    /// This text can be read in one order only, and every real date of the column falls on a day that could be a month: a
    /// program that expects the other order has probably swapped day and month in those. A person must look.
    LikelySwapped {
        line: u32,
        text: String,
    },
    /// One cell can only be day-first and another only month-first: a person must choose.
    Contradictory {
        day_first_line: u32,
        day_first: String,
        month_first_line: u32,
        month_first: String,
    },
    /// “Line 12 says 764,43, so the comma is the decimal mark.”
    Decimal {
        mark: DecimalMark,
        line: u32,
        text: String,
    },
    /// Nothing but whole numbers, or separators that could be either: other columns or habit decided.
    DecimalByHabit,
    /// “Line 9 says senior; fleet.”
    Separated {
        separator: Separator,
        line: u32,
        text: String,
    },
    /// No cell of the collection holds more than one text.
    OneTextEach,
}

impl Evidence {
    /// Whether the cells leave no choice.
    pub const fn proves(&self) -> bool {
        !matches!(
            self,
            Self::CannotTell { .. }
                | Self::LikelySwapped { .. }
                | Self::Contradictory { .. }
                | Self::DecimalByHabit
                | Self::OneTextEach
        )
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MappingProblem {
    /// Several columns belong to one field or attribute.
    ColumnsCollide {
        columns: Vec<u32>,
    },
    /// Neither the cells nor a person said which is the day and which the month.
    DateOrderNeeded {
        column: u32,
    },
    /// A live attribute has the name of a new one. The page proposes it if it is of the kind wanted.
    AttributeExists {
        column: u32,
        attribute: AttributeId,
        kind: AttributeKind,
    },
    AttributeNeedsName {
        column: u32,
    },
    AttributeNameTooLong {
        column: u32,
    },
    /// The attribute that was chosen is retired or gone.
    AttributeGone {
        column: u32,
    },
    /// Every column is ignored.
    NothingMapped,
    /// What appointments need besides a customer is not mapped: their date.
    AppointmentDateMissing,
    /// Appointments can be read, mapped and previewed, and not yet be brought in.
    AppointmentsLater,
    /// A warning: without a reference or a cell phone, importing makes duplicates.
    NoKey,
}

impl MappingProblem {
    /// Whether the import cannot go on before this is settled.
    pub const fn blocks(&self) -> bool {
        !matches!(self, Self::NoKey)
    }
}
