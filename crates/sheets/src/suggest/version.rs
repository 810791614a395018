//! The column in which an export of our own says whose rows they are.

use super::{
    Candidate, Suggestion,
    column::{BELIEVABLE, Clue},
};
use crate::{
    headers,
    mapping::{Belongs, Contents, Reason},
    profile::percent,
};
use domain::version::{CustomerVersion, VERSION_HEADER};

/// Versions among the filled cells of a column.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Versions {
    filled: u32,
    own: u32,
    of_others: u32,
}

impl Clue<'_> {
    /// By title or by contents; most of the versions are this account's, or the column is ignored.
    pub(super) fn version(&self) -> Option<Candidate> {
        if self.appointments() {
            return None;
        }
        let versions = self.versions()?;
        let remembered = self.remembered().map(|before| before.suggestion.belongs);
        let (belongs, reasons) = if versions.of_others > versions.own {
            (Belongs::Ignore, vec![Reason::OtherAccount])
        } else if remembered == Some(Belongs::Ignore) {
            (Belongs::Ignore, vec![Reason::ChosenLastTime])
        } else {
            let reason = Reason::Contents {
                contents: Contents::Versions,
                percent: percent(versions.own, versions.filled),
            };
            (Belongs::Version, vec![reason])
        };
        Some(Candidate {
            column: self.index,
            // Better than anything else: nothing else looks like it.
            score: 3.0,
            suggestion: Suggestion { belongs, reasons },
        })
    }

    /// What the column holds, if it is one of versions.
    pub(super) fn versions(&self) -> Option<Versions> {
        let is_titled = headers::key(self.header) == headers::key(VERSION_HEADER);
        let looks_so = |text: &String| text.parse::<CustomerVersion>().is_ok();
        if !is_titled && !self.profile.samples.iter().any(looks_so) {
            return None;
        }
        let mut versions = Versions {
            filled: self.profile.filled,
            ..Versions::default()
        };
        let sheet = self.clues.sheet;
        for row in &sheet.data {
            match sheet
                .table
                .cell(*row, self.index)
                .text
                .parse::<CustomerVersion>()
            {
                Ok(version) if version.is_of(self.clues.account) => versions.own += 1,
                Ok(_) => versions.of_others += 1,
                Err(_) => {}
            }
        }
        let all = percent(versions.own + versions.of_others, versions.filled);
        (is_titled || all >= BELIEVABLE).then_some(versions)
    }
}
