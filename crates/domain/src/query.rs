//! The question that the customer list asks.

use crate::{ids::AttributeId, value::Value};
use serde::{Deserialize, Serialize};

/// The most rows of one page.
pub const PAGE_MAX: u16 = 500;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerQuery {
    /// Any fragment of a name, phone, reference, e-mail or attribute value; blank finds everybody. Fragments of one or
    /// two characters match beginnings of words only.
    pub text: String,
    pub filter: Filter,
    pub sort: Sort,
    pub descending: bool,
    /// The cursor of the page before, as that page gave it.
    pub after: Option<String>,
    /// At most [`PAGE_MAX`].
    pub limit: u16,
}

impl Default for CustomerQuery {
    fn default() -> Self {
        Self {
            text: String::new(),
            filter: Filter::default(),
            sort: Sort::default(),
            descending: false,
            after: None,
            limit: 100,
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Filter {
    #[default]
    All,
    WithCellPhone,
    WithoutCellPhone,
    /// Those who do not want messages.
    Unsubscribed,
    Attribute(AttributeRule),
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttributeRule {
    pub attribute: AttributeId,
    pub operator: Operator,
    /// Needed by all operators but `IsEmpty` and `IsNotEmpty`.
    pub value: Option<Value>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Operator {
    IsEmpty,
    IsNotEmpty,
    /// Texts fold; a collection matches when one of its texts is it.
    Is,
    /// Texts and collections only; folded fragment.
    Contains,
    /// Numbers and dates: strictly below or before.
    Less,
    /// Numbers and dates: strictly above or after.
    Greater,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// Last name, then first name, else company; folded.
    #[default]
    Name,
    CellPhone,
    Reference,
    LastActivity,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page<T> {
    pub rows: Vec<T>,
    /// Ask for the next page with it; `None` on the last.
    pub next: Option<String>,
}

impl<T> Page<T> {
    /// The first `limit` rows of those that were found when one more was asked for. `cursor` names the row behind which the
    /// next page begins.
    pub fn cut(mut rows: Vec<T>, limit: u16, cursor: impl FnOnce(&T) -> String) -> Self {
        let more = rows.len() > usize::from(limit);
        rows.truncate(usize::from(limit));
        let next = rows.last().filter(|_| more).map(cursor);
        Self { rows, next }
    }
}
