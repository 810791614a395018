//! Why a value is not accepted. The page words it in the reader's language.

use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Invalid {
    #[error("a value is needed")]
    Empty,
    #[error("not a valid phone number")]
    NotAPhone,
    #[error("not an e-mail address")]
    NotAnEmail,
    #[error("no such date")]
    NotADate,
    #[error("not a number")]
    NotANumber,
    #[error("not a country code of two letters")]
    UnknownCountry,
    #[error("not a language code of two letters")]
    UnknownLanguage,
    #[error("more than {max} characters")]
    TooLong { max: u32 },
    #[error("more than {max} texts")]
    TooMany { max: u32 },
    #[error("a value of another type")]
    WrongType,
}
