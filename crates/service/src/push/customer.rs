//! Intents about one customer.

use super::{Answer, Door, problem};
use domain::{
    contact::{self, Reference},
    customer::Values,
    ids::CustomerId,
    mutation::{Change, Problem, Reason, Status},
    phone::E164,
    slot::{Field, Slot, SlotKind},
    value::Value,
};
use store::{
    AccountTx, StoreError,
    attribute::{self, Kinds},
    customer::{self, Holder, StoredCustomer},
    history, mutation_log,
};

/// One change, judged against what is there.
enum Verdict {
    /// The value already is as wished.
    Same,
    /// To be applied, in the normal form of its slot.
    Set(Change),
    Problem(Problem),
}

impl Door<'_> {
    /// All or nothing: a form that has a problem stays open, and nobody wants half a customer.
    pub(super) async fn create_customer(
        &self,
        tx: &mut AccountTx,
        id: CustomerId,
        given: Vec<(Slot, Value)>,
    ) -> Result<Answer, StoreError> {
        if customer::is_erased(tx, id).await? || customer::find(tx, id).await?.is_some() {
            return Ok(Answer::rejected(Reason::IdTaken));
        }
        let kinds = attribute::kinds(tx).await?;
        let (mut values, mut problems) = (Values::default(), Vec::new());
        for (slot, value) in given {
            match self.normal(&kinds, slot, Some(value)) {
                Ok(value) => match holder(tx, id, slot, value.as_ref()).await? {
                    Some(reason) => problems.push(problem(slot, reason)),
                    None => values.set(slot, value),
                },
                Err(reason) => problems.push(problem(slot, reason)),
            }
        }
        if !problems.is_empty() {
            return Ok(Answer {
                status: Status::Rejected,
                problems,
            });
        }
        if values.is_empty() {
            return Ok(Answer::rejected(Reason::NothingGiven));
        }
        customer::insert(tx, id, &values, self.author).await?;
        self.carry_to_made(tx, id).await?;
        Ok(Answer::applied())
    }

    /// Compare-and-set, slot by slot: those that nobody changed meanwhile are applied, the others are answered with both
    /// values.
    pub(super) async fn set_customer_fields(
        &self,
        tx: &mut AccountTx,
        id: CustomerId,
        changes: Vec<Change>,
    ) -> Result<Answer, StoreError> {
        let Some(stored) = customer::find(tx, id).await? else {
            return Ok(Answer::rejected(Reason::CustomerGone));
        };
        let kinds = attribute::kinds(tx).await?;
        let mut values = stored.values.clone();
        let (mut applied, mut problems) = (Vec::new(), Vec::new());
        for change in changes {
            match self.judge(tx, &stored, &values, &kinds, change).await? {
                Verdict::Same => {}
                Verdict::Set(change) => {
                    values.set(change.slot, change.to.clone());
                    applied.push(change);
                }
                Verdict::Problem(found) => problems.push(found),
            }
        }
        if applied.is_empty() {
            return Ok(if problems.is_empty() {
                Answer::noop()
            } else {
                Answer::refused(problems)
            });
        }
        if values.is_empty() {
            return Ok(Answer::rejected(Reason::NothingGiven));
        }
        self.carry_consent(tx, &stored, &values).await?;
        customer::update(tx, id, &values, self.author.at).await?;
        history::record(tx, id, &applied, self.author).await?;
        let status = if problems.is_empty() {
            Status::Applied
        } else {
            Status::Merged
        };
        Ok(Answer { status, problems })
    }

    /// Erases the profile, its history and what stands of it in answers that are kept. Its id stays.
    pub(super) async fn delete_customer(
        &self,
        tx: &mut AccountTx,
        id: CustomerId,
        seen_rev: u64,
    ) -> Result<Answer, StoreError> {
        let Some(stored) = customer::find(tx, id).await? else {
            let erased = customer::is_erased(tx, id).await?;
            return Ok(if erased {
                Answer::noop()
            } else {
                Answer::rejected(Reason::CustomerGone)
            });
        };
        if stored.rev > seen_rev {
            return Ok(Answer::conflict(Reason::ChangedSince));
        }
        customer::erase(tx, id).await?;
        mutation_log::forget(tx, id).await?;
        Ok(Answer::applied())
    }

    async fn judge(
        &self,
        tx: &mut AccountTx,
        stored: &StoredCustomer,
        values: &Values,
        kinds: &Kinds,
        change: Change,
    ) -> Result<Verdict, StoreError> {
        let slot = change.slot;
        let to = match self.normal(kinds, slot, change.to) {
            Ok(to) => to,
            Err(reason) => return Ok(Verdict::Problem(problem(slot, reason))),
        };
        let current = values.get(slot);
        if current == to.as_ref() {
            return Ok(Verdict::Same);
        }
        // What was seen may have been written before the rules of its slot were what they are.
        let from = self
            .normal(kinds, slot, change.from.clone())
            .unwrap_or(change.from);
        if current != from.as_ref() {
            let last = history::last_change(tx, stored.id, slot).await?;
            let (by, at) = last.map_or((stored.created_by.clone(), stored.created_at), |last| {
                (last.by, last.at)
            });
            let reason = Reason::Changed {
                mine: to,
                theirs: current.cloned(),
                by,
                at,
            };
            return Ok(Verdict::Problem(problem(slot, reason)));
        }
        if let Some(reason) = holder(tx, stored.id, slot, to.as_ref()).await? {
            return Ok(Verdict::Problem(problem(slot, reason)));
        }
        Ok(Verdict::Set(Change {
            slot,
            from: current.cloned(),
            to,
        }))
    }

    /// The normal form of a value in its slot; `None` when nothing is left of it.
    fn normal(
        &self,
        kinds: &Kinds,
        slot: Slot,
        value: Option<Value>,
    ) -> Result<Option<Value>, Reason> {
        let kind = match slot {
            Slot::Field(field) => field.kind(),
            Slot::Attribute(id) => kinds
                .get(&id)
                .copied()
                .map(SlotKind::from)
                .ok_or(Reason::UnknownAttribute)?,
        };
        match value {
            Some(value) => contact::check(kind, value, &self.country).map_err(Reason::Invalid),
            None => Ok(None),
        }
    }
}

/// Who else has the phone or the reference. Nobody can take it meanwhile: the account is locked.
async fn holder(
    tx: &mut AccountTx,
    id: CustomerId,
    slot: Slot,
    value: Option<&Value>,
) -> Result<Option<Reason>, StoreError> {
    let Some(Value::Text(text)) = value else {
        return Ok(None);
    };
    let other = |holder: &Holder| holder.customer != id;
    Ok(match slot {
        Slot::Field(Field::CellPhone) => match E164::new(text) {
            Ok(phone) => customer::find_by_cell_phone(tx, &phone)
                .await?
                .filter(other)
                .map(|Holder { customer, name }| Reason::PhoneTaken { customer, name }),
            Err(_) => None,
        },
        Slot::Field(Field::Reference) => match Reference::parse(text) {
            Ok(reference) => customer::find_by_reference(tx, &reference)
                .await?
                .filter(other)
                .map(|Holder { customer, name }| Reason::ReferenceTaken { customer, name }),
            Err(_) => None,
        },
        _ => None,
    })
}
