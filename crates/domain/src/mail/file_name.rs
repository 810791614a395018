//! What a file that is sent is called.

use crate::{error::Invalid, export::ExportFormat};
use serde::{Deserialize, Deserializer, Serialize};
use std::fmt;

const NAME_MAX: usize = 200;

/// The name of an exported file: one line without anything that leads to another folder, with the ending of its format.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct FileName(String);

impl FileName {
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let text = text.trim();
        if text.chars().count() > NAME_MAX {
            return Err(Invalid::TooLong {
                max: u32::try_from(NAME_MAX).unwrap_or(u32::MAX),
            });
        }
        let plain = !text.chars().any(|c| c.is_control() || "/\\\"".contains(c));
        let name = Self(text.to_owned());
        if plain && name.format().is_some() && !name.stem().is_empty() {
            Ok(name)
        } else {
            Err(Invalid::WrongType)
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name without its ending.
    pub fn stem(&self) -> &str {
        self.0.rsplit_once('.').map_or(&*self.0, |(stem, _)| stem)
    }

    pub fn is_of(&self, format: ExportFormat) -> bool {
        self.format() == Some(format)
    }

    fn format(&self) -> Option<ExportFormat> {
        let (_, ending) = self.0.rsplit_once('.')?;
        [ExportFormat::Xlsx, ExportFormat::Csv]
            .into_iter()
            .find(|format| format.key() == ending)
    }

    /// The media type of what is in the file.
    pub fn media_type(&self) -> &'static str {
        self.format().unwrap_or_default().media_type()
    }
}

impl fmt::Display for FileName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for FileName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn has_the_ending_of_its_format_and_leads_nowhere_else() {
        let name = FileName::parse("Clients désabonnés 2026-11-26.csv").unwrap();
        assert_eq!(name.stem(), "Clients désabonnés 2026-11-26");
        assert!(name.is_of(ExportFormat::Csv) && !name.is_of(ExportFormat::Xlsx));
        assert_eq!(name.media_type(), "text/csv");
        for wrong in [
            "",
            ".csv",
            "a",
            "a.exe",
            "../a.csv",
            "a\\b.csv",
            "a\r\nBcc: x.csv",
            "\"a.csv",
            "a.csv.exe",
        ] {
            assert!(FileName::parse(wrong).is_err(), "{wrong:?}");
        }
        assert!(FileName::parse(&format!("{}.csv", "a".repeat(NAME_MAX))).is_err());
    }
}
