//! The text of one cell: paragraphs, with blanks written as elements.

use crate::{
    error::ReadError,
    read::xml::{Token, Xml, unescaped},
};

/// More blanks in one place than a person types.
const MAX_BLANKS: u32 = 1000;

#[derive(Debug, Default)]
pub(super) struct CellText {
    pub(super) text: String,
    paragraphs: u32,
    in_paragraph: u32,
    /// Depth inside elements whose text is not the cell's: remarks, readings, drawings, tables.
    aside: u32,
}

impl CellText {
    /// Reads until the cell closes.
    pub(super) fn read(&mut self, xml: &mut Xml<'_>) -> Result<(), ReadError> {
        let damaged = xml.damaged();
        loop {
            match xml.next()?.ok_or_else(|| damaged.clone())? {
                Token::Open(tag) => {
                    let depth = u32::from(!tag.is_empty);
                    match tag.name {
                        b"annotation" | b"ruby-text" | b"frame" | b"shape" | b"custom-shape"
                        | b"table" | b"note" => self.aside += depth,
                        _ if self.aside > 0 => {}
                        b"p" | b"h" => {
                            if self.paragraphs > 0 {
                                self.text.push('\n');
                            }
                            self.paragraphs += 1;
                            self.in_paragraph += depth;
                        }
                        b"s" => {
                            let blanks = tag.number(b"c").unwrap_or(1).min(MAX_BLANKS);
                            self.text.extend((0..blanks).map(|_| ' '));
                        }
                        b"tab" => self.text.push('\t'),
                        b"line-break" => self.text.push('\n'),
                        _ => {}
                    }
                }
                Token::Close(name) => match name {
                    b"annotation" | b"ruby-text" | b"frame" | b"shape" | b"custom-shape"
                    | b"table" | b"note" => {
                        self.aside = self.aside.saturating_sub(1);
                    }
                    b"table-cell" | b"covered-table-cell" if self.aside == 0 => return Ok(()),
                    b"p" | b"h" if self.aside == 0 => {
                        self.in_paragraph = self.in_paragraph.saturating_sub(1);
                    }
                    _ => {}
                },
                Token::Text { raw, is_plain } if self.aside == 0 && self.in_paragraph > 0 => {
                    let text = if is_plain {
                        String::from_utf8_lossy(raw)
                    } else {
                        unescaped(raw)
                    };
                    // Line breaks of the XML are blanks.
                    if text.contains('\n') {
                        self.text.push_str(&text.replace('\n', " "));
                    } else {
                        self.text.push_str(&text);
                    }
                }
                Token::Text { .. } => {}
            }
        }
    }
}
