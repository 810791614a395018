//! What reading found out about a file: shown to the person, who can overrule it.

use serde::{Deserialize, Serialize};

/// What a person decided instead of what detection would.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overrides {
    pub encoding: Option<Encoding>,
    pub delimiter: Option<Delimiter>,
    pub sheet: Option<String>,
    /// The line of the column titles; 0 if the file has none.
    pub header_line: Option<u32>,
    /// The last line that may hold data.
    pub last_line: Option<u32>,
}

/// Everything worth telling about how a file was read. Lines count from 1 as spreadsheets do, columns from 0.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Detected {
    pub format: Format,
    /// Of a text file.
    pub text: Option<TextFound>,
    /// Of a workbook, in its order; empty for a text file.
    pub sheets: Vec<SheetFound>,
    /// The name of the sheet that was read.
    pub sheet: Option<String>,
    /// The line of the column titles, the lowest if they take several; 0 if the file has none.
    pub header_line: u32,
    /// Filled rows above the header: titles, addresses, dates of export.
    pub title_lines: Vec<u32>,
    /// The first and last line that hold data.
    pub first_data_line: u32,
    pub last_data_line: u32,
    pub data_rows: u32,
    /// Blank rows between the header and the last data row; they are skipped.
    pub blank_rows: u32,
    /// Rows of totals below the data, and what stands under them; they are not data.
    pub total_lines: Vec<u32>,
    /// One for each column of the table.
    pub columns: Vec<ColumnFound>,
    pub repairs: Vec<Repair>,
}

impl Detected {
    /// Columns with neither a title nor any data.
    pub fn empty_columns(&self) -> impl Iterator<Item = u32> {
        (0..)
            .zip(&self.columns)
            .filter(|(_, column)| column.is_empty())
            .map(|(index, _)| index)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// CSV, TSV and every other delimited text.
    Text,
    Xlsx,
    Xlsm,
    Xlsb,
    Xls,
    Ods,
    /// A table of a web page.
    Html,
    /// The XML of Excel 2003.
    SpreadsheetMl,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextFound {
    pub encoding: Encoding,
    pub evidence: EncodingEvidence,
    /// `None`: one column only.
    pub delimiter: Option<Delimiter>,
    pub line_ending: LineEnding,
}

/// How a text file writes its characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Encoding {
    #[serde(rename = "utf-8")]
    Utf8,
    #[serde(rename = "utf-16le")]
    Utf16Le,
    #[serde(rename = "utf-16be")]
    Utf16Be,
    #[serde(rename = "windows-1252")]
    Windows1252,
    /// Mac OS Roman.
    #[serde(rename = "macintosh")]
    MacRoman,
    /// DOS, western Europe.
    #[serde(rename = "ibm850")]
    Ibm850,
    #[serde(rename = "windows-1250")]
    Windows1250,
    #[serde(rename = "windows-1251")]
    Windows1251,
    #[serde(rename = "windows-1253")]
    Windows1253,
    #[serde(rename = "windows-1254")]
    Windows1254,
    #[serde(rename = "windows-1255")]
    Windows1255,
    #[serde(rename = "windows-1256")]
    Windows1256,
    #[serde(rename = "windows-1257")]
    Windows1257,
    #[serde(rename = "windows-1258")]
    Windows1258,
    #[serde(rename = "windows-874")]
    Windows874,
    #[serde(rename = "shift_jis")]
    ShiftJis,
    #[serde(rename = "euc-jp")]
    EucJp,
    #[serde(rename = "euc-kr")]
    EucKr,
    #[serde(rename = "gb18030")]
    Gb18030,
    #[serde(rename = "big5")]
    Big5,
}

impl Encoding {
    pub const ALL: &[Self] = &[
        Self::Utf8,
        Self::Utf16Le,
        Self::Utf16Be,
        Self::Windows1252,
        Self::MacRoman,
        Self::Ibm850,
        Self::Windows1250,
        Self::Windows1251,
        Self::Windows1253,
        Self::Windows1254,
        Self::Windows1255,
        Self::Windows1256,
        Self::Windows1257,
        Self::Windows1258,
        Self::Windows874,
        Self::ShiftJis,
        Self::EucJp,
        Self::EucKr,
        Self::Gb18030,
        Self::Big5,
    ];

    /// The name that people and other programs use.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf16Le => "utf-16le",
            Self::Utf16Be => "utf-16be",
            Self::Windows1252 => "windows-1252",
            Self::MacRoman => "macintosh",
            Self::Ibm850 => "ibm850",
            Self::Windows1250 => "windows-1250",
            Self::Windows1251 => "windows-1251",
            Self::Windows1253 => "windows-1253",
            Self::Windows1254 => "windows-1254",
            Self::Windows1255 => "windows-1255",
            Self::Windows1256 => "windows-1256",
            Self::Windows1257 => "windows-1257",
            Self::Windows1258 => "windows-1258",
            Self::Windows874 => "windows-874",
            Self::ShiftJis => "shift_jis",
            Self::EucJp => "euc-jp",
            Self::EucKr => "euc-kr",
            Self::Gb18030 => "gb18030",
            Self::Big5 => "big5",
        }
    }
}

/// Why a text is believed to be in its encoding, surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EncodingEvidence {
    /// A person said so.
    Chosen,
    /// The file begins with the mark of its encoding.
    Mark,
    /// Every byte fits, which hardly happens by chance; or there is nothing but plain ASCII.
    Valid,
    /// All but a few bytes fit.
    NearlyValid,
    /// The letters make the likeliest words.
    Likely,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Delimiter {
    Comma,
    Semicolon,
    Tab,
    Pipe,
}

impl Delimiter {
    pub const ALL: &[Self] = &[Self::Comma, Self::Semicolon, Self::Tab, Self::Pipe];

    pub const fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
            Self::Tab => b'\t',
            Self::Pipe => b'|',
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LineEnding {
    Lf,
    CrLf,
    /// Classic Mac OS.
    Cr,
    Mixed,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetFound {
    pub name: String,
    pub hidden: bool,
    /// Rows with at least one filled cell, where they were counted.
    pub filled_rows: Option<u32>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnFound {
    /// Unique in the file. A column without a title is called by its letter.
    pub name: String,
    pub title: Title,
    /// It is filled in some data row.
    pub has_data: bool,
}

impl ColumnFound {
    /// Neither a title nor any data.
    pub fn is_empty(&self) -> bool {
        self.title == Title::Missing && !self.has_data
    }
}

/// Where a column's name comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Title {
    /// The header cell, as it stands.
    Own,
    /// The header cell, numbered because another column has the same title.
    Repeated,
    /// No title: the column's letter.
    Missing,
}

/// What was put right while reading. Each is told to the person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Repair {
    /// The name of the file ends as of another format than its contents.
    WrongEnding { ending: String },
    /// Bytes that are no characters in the encoding became `�`. `first_line` as in [`Detected`].
    BrokenBytes { count: u32, first_line: u32 },
    /// NUL bytes were left out.
    NulBytes { count: u32 },
    /// A first line `sep=;` named the delimiter and was left out; lines count from the one after it.
    SeparatorLine,
    /// Quotes opened and never closed were read as characters.
    UnclosedQuotes { count: u32, first_line: u32 },
    /// Data rows with more cells than there are columns in the header.
    LongRows { count: u32, first_line: u32 },
    /// Data rows of a text file with fewer cells than the header; the rest is blank.
    ShortRows { count: u32, first_line: u32 },
    /// Cells of the header that span several columns or rows.
    MergedHeader { count: u32 },
    /// Merged cells among the data: the value stays in the first cell of each.
    MergedCells { count: u32, first_line: u32 },
    /// Merged cells of one column among the data: every row that they span got the value.
    FilledDown { count: u32, first_line: u32 },
    /// Two columns had the same title.
    RepeatedTitles { count: u32 },
    /// Rows among the data that say the titles again, as every printed page does; they are not data.
    TitleRows { count: u32, first_line: u32 },
    /// The first row is data already: there are no titles at all.
    NoTitles,
    /// Columns with data and without a title.
    MissingTitles { count: u32 },
    /// Rows or cells that the file stores out of order.
    OutOfOrder,
    /// The sheets that people see are empty; a hidden one was read.
    HiddenSheet,
    /// Data rows that the program does not show, because of a filter or because somebody hid them; they are read.
    HiddenRows { count: u32, first_line: u32 },
    /// The sheet's formulas have no stored results, in this many cells of data.
    FormulasWithoutValue { count: u32, first_line: u32 },
}
