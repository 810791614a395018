//! The part of XLS that comes before the sheets.

use super::{
    kind,
    records::Records,
    strings::{self, Codepage},
};
use crate::{
    detected::SheetFound,
    error::{Damage, ReadError},
    read::{
        binary::{Context, Fields},
        number_format,
        sheets::Grid,
    },
    understand::date::Serials,
};
use std::collections::HashMap;

/// What stands before the sheets and belongs to all of them.
#[derive(Debug)]
pub(super) struct Globals {
    pub(super) sheets: Vec<SheetFound>,
    /// Where each sheet begins in the stream.
    pub(super) offsets: Vec<usize>,
    pub(super) context: Context,
    pub(super) codepage: Codepage,
}

impl Globals {
    pub(super) fn read(stream: &[u8], grid: &mut Grid) -> Result<Self, ReadError> {
        let damaged = ReadError::Unreadable(Damage::Workbook);
        let mut records = Records::new(stream, 0);
        let Some((kind::BOF, version)) = records.next() else {
            return Err(damaged);
        };
        let is_biff8 = Fields::new(version).u16() == Some(0x0600);
        let mut codepage = Codepage::new(is_biff8);
        let (mut sheets, mut offsets) = (Vec::new(), Vec::new());
        let mut context = Context::default();
        let mut codes = HashMap::new();
        let mut styles = Vec::new();
        while let Some((kind, body)) = records.next() {
            let mut fields = Fields::new(body);
            match kind {
                kind::EOF => break,
                kind::FILE_PASS => return Err(ReadError::PasswordProtected),
                kind::DATE_1904 => context.serials = Serials::of_1904(fields.u16() == Some(1)),
                kind::CODE_PAGE => codepage.set(fields.u16().unwrap_or_default()),
                kind::FORMAT => {
                    let Some(id) = fields.u16() else { continue };
                    let code = if is_biff8 {
                        codepage.long(&mut fields)
                    } else {
                        codepage.short(&mut fields)
                    };
                    codes.insert(
                        u32::from(id),
                        number_format::of_code(&code.unwrap_or_default()),
                    );
                }
                kind::XF => {
                    styles.push(fields.u16().and_then(|_| fields.u16()).map_or(0, u32::from));
                }
                kind::BOUND_SHEET => {
                    let (Some(offset), Some(state), Some(sort)) =
                        (fields.u32(), fields.u8(), fields.u8())
                    else {
                        continue;
                    };
                    // Charts and macros are sheets too.
                    if sort == 0 {
                        let name = codepage.short(&mut fields).unwrap_or_default();
                        sheets.push(SheetFound {
                            name,
                            hidden: state & 3 != 0,
                            filled_rows: None,
                        });
                        offsets.push(offset as usize);
                    }
                }
                kind::SST => {
                    let mut pieces = records.with_continues(body);
                    context.strings = strings::shared(&mut pieces, &mut grid.builder);
                }
                _ => {}
            }
        }
        let meaning = |id: &u32| {
            codes
                .get(id)
                .copied()
                .unwrap_or_else(|| number_format::built_in(*id))
        };
        context.meanings = styles.iter().map(meaning).collect();
        if sheets.is_empty() {
            Err(damaged)
        } else {
            Ok(Self {
                sheets,
                offsets,
                context,
                codepage,
            })
        }
    }
}
