//! Intents about the definitions of attributes.

use super::{Answer, Door};
use domain::{
    attribute::{AttributeKind, AttributeName},
    ids::AttributeId,
    mutation::Reason,
    value::Value,
};
use store::{AccountTx, StoreError, attribute};

impl Door<'_> {
    /// A name that means the same as that of another attribute is refused, also when that one is retired: it can be
    /// restored.
    pub(super) async fn add_attribute(
        &self,
        tx: &mut AccountTx,
        id: AttributeId,
        name: &AttributeName,
        kind: AttributeKind,
    ) -> Result<Answer, StoreError> {
        if attribute::is_id_taken(tx, id).await? {
            return Ok(Answer::rejected(Reason::IdTaken));
        }
        if let Some(attribute) = attribute::find_by_name(tx, name).await? {
            return Ok(Answer::rejected(Reason::AttributeNameTaken { attribute }));
        }
        attribute::insert(tx, id, name, kind, self.author).await?;
        Ok(Answer::applied())
    }

    pub(super) async fn rename_attribute(
        &self,
        tx: &mut AccountTx,
        id: AttributeId,
        from: &AttributeName,
        to: &AttributeName,
    ) -> Result<Answer, StoreError> {
        let Some(stored) = attribute::find(tx, id).await? else {
            return Ok(Answer::rejected(Reason::UnknownAttribute));
        };
        let current = stored.attribute.name;
        if current == *to {
            return Ok(Answer::noop());
        }
        if current != *from {
            let text = |name: &AttributeName| Some(Value::Text(name.to_string()));
            return Ok(Answer::conflict(Reason::Changed {
                mine: text(to),
                theirs: text(&current),
                by: stored.updated_by,
                at: stored.updated_at,
            }));
        }
        if let Some(attribute) = attribute::find_by_name(tx, to)
            .await?
            .filter(|holder| *holder != id)
        {
            return Ok(Answer::rejected(Reason::AttributeNameTaken { attribute }));
        }
        attribute::rename(tx, id, to, self.author).await?;
        Ok(Answer::applied())
    }

    /// Attributes that are not known any more are passed over: somebody merged them while the list was open.
    pub(super) async fn reorder_attributes(
        &self,
        tx: &mut AccountTx,
        order: &[AttributeId],
    ) -> Result<Answer, StoreError> {
        let moved = attribute::reorder(tx, order, self.author).await?;
        Ok(if moved {
            Answer::applied()
        } else {
            Answer::noop()
        })
    }

    pub(super) async fn retire_attribute(
        &self,
        tx: &mut AccountTx,
        id: AttributeId,
        retired: bool,
    ) -> Result<Answer, StoreError> {
        let Some(stored) = attribute::find(tx, id).await? else {
            return Ok(Answer::rejected(Reason::UnknownAttribute));
        };
        if stored.attribute.retired == retired {
            return Ok(Answer::noop());
        }
        attribute::set_retired(tx, id, retired, self.author).await?;
        Ok(Answer::applied())
    }

    pub(super) async fn merge_attributes(
        &self,
        tx: &mut AccountTx,
        from: AttributeId,
        into: AttributeId,
    ) -> Result<Answer, StoreError> {
        if from == into {
            return Ok(Answer::noop());
        }
        let (Some(source), Some(target)) = (
            attribute::find(tx, from).await?,
            attribute::find(tx, into).await?,
        ) else {
            return Ok(Answer::rejected(Reason::UnknownAttribute));
        };
        if source.attribute.kind != target.attribute.kind {
            return Ok(Answer::rejected(Reason::AttributeKindsDiffer));
        }
        attribute::merge(tx, from, into, self.author).await?;
        Ok(Answer::applied())
    }
}
