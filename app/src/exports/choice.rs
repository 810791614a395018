//! What a person chose: which customers, which columns, which format. Everything in it is a handle.

use crate::customers::view_model::list_view::ListView;
use domain::{
    attribute::Attribute,
    export::{ExportFormat, ExportList},
    slot::{Field, Slot, SlotKind},
};
use leptos::prelude::*;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Which {
    /// The search and the filter that the list had.
    Shown,
    All,
    WithoutCellPhone,
    Unsubscribed,
}

/// One column of the file.
#[derive(Clone, Debug)]
pub(super) struct Column {
    pub(super) slot: Slot,
    pub(super) kind: SlotKind,
    /// Of an attribute; a field has one in each language.
    pub(super) name: Option<String>,
    pub(super) chosen: RwSignal<bool>,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Chosen {
    pub(super) which: RwSignal<Which>,
    /// Of the unsubscribed: only those of some days.
    pub(super) by_day: RwSignal<bool>,
    pub(super) since: RwSignal<String>,
    pub(super) until: RwSignal<String>,
    pub(super) format: RwSignal<ExportFormat>,
    /// Also e-mailed.
    pub(super) by_mail: RwSignal<bool>,
    pub(super) columns: StoredValue<Vec<Column>>,
    /// Whether the file says which version of which customer each row is.
    pub(super) versions: RwSignal<bool>,
    /// What the list showed, if that leaves anybody out.
    pub(super) shown: StoredValue<Option<ListView>>,
}

impl Chosen {
    pub(super) fn new(attributes: Vec<Attribute>, shown: ListView) -> Self {
        let shown = shown.is_narrowed().then_some(shown);
        let column = |slot, kind, name| Column {
            slot,
            kind,
            name,
            chosen: RwSignal::new(true),
        };
        let fields = Field::ALL
            .iter()
            .map(|field| column(Slot::Field(*field), field.kind(), None));
        let attributes = attributes
            .into_iter()
            .filter(|attribute| !attribute.retired);
        let attributes = attributes.map(|attribute| {
            let name = Some(attribute.name.to_string());
            column(Slot::Attribute(attribute.id), attribute.kind.into(), name)
        });
        Self {
            which: RwSignal::new(if shown.is_some() {
                Which::Shown
            } else {
                Which::All
            }),
            by_day: RwSignal::new(false),
            since: RwSignal::default(),
            until: RwSignal::default(),
            format: RwSignal::default(),
            by_mail: RwSignal::new(false),
            columns: StoredValue::new(fields.chain(attributes).collect()),
            versions: RwSignal::new(true),
            shown: StoredValue::new(shown),
        }
    }

    pub(super) fn list(self) -> ExportList {
        match self.which.get() {
            Which::All => ExportList::All,
            Which::WithoutCellPhone => ExportList::WithoutCellPhone,
            Which::Unsubscribed => {
                let by_day = self.by_day.get();
                let day = |day: RwSignal<String>| day.get().parse().ok().filter(|_| by_day);
                ExportList::Unsubscribed {
                    since: day(self.since),
                    until: day(self.until),
                }
            }
            Which::Shown => {
                let ListView { text, filter, .. } = self.shown.get_value().unwrap_or_default();
                ExportList::Shown { text, filter }
            }
        }
    }

    pub(super) fn chosen_columns(self) -> Vec<Column> {
        let columns = self.columns.get_value();
        columns
            .into_iter()
            .filter(|column| column.chosen.get())
            .collect()
    }
}
