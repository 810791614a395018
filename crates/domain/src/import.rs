//! What page, worker and server say to each other about an import.

pub mod chunk;
pub mod merge;
pub mod plan;
pub mod refusal;
pub mod report;
pub mod three_way;
