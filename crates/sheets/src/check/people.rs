//! Which rows are ready, and which are the same person.

use super::{ColumnCheck, Status};
use crate::preview::RowState;
use domain::{ids::CustomerId, import::chunk::SkipReason};
use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet, HashMap, hash_map::Entry},
};

/// What was decided of every data row.
#[derive(Debug, Default)]
pub(crate) struct Decided {
    pub states: Vec<RowState>,
    /// Rows with an unsolved problem, in order.
    pub failed: Vec<u32>,
    /// Rows whose phone stands on the line of another person, with that line.
    pub phone_of_line: BTreeMap<u32, u32>,
    /// Rows that hold something and name nobody.
    pub nameless: BTreeSet<u32>,
    /// Rows that took over other rows, with those.
    pub folded: HashMap<u32, Vec<u32>>,
}

/// What rows are decided by.
#[derive(Debug)]
pub(crate) struct Deciding<'a> {
    /// The line of the file for each data row, growing.
    pub lines: &'a [u32],
    /// The checks of all columns that belong to something.
    pub columns: Vec<&'a ColumnCheck>,
    /// The checks of those that say who a row is about.
    pub naming: Vec<&'a ColumnCheck>,
    /// The reference of each row as [`domain::contact::Reference::key`] has it, when a column holds references.
    pub references: Option<Vec<Option<Cow<'a, str>>>>,
    /// The check of the column of cell phones.
    pub phones: Option<&'a ColumnCheck>,
    /// The check of the column of versions.
    pub versions: Option<&'a ColumnCheck>,
    /// The lines that a person left out.
    pub skipped: &'a BTreeSet<u32>,
}

impl Deciding<'_> {
    /// Each row is exactly one of ready, failed and skipped.
    pub(crate) fn decide(&self) -> Decided {
        let mut decided = Decided {
            states: vec![RowState::Ready; self.lines.len()],
            ..Decided::default()
        };
        let (problems, values) = self.problems_and_values();
        let named = self.named();
        let mut people = People::default();
        for (row, line) in (0_u32..).zip(self.lines) {
            let index = row as usize;
            let has = |flags: &[bool]| flags.get(index).copied().unwrap_or_default();
            let state = if self.skipped.contains(line) {
                RowState::Skipped(SkipReason::ByPerson)
            } else if has(&problems) {
                RowState::Failed
            } else if !has(&values) {
                RowState::Skipped(SkipReason::NothingMapped)
            } else if !has(&named) {
                decided.nameless.insert(row);
                RowState::Failed
            } else {
                let reference = self
                    .references
                    .as_ref()
                    .and_then(|keys| keys.get(index))
                    .and_then(Option::as_deref);
                let phone = self
                    .phones
                    .and_then(|check| check.phones.get(index))
                    .copied()
                    .filter(|phone| *phone != 0);
                match people.meet(row, self.customer(row), reference, phone) {
                    Met::New => RowState::Ready,
                    Met::Again(first) => {
                        decided.folded.entry(first).or_default().push(row);
                        RowState::Skipped(SkipReason::FoldedInto(self.line(first)))
                    }
                    Met::PhoneOf(other) => {
                        decided.phone_of_line.insert(row, self.line(other));
                        RowState::Failed
                    }
                }
            };
            if state == RowState::Failed {
                decided.failed.push(row);
            }
            if let Some(place) = decided.states.get_mut(index) {
                *place = state;
            }
        }
        decided
    }

    fn line(&self, row: u32) -> u32 {
        self.lines.get(row as usize).copied().unwrap_or_default()
    }

    fn customer(&self, row: u32) -> Option<CustomerId> {
        self.versions?.versions.get(&row).copied()
    }

    /// Which rows say who they are about; all, where no column could.
    fn named(&self) -> Vec<bool> {
        let mut named: Vec<bool> = (0..)
            .zip(self.lines)
            .map(|(row, _)| self.naming.is_empty() || self.customer(row).is_some())
            .collect();
        for column in &self.naming {
            for (status, named) in column.status.iter().zip(&mut named) {
                *named |= *status != Status::Blank;
            }
        }
        named
    }

    fn problems_and_values(&self) -> (Vec<bool>, Vec<bool>) {
        let (mut problems, mut values) =
            (vec![false; self.lines.len()], vec![false; self.lines.len()]);
        for column in &self.columns {
            for ((status, problem), value) in
                column.status.iter().zip(&mut problems).zip(&mut values)
            {
                *problem |= *status == Status::Problem;
                *value |= *status != Status::Blank;
            }
        }
        (problems, values)
    }
}

enum Met {
    New,
    /// The same person as on an earlier row.
    Again(u32),
    /// The phone belongs to an earlier row of another person.
    PhoneOf(u32),
}

/// The people met so far, each by the row where they stood first.
#[derive(Default)]
struct People<'a> {
    by_customer: HashMap<CustomerId, u32>,
    by_reference: HashMap<&'a str, u32>,
    by_phone: HashMap<u64, u32>,
    /// What is known of the person of a row.
    known: HashMap<u32, Known>,
}

#[derive(Default)]
struct Known {
    customer: bool,
    reference: bool,
    phone: bool,
}

impl<'a> People<'a> {
    /// By version, else by reference, else by cell phone, as the import matches customers. Versions of two customers are two
    /// people, whatever else the rows say.
    fn meet(
        &mut self,
        row: u32,
        customer: Option<CustomerId>,
        reference: Option<&'a str>,
        phone: Option<u64>,
    ) -> Met {
        let by_customer = customer.and_then(|id| self.by_customer.get(&id)).copied();
        let is_another = |people: &Self, first: &u32| {
            customer.is_some() && people.known.get(first).is_some_and(|known| known.customer)
        };
        let by_reference = reference
            .and_then(|key| self.by_reference.get(key))
            .copied()
            .filter(|first| !is_another(self, first));
        let by_phone = phone.and_then(|phone| self.by_phone.get(&phone)).copied();
        match (by_customer.or(by_reference), by_phone) {
            (Some(first), Some(other)) if first != other => Met::PhoneOf(other),
            (Some(first), _) => {
                self.learn(first, customer, reference, phone);
                Met::Again(first)
            }
            (None, Some(first)) => {
                let has_another_reference = reference.is_some()
                    && self.known.get(&first).is_some_and(|known| known.reference);
                if has_another_reference || is_another(self, &first) {
                    return Met::PhoneOf(first);
                }
                self.learn(first, customer, reference, None);
                Met::Again(first)
            }
            (None, None) => {
                if customer.is_some() || reference.is_some() || phone.is_some() {
                    self.learn(row, customer, reference, phone);
                }
                Met::New
            }
        }
    }

    /// A person takes over a version, a reference and a phone where there is none yet.
    fn learn(
        &mut self,
        first: u32,
        customer: Option<CustomerId>,
        reference: Option<&'a str>,
        phone: Option<u64>,
    ) {
        let known = self.known.entry(first).or_default();
        if let (Some(customer), false) = (customer, known.customer) {
            self.by_customer.insert(customer, first);
            known.customer = true;
        }
        if let (Some(reference), false) = (reference, known.reference)
            && let Entry::Vacant(place) = self.by_reference.entry(reference)
        {
            place.insert(first);
            known.reference = true;
        }
        if let (Some(phone), false) = (phone, known.phone)
            && let Entry::Vacant(place) = self.by_phone.entry(phone)
        {
            place.insert(first);
            known.phone = true;
        }
    }
}
