//! The first step: what is going to be staged.

use super::{
    attributes::{self, Known},
    decode::{COLUMNS_MAX, HEADER_MAX, short, without_nul},
    stage::OPEN_MAX,
};
use crate::{Caller, ServiceError, Services};
use domain::{
    fold::fold,
    ids::{AttributeId, ImportId},
    import::{
        chunk::{ImportPlanRequest, NewAttribute},
        refusal::ImportRefusal,
        report::ImportState,
    },
    permission::Permission,
    slot::Slot,
};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use store::import::{
    record::{self, Begun},
    staging,
};

const ROWS_MAX: u32 = 1_048_576;
const FILE_BYTES_MAX: u64 = 200 << 20;
/// The most bytes of the page's own record of the mapping.
const MAPPING_BYTES_MAX: usize = 1 << 20;
/// The most bytes of the page's own record of the corrections: nearly a million rows to skip fit, and so does the whole
/// of it into one call, in which every quotation mark is quoted once more.
const CORRECTIONS_BYTES_MAX: usize = 7 << 20;
const NAME_MAX: usize = 255;

impl Services {
    /// Opens an import, or answers the one that this person has open for the same file. If that one was begun with
    /// another request, it starts afresh under a new id, and its chunks have to be sent again: rows that another tab still
    /// sends for the request before would be read as the columns of this one.
    pub async fn begin_import(
        &self,
        caller: &Caller,
        request: ImportPlanRequest,
    ) -> Result<ImportId, ServiceError> {
        caller.require(Permission::ImportCustomers)?;
        if !request.new_attributes.is_empty() {
            caller.require(Permission::AddAttributes)?;
        }
        if request.corrections.len() > CORRECTIONS_BYTES_MAX {
            return Err(ServiceError::TooLarge);
        }
        let request = checked(request)?;
        let mut tx = self.store.stage(caller.account).await?;
        let known = Known::read(&mut tx).await?;
        let taken = |new: &NewAttribute| {
            known
                .existing
                .iter()
                .any(|old| old.id == new.id && old.name.key() != new.name.key())
        };
        if request.new_attributes.iter().any(taken) {
            return Err(ImportRefusal::Inconsistent.into());
        }
        // Of what was sent, so that the same again is recognised.
        let request_sha256 = fingerprint(&request)?;
        let request = self.with_fresh_ids(request, &known);
        let resolved = attributes::resolve(&request.columns, &request.new_attributes, &known)?;
        attributes::restored(caller, &resolved.columns, &known.existing)?;
        let header_keys = header_keys(&request.headers);
        let mut begun = Begun {
            import: ImportId::new(self.new_id()),
            person: caller.person,
            request: &request,
            request_sha256: &request_sha256,
            header_keys: &header_keys,
            at: self.clock.now(),
        };
        // When two windows begin at once, the second one waits in the insert, and then finds what the first one made.
        let mut is_new = true;
        while !record::insert(&mut tx, &begun).await? {
            let Some(open) =
                record::open_for_file(&mut tx, caller.person, &request.file_sha256).await?
            else {
                continue;
            };
            let locked = record::lock(&mut tx, open.summary.id).await?;
            let Some(open) = locked.filter(|open| open.summary.state == ImportState::Staging)
            else {
                continue;
            };
            is_new = false;
            if open.request_sha256 == request_sha256 {
                begun.import = open.summary.id;
            } else {
                staging::drop_rows(&mut tx, open.summary.id).await?;
                staging::drop_failed(&mut tx, open.summary.id).await?;
                record::restart(&mut tx, open.summary.id, &begun).await?;
            }
            break;
        }
        let open = record::count_open(&mut tx, caller.person).await?;
        if is_new && open > i64::from(OPEN_MAX) {
            return Err(ImportRefusal::TooManyOpen { max: OPEN_MAX }.into());
        }
        tx.commit().await?;
        Ok(begun.import)
    }

    /// A remembered mapping proposes an attribute that was made, and merged away since, under its old id. With its old name
    /// it is the one that took it over; with another one it is new, and needs an id of its own.
    fn with_fresh_ids(&self, mut request: ImportPlanRequest, known: &Known) -> ImportPlanRequest {
        for new in &mut request.new_attributes {
            if known.is_spent(new) {
                let (spent, fresh) = (new.id, AttributeId::new(self.new_id()));
                new.id = fresh;
                for column in &mut request.columns {
                    if column.slot == Slot::Attribute(spent) {
                        column.slot = Slot::Attribute(fresh);
                    }
                }
            }
        }
        request
    }
}

/// The request within its limits, and with nothing in its texts that the database cannot keep.
fn checked(request: ImportPlanRequest) -> Result<ImportPlanRequest, ImportRefusal> {
    if request.rows == 0 || request.rows > ROWS_MAX {
        return Err(ImportRefusal::Rows);
    }
    if request.file_bytes > FILE_BYTES_MAX {
        return Err(ImportRefusal::FileTooLarge);
    }
    if request.headers.len() > COLUMNS_MAX {
        return Err(ImportRefusal::Columns);
    }
    if request.columns.is_empty() {
        return Err(ImportRefusal::NothingMapped);
    }
    let slots: BTreeSet<Slot> = request.columns.iter().map(|column| column.slot).collect();
    if slots.len() < request.columns.len() {
        return Err(ImportRefusal::SlotTwice);
    }
    let new: BTreeSet<AttributeId> = request
        .new_attributes
        .iter()
        .map(|attribute| attribute.id)
        .collect();
    let names: BTreeSet<String> = request
        .new_attributes
        .iter()
        .map(|attribute| attribute.name.key())
        .collect();
    if let Some(twice) = twice(&request, &names) {
        return Err(ImportRefusal::AttributeTwice(twice));
    }
    let every_new_one_is_filled = new.iter().all(|id| slots.contains(&Slot::Attribute(*id)));
    let sources_exist = request.columns.iter().all(|column| {
        usize::try_from(column.source).is_ok_and(|source| source < request.headers.len())
    });
    let versions_exist = request.version_column.is_none_or(|column| {
        usize::try_from(column).is_ok_and(|column| column < request.headers.len())
    });
    let sha256 = request.file_sha256.to_ascii_lowercase();
    let is_a_hash = sha256.len() == 64 && sha256.bytes().all(|byte| byte.is_ascii_hexdigit());
    let chunks_fit = (1..=request.rows).contains(&request.chunks);
    let mapping_fits = request.mapping.len() <= MAPPING_BYTES_MAX;
    if !every_new_one_is_filled
        || new.len() < request.new_attributes.len()
        || !sources_exist
        || !versions_exist
        || !is_a_hash
        || !chunks_fit
        || !mapping_fits
    {
        return Err(ImportRefusal::Inconsistent);
    }
    let name = |name: &str| short(name, NAME_MAX);
    Ok(ImportPlanRequest {
        file_name: name(&request.file_name),
        file_sha256: sha256,
        sheet: request.sheet.as_deref().map(name),
        headers: request
            .headers
            .iter()
            .map(|header| short(header, HEADER_MAX))
            .collect(),
        mapping: without_nul(&request.mapping),
        corrections: without_nul(&request.corrections),
        ..request
    })
}

/// The name of an attribute that is to be made twice.
fn twice(request: &ImportPlanRequest, names: &BTreeSet<String>) -> Option<String> {
    if names.len() == request.new_attributes.len() {
        return None;
    }
    let mut seen = BTreeSet::new();
    let again = request
        .new_attributes
        .iter()
        .find(|attribute| !seen.insert(attribute.name.key()));
    again.map(|attribute| attribute.name.to_string())
}

/// Equal for equal requests.
fn fingerprint(request: &ImportPlanRequest) -> Result<Vec<u8>, ServiceError> {
    let bytes = postcard::to_allocvec(request).map_err(|_| ImportRefusal::Inconsistent)?;
    Ok(Sha256::digest(bytes).to_vec())
}

/// Headers as they are kept and compared: case, accents and spacing aside; columns without a title left out.
pub(super) fn header_keys(headers: &[String]) -> Vec<String> {
    let key = |header: &String| {
        let header = short(header, HEADER_MAX);
        fold(&header.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    headers
        .iter()
        .take(COLUMNS_MAX)
        .map(key)
        .filter(|key| !key.is_empty())
        .collect()
}
