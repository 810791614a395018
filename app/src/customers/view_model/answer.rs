//! What the server answered to an edit, as the field that was edited needs it.

use chrono::{DateTime, Utc};
use domain::{
    mutation::{Outcome, Problem, Reason, Status},
    slot::Slot,
    value::Value,
};

/// Two people changed one value: both are kept until somebody chooses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    pub mine: Option<Value>,
    pub theirs: Option<Value>,
    /// `None` when it was no member of the staff.
    pub by: Option<String>,
    pub at: DateTime<Utc>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    Saved,
    Refused(Reason),
    Conflict(Conflict),
}

impl Answer {
    fn of(reason: &Reason) -> Self {
        match reason.clone() {
            Reason::Changed {
                mine,
                theirs,
                by,
                at,
            } => Self::Conflict(Conflict {
                mine,
                theirs,
                by,
                at,
            }),
            reason => Self::Refused(reason),
        }
    }
}

/// The answer for one slot of a mutation.
pub fn answer_for(outcome: &Outcome, slot: Slot) -> Answer {
    let about = |problem: &&Problem| problem.slot == Some(slot) || problem.slot.is_none();
    match (outcome.status, outcome.problems.iter().find(about)) {
        (Status::Applied | Status::Noop, _) | (Status::Merged, None) => Answer::Saved,
        (_, Some(problem)) => Answer::of(&problem.reason),
        // Another slot of the same mutation is at fault, and nothing was applied.
        (Status::Conflict | Status::Rejected, None) => outcome
            .problems
            .first()
            .map_or(Answer::Refused(Reason::NotAllowed), |problem| {
                Answer::of(&problem.reason)
            }),
    }
}

/// The problems of a whole push, each with the slot it is about, if it is about one.
pub fn problems(outcomes: &[Outcome]) -> Vec<(Option<Slot>, Answer)> {
    outcomes
        .iter()
        .filter(|outcome| !matches!(outcome.status, Status::Applied | Status::Noop))
        .flat_map(|outcome| &outcome.problems)
        .map(|problem| (problem.slot, Answer::of(&problem.reason)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{error::Invalid, ids::MutationId, slot::Field};
    use uuid::Uuid;

    const PHONE: Slot = Slot::Field(Field::CellPhone);
    const CITY: Slot = Slot::Field(Field::City);

    fn outcome(status: Status, problems: Vec<Problem>) -> Outcome {
        Outcome {
            mutation: MutationId::new(Uuid::nil()),
            status,
            problems,
        }
    }

    #[test]
    fn in_a_merged_answer_the_slot_without_a_problem_is_saved() {
        let problem = Problem {
            slot: Some(PHONE),
            reason: Reason::Invalid(Invalid::NotAPhone),
        };
        let merged = outcome(Status::Merged, vec![problem]);
        assert_eq!(answer_for(&merged, CITY), Answer::Saved);
        assert_eq!(
            answer_for(&merged, PHONE),
            Answer::Refused(Reason::Invalid(Invalid::NotAPhone))
        );
    }

    #[test]
    fn a_value_that_somebody_changed_is_a_conflict_with_both_values() {
        let theirs = Value::text("Laval");
        let reason = Reason::Changed {
            mine: None,
            theirs: theirs.clone(),
            by: Some("Ana".to_owned()),
            at: DateTime::UNIX_EPOCH,
        };
        let conflict = outcome(
            Status::Conflict,
            vec![Problem {
                slot: Some(CITY),
                reason,
            }],
        );
        let expected = Conflict {
            mine: None,
            theirs,
            by: Some("Ana".to_owned()),
            at: DateTime::UNIX_EPOCH,
        };
        assert_eq!(answer_for(&conflict, CITY), Answer::Conflict(expected));
    }

    #[test]
    fn a_refusal_of_the_whole_mutation_reaches_every_slot() {
        let gone = outcome(
            Status::Rejected,
            vec![Problem {
                slot: None,
                reason: Reason::CustomerGone,
            }],
        );
        assert_eq!(
            answer_for(&gone, CITY),
            Answer::Refused(Reason::CustomerGone)
        );
        assert_eq!(
            problems(&[gone]),
            vec![(None, Answer::Refused(Reason::CustomerGone))]
        );
    }
}
