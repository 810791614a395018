//! Which cell styles show numbers as dates.

use crate::{
    error::{Damage, ReadError},
    read::{
        number_format,
        value::Meaning,
        xml::{Token, Xml},
        zip::Archive,
    },
};
use std::collections::HashMap;

#[derive(Debug, Default)]
pub(super) struct Styles {
    meanings: Vec<Meaning>,
}

impl Styles {
    pub(super) fn read(archive: &Archive<'_>, part: &str) -> Result<Self, ReadError> {
        let mut styles = Self::default();
        let Some(part) = archive.part(part)? else {
            return Ok(styles);
        };
        let mut xml = Xml::new(part, Damage::Workbook);
        let mut codes: HashMap<u32, Meaning> = HashMap::new();
        let mut is_cell_style = false;
        while let Some(token) = xml.next()? {
            match token {
                Token::Open(tag) => match tag.name {
                    b"numFmt" => {
                        if let (Some(id), Some(code)) =
                            (tag.number(b"numFmtId"), tag.text(b"formatCode"))
                        {
                            codes.insert(id, number_format::of_code(&code));
                        }
                    }
                    b"cellXfs" => is_cell_style = !tag.is_empty,
                    b"xf" if is_cell_style => {
                        let id = tag.number(b"numFmtId").unwrap_or(0);
                        let meaning = codes
                            .get(&id)
                            .copied()
                            .unwrap_or_else(|| number_format::built_in(id));
                        styles.meanings.push(meaning);
                    }
                    _ => {}
                },
                Token::Close(b"cellXfs") => is_cell_style = false,
                _ => {}
            }
        }
        Ok(styles)
    }

    pub(super) fn meaning(&self, style: u32) -> Meaning {
        self.meanings
            .get(style as usize)
            .copied()
            .unwrap_or(Meaning::Number)
    }
}
