//! What an archive is, and where the parts of an Office workbook stand in it.

use super::{
    xml::{Token, Xml},
    zip::Archive,
};
use crate::{
    detected::Format,
    error::{Damage, LooksLike, ReadError},
};
use std::collections::HashMap;

/// The list of sheets of an XLSB.
const BINARY_MAIN: &str = "xl/workbook.bin";

/// Which workbook an archive is, if it is one.
pub(super) fn format(archive: &Archive<'_>) -> Result<Format, ReadError> {
    if let Some(kind) = archive.bytes_of("mimetype")? {
        return open_document(&kind, archive);
    }
    let main = main_part(archive)?;
    if main.eq_ignore_ascii_case(BINARY_MAIN) && archive.has(&main) {
        return Ok(Format::Xlsb);
    }
    let other = |name: &str| archive.names().any(|entry| entry.starts_with(name));
    if archive.has(&main) && !other("word/") && !other("ppt/") {
        let types = archive.bytes_of("[Content_Types].xml")?.unwrap_or_default();
        let has_macros = memchr::memmem::find(&types, b"macroEnabled.main+xml").is_some();
        return Ok(if has_macros {
            Format::Xlsm
        } else {
            Format::Xlsx
        });
    }
    Err(ReadError::NotASpreadsheet(if other("word/") {
        LooksLike::Document
    } else if other("ppt/") {
        LooksLike::Presentation
    } else if other("Index/") || archive.has("Index.zip") {
        LooksLike::Numbers
    } else {
        LooksLike::Archive
    }))
}

fn open_document(kind: &[u8], archive: &Archive<'_>) -> Result<Format, ReadError> {
    let Some(kind) = kind.strip_prefix(b"application/vnd.oasis.opendocument.") else {
        return Err(ReadError::NotASpreadsheet(LooksLike::Archive));
    };
    if kind.starts_with(b"spreadsheet") {
        let manifest = archive
            .bytes_of("META-INF/manifest.xml")?
            .unwrap_or_default();
        let is_encrypted = memchr::memmem::find(&manifest, b"encryption-data").is_some();
        return if is_encrypted {
            Err(ReadError::PasswordProtected)
        } else {
            Ok(Format::Ods)
        };
    }
    Err(ReadError::NotASpreadsheet(
        if kind.starts_with(b"presentation") {
            LooksLike::Presentation
        } else if kind.starts_with(b"graphics") || kind.starts_with(b"image") {
            LooksLike::Picture
        } else {
            LooksLike::Document
        },
    ))
}

/// The name of the part that lists the sheets.
pub(super) fn main_part(archive: &Archive<'_>) -> Result<String, ReadError> {
    let named = relations(archive, "")?
        .into_values()
        .find(|relation| relation.kind == "officeDocument");
    if let Some(relation) = named {
        return Ok(relation.target);
    }
    let usual = if archive.has(BINARY_MAIN) {
        BINARY_MAIN
    } else {
        "xl/workbook.xml"
    };
    Ok(usual.to_owned())
}

#[derive(Debug)]
pub(super) struct Relation {
    /// The last word of its type.
    pub(super) kind: String,
    /// The name of a part.
    pub(super) target: String,
}

/// The parts that a part refers to, by the ids it uses for them. The archive itself is the part `""`.
pub(super) fn relations(
    archive: &Archive<'_>,
    part: &str,
) -> Result<HashMap<String, Relation>, ReadError> {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    let name = if folder.is_empty() {
        format!("_rels/{file}.rels")
    } else {
        format!("{folder}/_rels/{file}.rels")
    };
    let mut relations = HashMap::new();
    let Some(part) = archive.part(&name)? else {
        return Ok(relations);
    };
    let mut xml = Xml::new(part, Damage::Workbook);
    while let Some(token) = xml.next()? {
        let Token::Open(tag) = token else { continue };
        if tag.name != b"Relationship" {
            continue;
        }
        let (Some(id), Some(kind), Some(target)) =
            (tag.text(b"Id"), tag.text(b"Type"), tag.text(b"Target"))
        else {
            continue;
        };
        let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
        relations.insert(
            id,
            Relation {
                kind,
                target: resolved(folder, &target),
            },
        );
    }
    Ok(relations)
}

fn resolved(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut steps: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in target.split('/') {
        match step {
            "." | "" => {}
            ".." => {
                steps.pop();
            }
            name => steps.push(name),
        }
    }
    steps.join("/")
}
