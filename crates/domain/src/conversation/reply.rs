//! Saved replies: what a shop writes again and again.

use crate::{fold::fold, ids::SavedReplyId, template::Template};
use serde::{Deserialize, Deserializer, Serialize};
use std::fmt;

/// A title of 1 to 60 characters on one line. Two titles are the same when they fold alike.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct ReplyTitle(String);

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReplyTitleError {
    #[error("A saved reply needs a title.")]
    Empty,
    #[error("A title has at most 60 characters.")]
    TooLong,
}

impl ReplyTitle {
    pub const MAX: usize = 60;

    pub fn parse(text: &str) -> Result<Self, ReplyTitleError> {
        let visible: String = text
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        let title = visible.split_whitespace().collect::<Vec<_>>().join(" ");
        match title.chars().count() {
            0 => Err(ReplyTitleError::Empty),
            n if n > Self::MAX => Err(ReplyTitleError::TooLong),
            _ => Ok(Self(title)),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Equal for titles that are the same: case, accents and spacing aside.
    pub fn key(&self) -> String {
        fold(&self.0)
    }
}

impl fmt::Display for ReplyTitle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for ReplyTitle {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedReply {
    pub id: SavedReplyId,
    pub title: ReplyTitle,
    pub text: Template,
}
