//! What the list shows, as its URL says it.

use domain::{
    attribute::AttributeKind,
    query::{AttributeRule, CustomerQuery, Filter, Operator, Sort},
    value::Value,
};
use serde::{Deserialize, Serialize};

/// Search, filter and order of the list. Its URL parameters are the only place where they are kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListView {
    pub text: String,
    pub filter: Filter,
    pub sort: Sort,
    pub descending: bool,
}

impl ListView {
    /// Reads the parameters of a URL; one that makes no sense counts as absent.
    pub fn from_params(param: impl Fn(&str) -> Option<String>) -> Self {
        let filter = match param("filter").as_deref() {
            Some("with-cell-phone") => Filter::WithCellPhone,
            Some("without-cell-phone") => Filter::WithoutCellPhone,
            Some("unsubscribed") => Filter::Unsubscribed,
            Some("attribute") => rule_from(&param).map_or(Filter::All, Filter::Attribute),
            _ => Filter::All,
        };
        let sort = param("sort")
            .and_then(|key| Sort::from_param(&key))
            .unwrap_or_default();
        Self {
            text: param("q").unwrap_or_default(),
            filter,
            sort,
            descending: param("order").as_deref() == Some("descending"),
        }
    }

    /// The parameters of the URL; what is as usual is left out.
    pub fn params(&self) -> Vec<(&'static str, String)> {
        let mut params = Vec::new();
        if !self.text.trim().is_empty() {
            params.push(("q", self.text.clone()));
        }
        match &self.filter {
            Filter::All => {}
            Filter::WithCellPhone => params.push(("filter", "with-cell-phone".to_owned())),
            Filter::WithoutCellPhone => params.push(("filter", "without-cell-phone".to_owned())),
            Filter::Unsubscribed => params.push(("filter", "unsubscribed".to_owned())),
            Filter::Attribute(rule) => {
                params.push(("filter", "attribute".to_owned()));
                params.push(("attribute", rule.attribute.to_string()));
                params.push(("operator", rule.operator.param().to_owned()));
                if let Some(value) = &rule.value {
                    params.push(("kind", kind_of(value).key().to_owned()));
                    params.push(("value", value.to_string()));
                }
            }
        }
        if self.sort != Sort::default() {
            params.push(("sort", self.sort.param().to_owned()));
        }
        if self.descending {
            params.push(("order", "descending".to_owned()));
        }
        params
    }

    /// The question to ask for a page of it.
    pub fn query(&self, after: Option<String>, limit: u16) -> CustomerQuery {
        CustomerQuery {
            text: self.text.trim().to_owned(),
            filter: self.filter.clone(),
            sort: self.sort,
            descending: self.descending,
            after,
            limit,
        }
    }

    /// The view after a click on a column's header: that column, and the other way round when it was chosen already.
    /// The latest activity comes first, because that is what people look for.
    #[must_use]
    pub fn sorted_by(&self, sort: Sort) -> Self {
        let descending = if self.sort == sort {
            !self.descending
        } else {
            sort == Sort::LastActivity
        };
        Self {
            sort,
            descending,
            ..self.clone()
        }
    }

    /// Whether it leaves anybody out.
    pub fn is_narrowed(&self) -> bool {
        !self.text.trim().is_empty() || self.filter != Filter::All
    }
}

fn rule_from(param: &impl Fn(&str) -> Option<String>) -> Option<AttributeRule> {
    let attribute = param("attribute")?.parse().ok()?;
    let operator = Operator::from_param(&param("operator")?)?;
    let value = || {
        let text = param("value")?;
        match AttributeKind::from_key(&param("kind")?)? {
            AttributeKind::Text | AttributeKind::Texts => Value::text(&text),
            AttributeKind::Date => text.parse().ok().map(Value::Date),
            AttributeKind::Number => text.parse().ok().map(Value::Number),
        }
    };
    let value = if operator.needs_value() {
        Some(value()?)
    } else {
        None
    };
    Some(AttributeRule {
        attribute,
        operator,
        value,
    })
}

const fn kind_of(value: &Value) -> AttributeKind {
    match value {
        Value::Text(_) => AttributeKind::Text,
        Value::Texts(_) => AttributeKind::Texts,
        Value::Date(_) => AttributeKind::Date,
        Value::Number(_) => AttributeKind::Number,
    }
}

/// A choice that has a stable name in URLs and forms.
pub trait Param: Copy + PartialEq + 'static {
    const ALL: &'static [Self];
    fn param(self) -> &'static str;

    fn from_param(text: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|choice| choice.param() == text)
    }
}

impl Param for Sort {
    const ALL: &'static [Self] = &[
        Self::Name,
        Self::CellPhone,
        Self::Reference,
        Self::LastActivity,
    ];

    fn param(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::CellPhone => "cell-phone",
            Self::Reference => "reference",
            Self::LastActivity => "last-activity",
        }
    }
}

impl Param for Operator {
    const ALL: &'static [Self] = &[
        Self::Is,
        Self::Contains,
        Self::Less,
        Self::Greater,
        Self::IsNotEmpty,
        Self::IsEmpty,
    ];

    fn param(self) -> &'static str {
        match self {
            Self::IsEmpty => "is-empty",
            Self::IsNotEmpty => "is-not-empty",
            Self::Is => "is",
            Self::Contains => "contains",
            Self::Less => "less",
            Self::Greater => "greater",
        }
    }
}

/// What a rule may ask of an attribute of a kind.
pub trait Asks {
    fn needs_value(self) -> bool;
    fn suits(self, kind: AttributeKind) -> bool;
}

impl Asks for Operator {
    fn needs_value(self) -> bool {
        !matches!(self, Self::IsEmpty | Self::IsNotEmpty)
    }

    fn suits(self, kind: AttributeKind) -> bool {
        match self {
            Self::IsEmpty | Self::IsNotEmpty | Self::Is => true,
            Self::Contains => matches!(kind, AttributeKind::Text | AttributeKind::Texts),
            Self::Less | Self::Greater => {
                matches!(kind, AttributeKind::Date | AttributeKind::Number)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ids::AttributeId;
    use uuid::Uuid;

    fn read(params: &[(&str, &str)]) -> ListView {
        ListView::from_params(|key| {
            params
                .iter()
                .find(|(k, _)| *k == key)
                .map(|(_, v)| (*v).to_owned())
        })
    }

    fn there_and_back(view: &ListView) -> ListView {
        let params = view.params();
        ListView::from_params(|key| {
            params
                .iter()
                .find(|(k, _)| *k == key)
                .map(|(_, v)| v.clone())
        })
    }

    #[test]
    fn every_view_survives_its_url() {
        let values = [
            Value::text("O'Brien & fils, 50%"),
            Some(Value::Date("2026-02-28".parse().unwrap())),
            Some(Value::Number("-12.5".parse().unwrap())),
        ];
        let attribute = AttributeId::new(Uuid::from_u128(7));
        let rules = Operator::ALL.iter().flat_map(|operator| {
            values.clone().map(|value| {
                let value = if operator.needs_value() { value } else { None };
                Filter::Attribute(AttributeRule {
                    attribute,
                    operator: *operator,
                    value,
                })
            })
        });
        for filter in rules.chain([
            Filter::All,
            Filter::WithCellPhone,
            Filter::WithoutCellPhone,
            Filter::Unsubscribed,
        ]) {
            for sort in Sort::ALL {
                let view = ListView {
                    text: "7890".to_owned(),
                    filter: filter.clone(),
                    sort: *sort,
                    descending: true,
                };
                assert_eq!(there_and_back(&view), view);
            }
        }
    }

    #[test]
    fn the_usual_view_has_a_bare_url() {
        assert!(ListView::default().params().is_empty());
    }

    #[test]
    fn what_makes_no_sense_in_a_url_counts_as_absent() {
        assert_eq!(
            read(&[
                ("filter", "everyone"),
                ("sort", "shoe-size"),
                ("order", "sideways")
            ]),
            ListView::default()
        );
        assert_eq!(
            read(&[
                ("filter", "attribute"),
                ("attribute", "x"),
                ("operator", "is")
            ]),
            ListView::default()
        );
        let no_value = [
            ("filter", "attribute"),
            ("attribute", "00000000-0000-0000-0000-000000000007"),
            ("operator", "is"),
        ];
        assert_eq!(read(&no_value), ListView::default());
    }

    #[test]
    fn a_second_click_on_a_header_turns_the_order_round() {
        let by_activity = ListView::default().sorted_by(Sort::LastActivity);
        assert!(by_activity.descending);
        assert!(!by_activity.sorted_by(Sort::LastActivity).descending);
        assert!(!by_activity.sorted_by(Sort::Name).descending);
    }
}
