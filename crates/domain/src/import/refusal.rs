//! Why an import is refused. The page words it in the reader's language.

use serde::{Deserialize, Serialize};

/// What is wrong with a request, with a chunk, or with the moment. Names attributes and lines, never values.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportRefusal {
    #[error("A file to import has at least one row, and at most 1,048,576.")]
    Rows,
    #[error("A file to import has at most 500 columns.")]
    Columns,
    #[error("A file to import has at most 200 MB.")]
    FileTooLarge,
    #[error("At most {max} imports of a person are open at a time.")]
    TooManyOpen { max: u16 },
    #[error("No column is imported.")]
    NothingMapped,
    #[error("Two columns belong to the same field.")]
    SlotTwice,
    #[error("A column belongs to an attribute that does not exist any more.")]
    UnknownAttribute,
    #[error("The attribute “{0}” exists already, with another type.")]
    AttributeOfAnotherKind(String),
    /// To fill it is to take it back into use.
    #[error("The attribute “{0}” is retired, and the role may not take it back into use.")]
    AttributeRetired(String),
    #[error("Two columns belong to the attribute “{0}”.")]
    AttributeTwice(String),
    #[error("The request to import does not agree with itself.")]
    Inconsistent,
    #[error("The chunk cannot be read.")]
    UnreadableChunk,
    #[error("The chunk is larger than allowed.")]
    ChunkTooLarge,
    #[error("The chunk was damaged on its way.")]
    DamagedChunk,
    #[error("Another chunk of this number has arrived already.")]
    OtherChunk,
    #[error("The lines of the file are out of order.")]
    LinesOutOfOrder,
    #[error("Line {line} holds what its columns cannot.")]
    InvalidRow { line: u32 },
    #[error("Some rows have not arrived yet.")]
    Incomplete,
    #[error("The import has not been committed.")]
    NotCommitted,
    /// The person who started the commit stopped it; nothing was written.
    #[error("The import was stopped.")]
    Stopped,
}
