//! What the columns of the open file belong to.

use super::{Chosen, Session};
use crate::{
    columns::{
        FormatKind, attribute, attribute_name, attribute_named, format_kind, places, reading,
    },
    detected::Delimiter,
    mapping::{
        AppointmentField, Belongs, CellFormat, Column, DateOrder, DecimalMark, Evidence,
        MappingProblem, Separator,
    },
    memory::{Memory, Remembered},
    protocol::ImportKind,
    suggest::{Clues, suggest},
    understand::Reading,
};
use domain::{
    attribute::{AttributeKind, AttributeName, AttributeNameError},
    import::merge::MergeRule,
    slot::Field,
};
use std::collections::HashMap;

impl Chosen {
    pub(super) fn remembered(&self) -> Remembered {
        Remembered {
            belongs: self.belongs.clone(),
            format: self.format,
            rule: self.rule,
            attribute: self.new_attribute,
        }
    }
}

impl Session {
    /// Suggests anew for every column that no person decided.
    pub(super) fn suggest(&mut self) {
        self.plans.exact = false;
        let clues = Clues {
            sheet: &self.sheet,
            profiles: &self.profiles,
            attributes: &self.opening.attributes,
            kind: self.opening.kind,
            plans: &self.plans,
            memory: self.memory.as_ref(),
            account: self.opening.account,
            exported: false,
        };
        let suggestions = suggest(clues);
        let versioned = suggestions
            .iter()
            .any(|suggestion| suggestion.belongs == Belongs::Version);
        self.plans.exact = versioned;
        // The rules for corrections made in an export are not those for a list from elsewhere, whatever their titles.
        let is_alike = |memory: &&Memory| memory.has_versions() == versioned;
        self.columns = (0..)
            .zip(suggestions)
            .map(|(column, suggestion)| {
                let remembered = self
                    .memory
                    .as_ref()
                    .and_then(|memory| memory.get(self.header(column)));
                let usual_rule = self.usual_rule(&suggestion.belongs, versioned);
                let before = remembered.and_then(|remembered| remembered.format);
                let (format, evidence) = self.format_of(column, &suggestion.belongs, before);
                let chosen_rule = remembered
                    .filter(|_| self.memory.as_ref().is_some_and(|memory| is_alike(&memory)));
                Chosen {
                    format,
                    evidence,
                    rule: chosen_rule.map_or(usual_rule, |remembered| remembered.rule),
                    new_attribute: remembered
                        .and_then(|remembered| remembered.attribute)
                        .filter(|id| self.is_free(*id)),
                    suggested: suggestion.belongs.clone(),
                    belongs: suggestion.belongs,
                    reasons: suggestion.reasons,
                    touched: false,
                }
            })
            .collect();
        self.checks = self.columns.iter().map(|_| None).collect();
        self.forget_rows();
    }

    /// What becomes of values that are there, as long as nobody decides otherwise: in an export that comes back, what is not
    /// as it was exported was corrected.
    fn usual_rule(&self, belongs: &Belongs, versioned: bool) -> MergeRule {
        match format_kind(belongs, &self.opening.attributes) {
            _ if versioned => MergeRule::Replace,
            Some(FormatKind::Texts) => MergeRule::Add,
            _ => MergeRule::default(),
        }
    }

    /// The column of the versions that an export wrote.
    pub(super) fn version_column(&self) -> Option<u32> {
        (0..)
            .zip(&self.columns)
            .find(|(_, chosen)| chosen.belongs == Belongs::Version)
            .map(|(column, _)| column)
    }

    /// Whether no attribute of the account has the id.
    fn is_free(&self, id: domain::ids::AttributeId) -> bool {
        self.opening
            .attributes
            .iter()
            .all(|attribute| attribute.id != id)
    }

    /// Suggests anew with a mapping that is remembered; what a person decided since stays.
    pub(super) fn recall(&mut self, mapping: &str) {
        self.memory = Memory::parse(mapping).or_else(|| self.memory.take());
        let before = std::mem::take(&mut self.columns);
        self.suggest();
        for (now, before) in self.columns.iter_mut().zip(before) {
            if before.touched {
                *now = Chosen {
                    suggested: now.suggested.clone(),
                    reasons: now.reasons.clone(),
                    ..before
                };
            }
        }
    }

    /// What the cells prove; else what was chosen before, if it is of the right kind; else what is usual.
    fn format_of(
        &self,
        column: u32,
        belongs: &Belongs,
        before: Option<CellFormat>,
    ) -> (Option<CellFormat>, Option<Evidence>) {
        let Some(kind) = format_kind(belongs, &self.opening.attributes) else {
            return (None, None);
        };
        let before = before.filter(|format| format.kind() == kind);
        let (format, evidence) = self.profiles.format(&self.sheet, column, kind);
        let exported = self.exported_format(kind);
        // A comma between texts is as good a guess as any, but in an export it is known.
        let format = if exported.is_some() && kind == FormatKind::Texts {
            before.or(exported)
        } else if evidence.proves() {
            format
        } else {
            before.or(exported).or(format)
        };
        (format, Some(evidence))
    }

    /// How an export of our own writes what its cells cannot prove, unless a spreadsheet program has written it in its own way.
    fn exported_format(&self, kind: FormatKind) -> Option<CellFormat> {
        let delimiter = self.sheet.detected.text.and_then(|text| text.delimiter);
        let is_ours = self.plans.exact && delimiter != Some(Delimiter::Semicolon);
        is_ours.then_some(match kind {
            FormatKind::Date => CellFormat::Dates(DateOrder::YearMonthDay),
            FormatKind::Number => CellFormat::Numbers(DecimalMark::Point),
            FormatKind::Texts => CellFormat::Texts(Separator::Comma),
        })
    }

    /// Formats that a person chose for this very file, whatever its cells prove.
    pub(super) fn keep_formats(&mut self, memory: &Memory) {
        for column in 0..u32::try_from(self.columns.len()).unwrap_or(u32::MAX) {
            let format = memory
                .get(self.header(column))
                .and_then(|remembered| remembered.format);
            if let (Some(format), Some(chosen)) = (format, self.columns.get_mut(column as usize)) {
                let kind = format_kind(&chosen.belongs, &self.opening.attributes);
                if kind == Some(format.kind()) {
                    chosen.format = Some(format);
                }
            }
        }
    }

    pub(super) fn set_belongs(&mut self, column: u32, belongs: Belongs) {
        let before = self
            .columns
            .get(column as usize)
            .and_then(|chosen| chosen.format.filter(|_| chosen.touched));
        let (format, evidence) = self.format_of(column, &belongs, before);
        self.change(column, |chosen| {
            chosen.belongs = belongs;
            chosen.format = format;
            chosen.evidence = evidence;
        });
        self.heed_versions();
    }

    /// Versions that are ignored, or not ignored any more, change how every other column is read and merged.
    fn heed_versions(&mut self) {
        let versioned = self.version_column().is_some();
        if versioned == self.plans.exact {
            return;
        }
        let usual = |session: &Self, versioned: bool| -> Vec<MergeRule> {
            let of = |chosen: &Chosen| session.usual_rule(&chosen.belongs, versioned);
            session.columns.iter().map(of).collect()
        };
        let (before, now) = (usual(self, !versioned), usual(self, versioned));
        for (chosen, (before, now)) in self.columns.iter_mut().zip(before.iter().zip(now)) {
            if chosen.rule == *before {
                chosen.rule = now;
            }
        }
        self.plans.exact = versioned;
        self.checks.fill_with(|| None);
    }

    pub(super) fn set_format(&mut self, column: u32, format: CellFormat) {
        let kind = self
            .columns
            .get(column as usize)
            .and_then(|chosen| format_kind(&chosen.belongs, &self.opening.attributes));
        if kind == Some(format.kind()) {
            self.change(column, |chosen| chosen.format = Some(format));
        }
    }

    pub(super) fn set_rule(&mut self, column: u32, rule: MergeRule) {
        if let Some(chosen) = self.columns.get_mut(column as usize) {
            (chosen.rule, chosen.touched) = (rule, true);
        }
        self.staged = None;
    }

    fn change(&mut self, column: u32, change: impl FnOnce(&mut Chosen)) {
        let Some(chosen) = self.columns.get_mut(column as usize) else {
            return;
        };
        let before = reading(&chosen.belongs, chosen.format, &self.opening.attributes);
        change(chosen);
        chosen.touched = true;
        let same = before == reading(&chosen.belongs, chosen.format, &self.opening.attributes);
        if let (false, Some(check)) = (same, self.checks.get_mut(column as usize)) {
            *check = None;
        }
        self.forget_rows();
    }

    pub(super) fn forget_rows(&mut self) {
        self.decided = None;
        self.staged = None;
    }

    /// How the cells of a column are read; `None` for one that is ignored.
    pub(super) fn reading(&self, column: u32) -> Option<Reading> {
        let chosen = self.columns.get(column as usize)?;
        let reading = reading(&chosen.belongs, chosen.format, &self.opening.attributes)?;
        Some(reading.counting(self.sheet.serials))
    }

    /// The first column that belongs to a field.
    pub(super) fn column_of(&self, field: Field) -> Option<u32> {
        (0..)
            .zip(&self.columns)
            .find(|(_, chosen)| chosen.belongs == Belongs::Field(field))
            .map(|(column, _)| column)
    }

    pub(super) fn column(&self, column: u32, chosen: &Chosen) -> Column {
        let header = self.header(column);
        let profile = self.profiles.get(column);
        Column {
            column,
            header: header.to_owned(),
            samples: profile
                .map(|profile| profile.samples.clone())
                .unwrap_or_default(),
            filled: profile.map_or(0, |profile| profile.filled),
            belongs: chosen.belongs.clone(),
            reasons: chosen.reasons.clone(),
            suggested: chosen.suggested.clone(),
            format: chosen.format,
            evidence: chosen.evidence.clone(),
            rule: chosen.rule,
            attribute_name: attribute_name(header),
        }
    }

    pub(super) fn mapping_problems(&self) -> Vec<MappingProblem> {
        let mut problems: Vec<MappingProblem> = Vec::new();
        let mut owners: HashMap<_, Vec<u32>> = HashMap::new();
        for (column, chosen) in (0..).zip(&self.columns) {
            for place in places(&chosen.belongs) {
                owners.entry(place).or_default().push(column);
            }
            problems.extend(self.column_problem(column, chosen));
        }
        let mut collisions: Vec<Vec<u32>> = owners
            .into_values()
            .filter(|columns| columns.len() > 1)
            .collect();
        collisions.sort_unstable();
        collisions.dedup();
        problems.extend(
            collisions
                .into_iter()
                .map(|columns| MappingProblem::ColumnsCollide { columns }),
        );
        let any = |wanted: &dyn Fn(&Belongs) -> bool| {
            self.columns.iter().any(|chosen| wanted(&chosen.belongs))
        };
        let field = |field| any(&|belongs| *belongs == Belongs::Field(field));
        let brings_nothing = |belongs: &Belongs| {
            matches!(
                belongs,
                Belongs::Ignore | Belongs::Unsubscribe | Belongs::Version
            )
        };
        let is_key = any(&|belongs| *belongs == Belongs::Version);
        if !any(&|belongs| !brings_nothing(belongs)) {
            problems.push(MappingProblem::NothingMapped);
        } else if !is_key && !field(Field::Reference) && !field(Field::CellPhone) {
            problems.push(MappingProblem::NoKey);
        }
        if self.opening.kind == ImportKind::Appointments {
            if !any(&|belongs| *belongs == Belongs::Appointment(AppointmentField::Date)) {
                problems.push(MappingProblem::AppointmentDateMissing);
            }
            problems.push(MappingProblem::AppointmentsLater);
        }
        problems
    }

    fn column_problem(&self, column: u32, chosen: &Chosen) -> Option<MappingProblem> {
        if let Belongs::New { name, .. } | Belongs::NewOfAppointment { name, .. } = &chosen.belongs
        {
            match AttributeName::parse(name) {
                Err(AttributeNameError::Empty) => {
                    return Some(MappingProblem::AttributeNeedsName { column });
                }
                Err(AttributeNameError::TooLong) => {
                    return Some(MappingProblem::AttributeNameTooLong { column });
                }
                Ok(_) => {}
            }
        }
        match &chosen.belongs {
            Belongs::New { name, .. } => {
                if let Some(found) = attribute_named(&self.opening.attributes, name) {
                    return Some(MappingProblem::AttributeExists {
                        column,
                        attribute: found.id,
                        kind: found.kind,
                    });
                }
            }
            Belongs::Attribute(id) if attribute(&self.opening.attributes, *id).is_none() => {
                return Some(MappingProblem::AttributeGone { column });
            }
            _ => {}
        }
        let open = matches!(self.reading(column), Some(Reading::Date(None, ..)));
        open.then_some(MappingProblem::DateOrderNeeded { column })
    }

    /// The kind of the attribute that a column makes.
    pub(super) fn made_attribute(chosen: &Chosen) -> Option<(AttributeKind, AttributeName)> {
        match &chosen.belongs {
            Belongs::New { kind, name } => {
                AttributeName::parse(name).ok().map(|name| (*kind, name))
            }
            _ => None,
        }
    }
}
