//! Reading customers and attributes.

use crate::{Caller, InvalidInput, ServiceError, Services};
use domain::{
    account::Country,
    attribute::{Attribute, AttributeKind, AttributeUse},
    contact::LONG_TEXT_MAX,
    customer::{Customer, CustomerRow, Values},
    history::HistoryEntry,
    ids::CustomerId,
    permission::Permission,
    phone::E164,
    query::{AttributeRule, CustomerQuery, Filter, Operator, Page},
    slot::Field,
    value::Value,
};
use std::collections::BTreeMap;
use store::{
    AccountTx, account, attribute,
    customer::{self, ListedCustomer},
    history,
};

impl Services {
    /// One page of the customers that answer the query.
    pub async fn customers(
        &self,
        caller: &Caller,
        query: CustomerQuery,
    ) -> Result<Page<CustomerRow>, ServiceError> {
        caller.require(Permission::SeeCustomers)?;
        let mut tx = self.store.read(caller.account).await?;
        check_filter(&mut tx, &query.filter).await?;
        let country = account::get(&mut tx).await?.country;
        let page = customer::page(&mut tx, &query).await?;
        Ok(Page {
            rows: page
                .rows
                .into_iter()
                .map(|row| shown(row, country))
                .collect(),
            next: page.next,
        })
    }

    /// How many customers answer the query, on all pages.
    pub async fn count_customers(
        &self,
        caller: &Caller,
        query: CustomerQuery,
    ) -> Result<u64, ServiceError> {
        caller.require(Permission::SeeCustomers)?;
        let mut tx = self.store.read(caller.account).await?;
        check_filter(&mut tx, &query.filter).await?;
        Ok(customer::count(&mut tx, &query).await?)
    }

    pub async fn customer(
        &self,
        caller: &Caller,
        id: CustomerId,
    ) -> Result<Option<Customer>, ServiceError> {
        caller.require(Permission::SeeCustomers)?;
        let mut tx = self.store.read(caller.account).await?;
        let country = account::get(&mut tx).await?.country;
        let stored = customer::find(&mut tx, id).await?;
        Ok(stored.map(|stored| Customer {
            id: stored.id,
            rev: stored.rev,
            phones: phones(&stored.values, country),
            values: stored.values,
            created_at: stored.created_at,
            updated_at: stored.updated_at,
            unsubscribed_at: stored.unsubscribed_at,
        }))
    }

    /// The newest change first; empty when there is no such customer.
    pub async fn history(
        &self,
        caller: &Caller,
        id: CustomerId,
        after: Option<String>,
    ) -> Result<Page<HistoryEntry>, ServiceError> {
        caller.require(Permission::SeeCustomers)?;
        let mut tx = self.store.read(caller.account).await?;
        Ok(history::page(&mut tx, id, after.as_deref()).await?)
    }

    /// In their order, retired ones last.
    pub async fn attributes(&self, caller: &Caller) -> Result<Vec<Attribute>, ServiceError> {
        caller.require(Permission::SeeCustomers)?;
        let mut tx = self.store.read(caller.account).await?;
        Ok(attribute::list(&mut tx).await?)
    }

    /// Every attribute, with the number of customers that fill it.
    pub async fn attribute_uses(&self, caller: &Caller) -> Result<Vec<AttributeUse>, ServiceError> {
        caller.require(Permission::SeeCustomers)?;
        let mut tx = self.store.read(caller.account).await?;
        Ok(attribute::uses(&mut tx).await?)
    }
}

fn shown(row: ListedCustomer, country: Country) -> CustomerRow {
    CustomerRow {
        id: row.id,
        name: row.name,
        reference: row.reference,
        cell_phone_shown: row
            .cell_phone
            .as_ref()
            .map(|phone| phone.display(country))
            .unwrap_or_default(),
        cell_phone: row.cell_phone,
        email: row.email,
        last_activity_at: row.last_activity_at,
        unsubscribed_at: row.unsubscribed_at,
    }
}

fn phones(values: &Values, country: Country) -> BTreeMap<String, String> {
    let texts = [Field::CellPhone, Field::OtherPhones]
        .into_iter()
        .filter_map(|field| values.field(field))
        .flat_map(|value| match value {
            Value::Texts(texts) => texts.clone(),
            single => vec![single.to_string()],
        });
    texts
        .filter_map(|text| {
            E164::new(&text)
                .ok()
                .map(|phone| (text, phone.display(country)))
        })
        .collect()
}

pub(crate) async fn check_filter(tx: &mut AccountTx, filter: &Filter) -> Result<(), ServiceError> {
    let Filter::Attribute(rule) = filter else {
        return Ok(());
    };
    let kind = attribute::kinds(tx).await?.get(&rule.attribute).copied();
    if kind.is_some_and(|kind| fits(rule, kind)) {
        Ok(())
    } else {
        Err(InvalidInput::Rule.into())
    }
}

/// Whether a rule makes sense for an attribute of this kind.
fn fits(rule: &AttributeRule, kind: AttributeKind) -> bool {
    use AttributeKind::{Date, Number, Text, Texts};
    match (rule.operator, &rule.value) {
        (Operator::IsEmpty | Operator::IsNotEmpty, _) => true,
        (Operator::Is | Operator::Contains, Some(Value::Text(text))) => {
            matches!(kind, Text | Texts)
                && text.chars().count() <= LONG_TEXT_MAX
                && !text.contains('\0')
        }
        (Operator::Is | Operator::Less | Operator::Greater, Some(Value::Number(_))) => {
            matches!(kind, Number)
        }
        (Operator::Is | Operator::Less | Operator::Greater, Some(Value::Date(_))) => {
            matches!(kind, Date)
        }
        _ => false,
    }
}
