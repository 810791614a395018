//! What must stay true from one step to the next.

use super::{PHONES, seen::Seen, step::Step};
use crate::shop::phone;
use domain::{consent::Status, ids::CustomerId};
use std::collections::BTreeMap;

/// Who asked in which step, as the wishes of each step say, and who sent the last START in which.
#[derive(Default)]
pub(super) struct Model {
    asked: BTreeMap<CustomerId, usize>,
    started: BTreeMap<u16, usize>,
}

impl Model {
    /// Whether somebody is known to want no messages.
    pub(super) fn somebody_asked(&self) -> bool {
        !self.asked.is_empty()
    }

    pub(super) fn check(&mut self, number: usize, step: &Step, before: &Seen, after: &Seen) {
        let (states, customers) = (&before.states, &before.customers);
        let (states_after, customers_after) = (&after.states, &after.customers);
        for (phone, status) in states {
            let lifted = matches!(step, Step::Start { phone: started } if started == phone);
            let stays = *status != Status::Unsubscribed || lifted;
            assert!(
                stays || states_after[phone] == Status::Unsubscribed,
                "{phone}: {step:?}"
            );
            if states_after[phone] == Status::Express && lifted {
                self.started.insert(*phone, number);
            }
        }
        self.asked.retain(|id, _| customers_after.contains_key(id));
        for (id, after) in customers_after {
            let before = customers.get(id);
            // Nothing takes the wish of a person away but a START about a number that they had.
            if self.asked.contains_key(id) && !after.asked {
                let started =
                    matches!(step, Step::Start { phone } if before.is_some_and(|p| p.has(*phone)));
                assert!(started, "{id}: {step:?}");
                self.asked.remove(id);
            }
            // A number that comes to who had asked is unsubscribed, unless its owner said START since.
            if let (Some(before), Some(asked)) = (before, self.asked.get(id)) {
                for phone in (0..PHONES).filter(|phone| after.has(*phone) && !before.has(*phone)) {
                    let later = self
                        .started
                        .get(&phone)
                        .is_some_and(|started| started > asked);
                    assert!(
                        states_after[&phone] == Status::Unsubscribed || later,
                        "{id} {phone}: {step:?}"
                    );
                }
            }
            let must = match step {
                Step::Stop { phone } | Step::UnsubscribeGone { phone } => {
                    let holds = before.is_some_and(|profile| profile.has(*phone));
                    holds
                        && (matches!(step, Step::Stop { .. })
                            || states[phone] != Status::Unsubscribed)
                }
                Step::Unsubscribe { customer } => {
                    customers.keys().nth(customer % customers.len()) == Some(id)
                }
                _ => {
                    before.is_none()
                        && (0..PHONES)
                            .any(|phone| after.has(phone) && states[&phone] == Status::Unsubscribed)
                }
            };
            assert!(after.asked || !must, "{id}: {step:?}");
            if after.asked {
                // Who is new may have asked long before.
                let since = if before.is_some() { number } else { 0 };
                let asked = self.asked.entry(*id).or_insert(since);
                if must && matches!(step, Step::Stop { .. }) {
                    *asked = number;
                }
            }
            // An edit is nobody's wish.
            if matches!(
                step,
                Step::Edit { .. } | Step::EditOther { .. } | Step::Undo { .. }
            ) {
                assert_eq!(
                    after.asked,
                    before.is_some_and(|before| before.asked),
                    "{id}: {step:?}"
                );
            }
            let cell_stopped = (0..PHONES).any(|number| {
                after.cell_phone.as_deref() == Some(phone(number).as_str())
                    && states_after[&number] == Status::Unsubscribed
            });
            assert_eq!(after.stopped, after.asked || cell_stopped, "{id}: {step:?}");
        }
    }
}
