//! What the page asks and gets.

use super::{Beside, Session, sha256};
use crate::protocol::{Ask, Progress, Reply};
use domain::ids::AttributeId;

impl Session {
    /// Answers everything but [`Ask::Open`]. `new_id` makes the ids of new attributes.
    pub fn answer(
        &mut self,
        ask: Ask,
        new_id: &mut dyn FnMut() -> AttributeId,
        progress: &mut dyn FnMut(Progress),
    ) -> (Reply, Beside) {
        let reply = match ask {
            Ask::Open { .. }
            | Ask::BeginExport(_)
            | Ask::TakePage
            | Ask::TakeChanges
            | Ask::WriteExport => Reply::NoSuchThing,
            Ask::Reread { overrides } => match self.reread(overrides, progress) {
                Ok(()) => Reply::Opened(self.opened()),
                Err(error) => Reply::Unreadable(error),
            },
            Ask::Recall { mapping } => {
                self.recall(&mapping);
                Reply::Mapping(self.mapping())
            }
            Ask::SetColumn { column, belongs } => self.changed_column(column, |session, column| {
                session.set_belongs(column, belongs);
            }),
            Ask::SetFormat { column, format } => {
                self.changed_column(column, |session, column| session.set_format(column, format))
            }
            Ask::SetRule { column, rule } => {
                self.changed_column(column, |session, column| session.set_rule(column, rule))
            }
            Ask::Rows { from, count, view } => Reply::Rows(self.window(from, count, view)),
            Ask::Fix { line, column, text } => {
                self.edited(|session| session.fix(line, column, &text))
            }
            Ask::Unfix { line, column } => self.edited(|session| session.unfix(line, column)),
            Ask::FixEverywhere {
                column,
                from_text,
                to_text,
            } => self.edited(|session| Some(session.fix_everywhere(column, &from_text, &to_text))),
            Ask::ClearProblems { column } => {
                self.edited(|session| Some(session.clear_problems(column)))
            }
            Ask::SkipRow { line, skip } => self.edited(|session| session.skip_row(line, skip)),
            Ask::SkipProblemRows => self.edited(|session| Some(session.skip_problem_rows())),
            Ask::Summary => Reply::Summary(self.summary()),
            Ask::Plan => match self.plan(new_id) {
                Ok(request) => Reply::Plan(Box::new(request)),
                Err(problems) => Reply::Blocked(problems),
            },
            Ask::Chunk { number } => match self.chunk(number) {
                Some(body) => {
                    let sha256 = sha256(&body);
                    return (Reply::Chunk { number, sha256 }, Some(body));
                }
                None => Reply::NoSuchThing,
            },
        };
        (reply, None)
    }

    fn changed_column(&mut self, column: u32, change: impl FnOnce(&mut Self, u32)) -> Reply {
        if (column as usize) < self.columns.len() {
            change(self, column);
            Reply::Mapping(self.mapping())
        } else {
            Reply::NoSuchThing
        }
    }

    fn edited(&mut self, change: impl FnOnce(&mut Self) -> Option<u32>) -> Reply {
        match change(self) {
            Some(changed) => Reply::Edited {
                changed,
                summary: self.summary(),
            },
            None => Reply::NoSuchThing,
        }
    }
}
