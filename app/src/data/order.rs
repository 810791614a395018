//! Answers come in any order. What is shown must not go back to how things were before.

use leptos::prelude::*;

#[derive(Clone, Copy, Debug, Default)]
struct Numbers {
    asked: u64,
    shown: u64,
}

/// The questions about one thing, in the order in which they were asked.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Order(StoredValue<Numbers>);

/// One of the questions.
#[derive(Debug)]
#[must_use = "an answer is shown in its turn"]
pub(crate) struct Turn {
    order: Order,
    number: u64,
}

impl Numbers {
    fn begin(&mut self) -> u64 {
        self.asked += 1;
        self.asked
    }

    fn show(&mut self, number: u64) -> bool {
        let is_newer = number > self.shown;
        if is_newer {
            self.shown = number;
        }
        is_newer
    }

    fn forget(&mut self) {
        self.shown = self.asked;
    }
}

impl Order {
    pub(crate) fn new() -> Self {
        Self(StoredValue::new(Numbers::default()))
    }

    /// To be called before the server is asked.
    pub(crate) fn begin(self) -> Turn {
        // Of what has left the page nothing is shown.
        let number = self.0.try_update_value(Numbers::begin).unwrap_or(0);
        Turn {
            order: self,
            number,
        }
    }

    /// The answers to all questions so far are not to be shown.
    pub(crate) fn forget(self) {
        self.0.try_update_value(Numbers::forget);
    }
}

impl Turn {
    /// Whether the answer is to be shown: not when a later question has been answered, or the page has gone.
    pub(crate) fn may_be_shown(self) -> bool {
        self.order
            .0
            .try_update_value(|numbers| numbers.show(self.number))
            .unwrap_or(false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_that_comes_late_does_not_replace_a_newer_one() {
        let mut numbers = Numbers::default();
        let (first, second, third) = (numbers.begin(), numbers.begin(), numbers.begin());
        assert!(numbers.show(second));
        assert!(!numbers.show(first));
        assert!(numbers.show(third));
    }

    #[test]
    fn an_answer_is_shown_while_a_later_question_is_open() {
        let mut numbers = Numbers::default();
        let (first, second) = (numbers.begin(), numbers.begin());
        assert!(numbers.show(first));
        assert!(numbers.show(second));
    }

    #[test]
    fn what_was_asked_about_something_else_is_not_shown() {
        let mut numbers = Numbers::default();
        let other = numbers.begin();
        numbers.forget();
        let this = numbers.begin();
        assert!(!numbers.show(other));
        assert!(numbers.show(this));
    }
}
