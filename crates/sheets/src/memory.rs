//! What is kept of a mapping for the next file with such headers, and of the corrections for the same file.

use crate::{
    columns::{attribute, attribute_named},
    detected::Overrides,
    headers,
    mapping::{Belongs, CellFormat},
    protocol::ImportKind,
};
use domain::{attribute::Attribute, ids::AttributeId, import::merge::MergeRule};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A mapping by the folded titles of its columns, so that it survives columns that move, appear or go away.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Memory {
    columns: BTreeMap<String, Remembered>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Remembered {
    pub belongs: Belongs,
    #[serde(default)]
    pub format: Option<CellFormat>,
    #[serde(default)]
    pub rule: MergeRule,
    /// The id that a new attribute of this column was given.
    #[serde(default)]
    pub attribute: Option<AttributeId>,
}

impl Memory {
    /// Understands as much as it can of what an older or newer version wrote.
    pub(crate) fn parse(json: &str) -> Option<Self> {
        let mut json: serde_json::Value = serde_json::from_str(json).ok()?;
        let serde_json::Value::Object(columns) = json.get_mut("columns")?.take() else {
            return None;
        };
        let columns = columns
            .into_iter()
            .filter_map(|(key, value)| Some((key, serde_json::from_value(value).ok()?)));
        Some(Self {
            columns: columns.collect(),
        })
    }

    pub(crate) fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    pub(crate) fn insert(&mut self, header: &str, remembered: Remembered) {
        let key = headers::key(header);
        if !key.is_empty() {
            self.columns.insert(key, remembered);
        }
    }

    /// What `other` says of a column counts more.
    pub(crate) fn extend(&mut self, other: Self) {
        self.columns.extend(other.columns);
    }

    pub(crate) fn get(&self, header: &str) -> Option<&Remembered> {
        self.columns.get(&headers::key(header))
    }

    /// Whether it is of a file with the versions that an export writes.
    pub(crate) fn has_versions(&self) -> bool {
        self.columns
            .values()
            .any(|column| column.belongs == Belongs::Version)
    }

    /// What a column of this title belonged to, as far as that still exists.
    pub(crate) fn belongs(
        &self,
        header: &str,
        attributes: &[Attribute],
        kind: ImportKind,
    ) -> Option<Belongs> {
        let remembered = self.get(header)?;
        match &remembered.belongs {
            Belongs::Attribute(id) => {
                attribute(attributes, *id).map(|found| Belongs::Attribute(found.id))
            }
            Belongs::New { kind, name } => {
                let made = remembered
                    .attribute
                    .and_then(|id| attribute(attributes, id));
                match made.or_else(|| attribute_named(attributes, name)) {
                    Some(found) => Some(Belongs::Attribute(found.id)),
                    None => Some(Belongs::New {
                        kind: *kind,
                        name: name.clone(),
                    }),
                }
            }
            Belongs::Appointment(_) | Belongs::NewOfAppointment { .. }
                if kind == ImportKind::Customers =>
            {
                None
            }
            other => Some(other.clone()),
        }
    }
}

/// What a person changed of one file, by line and column of that file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Corrections {
    pub overrides: Overrides,
    /// Texts written instead of those of the file, by column and line.
    pub fixes: BTreeMap<(u32, u32), String>,
    /// Lines left out.
    pub skipped: BTreeSet<u32>,
}

/// Lines are written as differences from the line before, because a fix may be made in 100,000 cells at once.
#[derive(Serialize, Deserialize)]
struct Written {
    /// SHA-256 of the file, in hex.
    file: String,
    overrides: Overrides,
    fixes: Vec<WrittenFix>,
    skipped: Vec<u32>,
}

#[derive(Serialize, Deserialize)]
struct WrittenFix {
    column: u32,
    text: String,
    lines: Vec<u32>,
}

impl Corrections {
    /// Those of another file are no corrections of this one.
    pub(crate) fn parse(json: &str, file_sha256: &str) -> Option<Self> {
        let written: Written = serde_json::from_str(json).ok()?;
        if written.file != file_sha256 {
            return None;
        }
        let fixes = written.fixes.into_iter().flat_map(|fix| {
            let WrittenFix {
                column,
                text,
                lines,
            } = fix;
            sums(lines)
                .map(|line| ((column, line), text.clone()))
                .collect::<Vec<_>>()
        });
        Some(Self {
            overrides: written.overrides,
            fixes: fixes.collect(),
            skipped: sums(written.skipped).collect(),
        })
    }

    pub(crate) fn to_json(&self, file_sha256: &str) -> String {
        let mut grouped: BTreeMap<(u32, &str), Vec<u32>> = BTreeMap::new();
        for ((column, line), text) in &self.fixes {
            grouped.entry((*column, text)).or_default().push(*line);
        }
        let fixes = grouped
            .into_iter()
            .map(|((column, text), lines)| WrittenFix {
                column,
                text: text.to_owned(),
                lines: differences(lines),
            });
        let written = Written {
            file: file_sha256.to_owned(),
            overrides: self.overrides.clone(),
            fixes: fixes.collect(),
            skipped: differences(self.skipped.iter().copied()),
        };
        serde_json::to_string(&written).unwrap_or_default()
    }
}

fn differences(lines: impl IntoIterator<Item = u32>) -> Vec<u32> {
    let mut before = 0;
    lines
        .into_iter()
        .map(|line| line - std::mem::replace(&mut before, line))
        .collect()
}

fn sums(differences: Vec<u32>) -> impl Iterator<Item = u32> {
    differences.into_iter().scan(0_u32, |line, difference| {
        *line = line.saturating_add(difference);
        Some(*line)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_mapping_is_recalled_by_titles_however_they_are_spelt() {
        let mut memory = Memory::default();
        let belongs = Belongs::Field(domain::slot::Field::CellPhone);
        memory.insert(
            "Tél. cellulaire",
            Remembered {
                belongs: belongs.clone(),
                format: None,
                rule: MergeRule::Replace,
                attribute: None,
            },
        );
        let memory = Memory::parse(&memory.to_json()).unwrap();
        assert_eq!(
            memory.get("TEL cellulaire").map(|r| (&r.belongs, r.rule)),
            Some((&belongs, MergeRule::Replace))
        );
        assert_eq!(memory.get("Cellulaire"), None);
    }

    #[test]
    fn what_another_version_wrote_is_understood_as_far_as_possible() {
        let json = r#"{"version":9,"columns":{"email":{"belongs":{"field":"email"}},"moon":{"belongs":{"moon":1}}}}"#;
        let memory = Memory::parse(json).unwrap();
        assert!(memory.get("E-mail").is_some() && memory.get("Moon").is_none());
        assert_eq!(Memory::parse("[]"), None);
        assert_eq!(Memory::parse("{"), None);
    }

    #[test]
    fn corrections_of_another_file_are_left_alone() {
        let json = Corrections::default().to_json("aa");
        assert_eq!(Corrections::parse(&json, "bb"), None);
        assert_eq!(
            Corrections::parse(&json, "aa"),
            Some(Corrections::default())
        );
    }

    proptest! {
        #[test]
        fn corrections_survive_being_written(
            fixes in prop::collection::btree_map((0_u32..4, 1_u32..2_000_000), "[ab]{0,2}", 0..30),
            skipped in prop::collection::btree_set(1_u32..2_000_000, 0..30),
        ) {
            let corrections = Corrections { fixes, skipped, ..Corrections::default() };
            prop_assert_eq!(Corrections::parse(&corrections.to_json("f"), "f"), Some(corrections));
        }
    }
}
