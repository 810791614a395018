//! The rows of the open file on their way to the server.

use super::Session;
use crate::{
    mapping::{Belongs, MappingProblem},
    memory::Memory,
    preview::RowState,
    understand::{Content, understand},
};
use domain::{
    contact::TEXTS_MAX,
    ids::AttributeId,
    import::{
        chunk::{
            CHUNK_BYTES_MAX, CHUNK_ROWS, CellProblem, Chunk, ImportColumn, ImportPlanRequest,
            NewAttribute, RowContent, StagedRow,
        },
        merge::MergeRule,
    },
    phone::E164,
    slot::{Field, Slot},
    value::Value,
    version::CustomerVersion,
};
use flate2::{Compression, write::DeflateEncoder};
use std::io::Write;

/// How the rows are staged: fixed by a plan until anything changes.
#[derive(Debug)]
pub(super) struct Staged {
    slots: Vec<StagedSlot>,
    /// The first row of each chunk, and the end of the last.
    bounds: Vec<u32>,
}

#[derive(Clone, Copy, Debug)]
struct StagedSlot {
    slot: Slot,
    column: u32,
    part: Part,
}

/// What the cells of one row say.
struct RowRead {
    values: Vec<Option<Value>>,
    unsubscribe: bool,
    version: Option<CustomerVersion>,
}

/// Which part of a cell fills a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Whole,
    FirstName,
    LastName,
    /// The phones beside the cell phone.
    MorePhones,
}

impl Session {
    /// What to begin the import with, or what keeps it from beginning.
    pub fn plan(
        &mut self,
        new_id: &mut dyn FnMut() -> AttributeId,
    ) -> Result<ImportPlanRequest, Vec<MappingProblem>> {
        let problems: Vec<MappingProblem> = self
            .mapping_problems()
            .into_iter()
            .filter(MappingProblem::blocks)
            .collect();
        if !problems.is_empty() {
            return Err(problems);
        }
        self.decide();
        let sha256 = self.sha256();
        let new_attributes = self.new_attributes(new_id);
        let slots = self.slots();
        let bounds = self.bounds();
        let rules = |column: u32| {
            self.columns
                .get(column as usize)
                .map(|chosen| chosen.rule)
                .unwrap_or_default()
        };
        let columns = slots.iter().map(|staged| ImportColumn {
            slot: staged.slot,
            rule: if staged.part == Part::MorePhones {
                MergeRule::Add
            } else {
                rules(staged.column)
            },
            source: staged.column,
        });
        let request = ImportPlanRequest {
            file_name: self.opening.file_name.clone(),
            file_bytes: u64::try_from(self.file.len()).unwrap_or(u64::MAX),
            file_sha256: sha256.clone(),
            sheet: self.sheet.detected.sheet.clone(),
            headers: self
                .sheet
                .detected
                .columns
                .iter()
                .map(|column| column.name.clone())
                .collect(),
            columns: columns.collect(),
            version_column: self.version_column(),
            new_attributes,
            rows: self.rows(),
            chunks: u32::try_from(bounds.len().saturating_sub(1)).unwrap_or(u32::MAX),
            mapping: self.remember().to_json(),
            corrections: self.corrections.to_json(&sha256),
        };
        self.staged = Some(Staged { slots, bounds });
        Ok(request)
    }

    fn remember(&self) -> Memory {
        let mut memory = Memory::default();
        for (column, chosen) in (0..).zip(&self.columns) {
            memory.insert(self.header(column), chosen.remembered());
        }
        memory
    }

    fn new_attributes(&mut self, new_id: &mut dyn FnMut() -> AttributeId) -> Vec<NewAttribute> {
        let made = self.columns.iter_mut().filter_map(|chosen| {
            let (kind, name) = Self::made_attribute(chosen)?;
            let id = *chosen.new_attribute.get_or_insert_with(&mut *new_id);
            Some(NewAttribute { id, name, kind })
        });
        made.collect()
    }

    fn slots(&self) -> Vec<StagedSlot> {
        let mut slots = Vec::new();
        for (column, chosen) in (0..).zip(&self.columns) {
            let mut add = |slot, part| slots.push(StagedSlot { slot, column, part });
            match &chosen.belongs {
                Belongs::Field(field) => add(Slot::Field(*field), Part::Whole),
                Belongs::FullName(_) => {
                    add(Slot::Field(Field::FirstName), Part::FirstName);
                    add(Slot::Field(Field::LastName), Part::LastName);
                }
                Belongs::Attribute(id) => add(Slot::Attribute(*id), Part::Whole),
                Belongs::New { .. } => {
                    if let Some(id) = chosen.new_attribute {
                        add(Slot::Attribute(id), Part::Whole);
                    }
                }
                Belongs::Ignore
                | Belongs::Unsubscribe
                | Belongs::Version
                | Belongs::Appointment(_)
                | Belongs::NewOfAppointment { .. } => {}
            }
        }
        let more_phones = self.column_of(Field::CellPhone).filter(|column| {
            self.checks
                .get(*column as usize)
                .and_then(Option::as_ref)
                .is_some_and(|check| {
                    !check.more_phones.is_empty() || self.folds_phones(&check.phones)
                })
        });
        if let (Some(column), None) = (more_phones, self.column_of(Field::OtherPhones)) {
            slots.push(StagedSlot {
                slot: Slot::Field(Field::OtherPhones),
                column,
                part: Part::MorePhones,
            });
        }
        slots
    }

    /// Whether some rows of one person have more than one of these cell phones.
    fn folds_phones(&self, phones: &[u64]) -> bool {
        let phone = |row: u32| {
            phones
                .get(row as usize)
                .copied()
                .filter(|phone| *phone != 0)
        };
        self.decided.as_ref().is_some_and(|decided| {
            decided.folded.iter().any(|(first, rows)| {
                let mut phones = std::iter::once(first)
                    .chain(rows)
                    .copied()
                    .filter_map(phone);
                phones
                    .next()
                    .is_some_and(|first| phones.any(|phone| phone != first))
            })
        })
    }

    /// Chunks of at most [`CHUNK_ROWS`] rows that stay well below [`CHUNK_BYTES_MAX`], whatever the cells hold.
    fn bounds(&self) -> Vec<u32> {
        let columns = u32::try_from(self.columns.len()).unwrap_or(u32::MAX);
        let cells = |row: u32| {
            (0..columns)
                .map(|column| self.cell(row, column).text.len() + 16)
                .sum::<usize>()
        };
        let mut bounds = vec![0];
        let (mut rows, mut bytes) = (0, 0);
        for row in 0..self.rows() {
            let size = cells(row)
                + self
                    .folded_into(row)
                    .iter()
                    .map(|row| cells(*row))
                    .sum::<usize>();
            if rows == CHUNK_ROWS || rows > 0 && bytes + size > CHUNK_BYTES_MAX / 4 {
                bounds.push(row);
                (rows, bytes) = (0, 0);
            }
            rows += 1;
            bytes += size;
        }
        bounds.push(self.rows());
        bounds
    }

    /// One chunk as the server takes it; `None` before a plan, after a change, or past the last.
    pub fn chunk(&mut self, number: u32) -> Option<Vec<u8>> {
        self.decide();
        let staged = self.staged.as_ref()?;
        let from = *staged.bounds.get(number as usize)?;
        let to = *staged.bounds.get(number as usize + 1)?;
        let rows = (from..to).map(|row| StagedRow {
            line: self.line(row),
            content: self.content(row, &staged.slots),
        });
        let chunk = Chunk {
            number,
            rows: rows.collect(),
        };
        let plain = postcard::to_stdvec(&chunk).ok()?;
        let mut deflated =
            DeflateEncoder::new(Vec::with_capacity(plain.len() / 3), Compression::fast());
        deflated.write_all(&plain).ok()?;
        deflated.finish().ok()
    }

    fn content(&self, row: u32, slots: &[StagedSlot]) -> RowContent {
        match self.state(row) {
            RowState::Skipped(reason) => RowContent::Skipped(reason),
            RowState::Failed => RowContent::Failed {
                cells: (0..)
                    .zip(&self.columns)
                    .map(|(column, _)| self.cell(row, column).text.to_owned())
                    .collect(),
                problems: self
                    .problems_of(row)
                    .into_iter()
                    .map(|(column, reason)| CellProblem { column, reason })
                    .collect(),
            },
            RowState::Ready => {
                let mut read = self.values(row, slots);
                let place = |field| {
                    slots
                        .iter()
                        .position(|staged| staged.slot == Slot::Field(field))
                };
                let (cell, others) = (place(Field::CellPhone), place(Field::OtherPhones));
                for folded in self.folded_into(row) {
                    let mut more = self.values(*folded, slots);
                    let phone = cell.and_then(|cell| another(&read.values, &more.values, cell));
                    if let (Some(phone), Some(place)) =
                        (phone, others.and_then(|others| more.values.get_mut(others)))
                    {
                        *place = take_over(Value::texts([phone]), place.take());
                    }
                    for (value, more) in read.values.iter_mut().zip(more.values) {
                        *value = take_over(value.take(), more);
                    }
                    read.unsubscribe |= more.unsubscribe;
                    read.version = read.version.or(more.version);
                }
                RowContent::Values {
                    values: read.values,
                    unsubscribe: read.unsubscribe,
                    version: read.version,
                }
            }
        }
    }

    fn values(&self, row: u32, slots: &[StagedSlot]) -> RowRead {
        let (mut unsubscribe, mut version) = (false, None);
        let mut values: Vec<Option<Value>> = vec![None; slots.len()];
        let mut more_phones = None;
        for (column, _) in (0..).zip(&self.columns) {
            let Some(reading) = self.reading(column) else {
                continue;
            };
            let content = understand(reading, self.cell(row, column), &self.plans).content;
            let mut fill = |part, value: Option<Value>| {
                let place = slots
                    .iter()
                    .position(|staged| staged.column == column && staged.part == part);
                if let Some(place) = place.and_then(|place| values.get_mut(place)) {
                    *place = value;
                }
            };
            match content {
                Content::Blank | Content::Problem(_) => {}
                Content::Yes(yes) => unsubscribe |= yes,
                Content::Version(read) => version = Some(read),
                Content::Text(text) => fill(Part::Whole, Some(Value::Text(text.into_owned()))),
                Content::Texts(texts) => fill(Part::Whole, Value::texts(&texts)),
                Content::Date(date) => fill(Part::Whole, Some(Value::Date(date))),
                Content::Number(number) => fill(Part::Whole, Some(Value::Number(number))),
                Content::Name { first, last } => {
                    fill(Part::FirstName, Value::text(&first));
                    fill(Part::LastName, Value::text(&last));
                }
                Content::Phone { phone, more } => {
                    fill(Part::Whole, Some(Value::Text(phone.to_string())));
                    more_phones = Value::texts(more.iter().map(E164::as_str));
                }
            }
        }
        let others = slots
            .iter()
            .position(|staged| staged.slot == Slot::Field(Field::OtherPhones));
        if let Some(place) = others.and_then(|place| values.get_mut(place)) {
            *place = take_over(place.take(), more_phones);
        }
        RowRead {
            values,
            unsubscribe,
            version,
        }
    }
}

/// The text of this slot on the second row, when the first has another one.
fn another(values: &[Option<Value>], more: &[Option<Value>], slot: usize) -> Option<String> {
    match (values.get(slot)?, more.get(slot)?) {
        (Some(value), Some(Value::Text(other))) if *value != Value::Text(other.clone()) => {
            Some(other.clone())
        }
        _ => None,
    }
}

/// What a row has, with what another row of the same person adds: blanks are filled, collections are joined.
fn take_over(value: Option<Value>, more: Option<Value>) -> Option<Value> {
    match (value, more) {
        (Some(Value::Texts(texts)), Some(Value::Texts(more))) => {
            Value::texts(texts.iter().chain(&more).take(TEXTS_MAX))
        }
        (value, more) => value.or(more),
    }
}
