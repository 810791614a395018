//! A rule about an attribute: which one, what about it, and the value.

use crate::{
    customers::{
        trouble::{Trouble, TroubleText},
        value_input::ValueInput,
        view_model::{
            draft::Draft,
            list_view::{Asks, Param},
        },
        wording,
    },
    i18n::{t, t_string, use_i18n},
    ui::{Button, ButtonKind, Choice, Dialog, Form, Select, Skeleton, say},
};
use domain::{
    attribute::{Attribute, AttributeKind},
    error::Invalid,
    query::{AttributeRule, Operator},
    slot::SlotKind,
};
use leptos::prelude::*;
use std::collections::BTreeMap;

#[component]
pub fn RuleDialog(
    #[prop(into)] open: Signal<bool>,
    /// `None` until they are loaded.
    #[prop(into)]
    attributes: Signal<Option<Vec<Attribute>>>,
    /// The rule to start from.
    #[prop(into)]
    rule: Signal<Option<AttributeRule>>,
    on_apply: Callback<AttributeRule>,
    on_close: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Dialog id="attribute-rule" title=say(move || t_string!(i18n, customers.rule_title)) open on_close>
            {move || match attributes.get() {
                None => view! { <Skeleton lines=3 label=say(move || t_string!(i18n, common.loading))/> }.into_any(),
                Some(attributes) if attributes.is_empty() => {
                    view! { <p>{t!(i18n, customers.rule_no_attributes)}</p> }.into_any()
                }
                Some(attributes) => {
                    view! { <RuleForm attributes rule=rule.get_untracked() on_apply on_close/> }.into_any()
                }
            }}
        </Dialog>
    }
}

#[component]
fn RuleForm(
    attributes: Vec<Attribute>,
    rule: Option<AttributeRule>,
    on_apply: Callback<AttributeRule>,
    on_close: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let first = attributes
        .first()
        .map(|attribute| attribute.id.to_string())
        .unwrap_or_default();
    let attribute_key = RwSignal::new(
        rule.as_ref()
            .map_or(first, |rule| rule.attribute.to_string()),
    );
    let operator_key = RwSignal::new(
        rule.as_ref()
            .map_or(Operator::Is, |rule| rule.operator)
            .param()
            .to_owned(),
    );
    let attributes = StoredValue::new(attributes);
    let attribute = Memo::new(move |_| {
        attributes.with_value(|attributes| {
            attributes
                .iter()
                .find(|a| a.id.to_string() == attribute_key.get())
                .cloned()
        })
    });
    let kind = Memo::new(move |_| {
        attribute.with(|attribute| attribute.as_ref().map_or(AttributeKind::Text, |a| a.kind))
    });
    // A collection is asked for one text at a time.
    let input_kind = move || match kind.get() {
        AttributeKind::Text | AttributeKind::Texts => SlotKind::Text,
        kind => kind.into(),
    };
    let operators = move || {
        Operator::ALL
            .iter()
            .copied()
            .filter(move |operator| operator.suits(kind.get()))
    };
    let operator = Memo::new(move |_| {
        let chosen = Operator::from_param(&operator_key.get());
        operators()
            .find(|operator| Some(*operator) == chosen)
            .unwrap_or(Operator::Is)
    });
    let start = rule.and_then(|rule| rule.value);
    let punctuation = wording::punctuation(i18n.get_locale_untracked());
    let draft = RwSignal::new(Draft::of(
        untrack(input_kind),
        start.as_ref(),
        &BTreeMap::new(),
        punctuation,
    ));
    let trouble = RwSignal::new(None::<Trouble>);
    let apply = move || {
        let Some(attribute) = attribute.get_untracked() else {
            return;
        };
        let operator = operator.get_untracked();
        let punctuation = wording::punctuation(i18n.get_locale_untracked());
        let value =
            match draft.with_untracked(|draft| draft.value(untrack(input_kind), punctuation)) {
                _ if !operator.needs_value() => Ok(None),
                Ok(None) => Err(Invalid::Empty),
                value => value,
            };
        match value {
            Ok(value) => on_apply.run(AttributeRule {
                attribute: attribute.id,
                operator,
                value,
            }),
            Err(invalid) => trouble.set(Some(Trouble::Invalid(invalid))),
        }
    };
    let attribute_choices = Signal::derive(move || {
        attributes.with_value(|list| {
            list.iter()
                .map(|a| Choice::new(a.id.to_string(), a.name.to_string()))
                .collect::<Vec<_>>()
        })
    });
    let operator_choices = Signal::derive(move || {
        let words = |operator: Operator| wording::operator(i18n.get_locale(), operator, kind.get());
        operators()
            .map(|operator| Choice::new(operator.param(), words(operator)))
            .collect::<Vec<_>>()
    });
    let value = move || {
        let described = Signal::derive(move || {
            trouble
                .with(Option::is_some)
                .then(|| "rule-trouble".to_owned())
        });
        view! {
            <div class="flex flex-col gap-1">
                <label for="rule-value" class="font-medium">{t!(i18n, customers.rule_value)}</label>
                <ValueInput
                    id="rule-value"
                    kind=input_kind()
                    draft
                    on_change=Callback::new(move |changed| draft.set(changed))
                    trouble=described
                />
                <TroubleText
                    id="rule-trouble"
                    kind=SlotKind::Text
                    trouble
                    phones=Signal::stored(BTreeMap::new())
                    on_choice=Callback::new(|_| ())
                />
            </div>
        }
    };
    view! {
        <Form on_submit=apply>
            <Select
                id="rule-attribute"
                label=say(move || t_string!(i18n, customers.rule_attribute))
                value=attribute_key
                choices=attribute_choices
            />
            <Select
                id="rule-operator"
                label=say(move || t_string!(i18n, customers.rule_operator))
                value=operator_key
                choices=operator_choices
            />
            {move || operator.get().needs_value().then(value)}
            <div class="modal-action">
                <Button on:click=move |_| on_close.run(())>{t!(i18n, customers.cancel)}</Button>
                <Button kind=ButtonKind::Primary submit=true>{t!(i18n, customers.rule_apply)}</Button>
            </div>
        </Form>
    }
}
