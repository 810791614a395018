//! What a server function can answer instead of its reply. Closed: the screens act on each case.

mod not_found;
mod notice;

pub use not_found::NotFoundPage;
pub use notice::ErrorNotice;

use domain::{error::Invalid, export::ExportRefusal, import::refusal::ImportRefusal};
use leptos::server_fn::{
    codec::JsonEncoding,
    error::{FromServerFnError, ServerFnErrorErr},
};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AppError {
    /// There is no session, or it has ended.
    #[error("not signed in")]
    Unauthenticated,
    #[error("wrong e-mail or password")]
    WrongCredentials,
    #[error("not allowed for this role")]
    Forbidden,
    #[error("not found")]
    NotFound,
    #[error("in the way: {0:?}")]
    Conflict(Conflict),
    /// With the reason, when there is one that a person can act on.
    #[error("not acceptable")]
    Invalid(Option<Invalid>),
    #[error("the import is refused: {0}")]
    Import(ImportRefusal),
    #[error("the export is refused: {0}")]
    Export(ExportRefusal),
    #[error("too many tries, again in {retry_after_seconds} s")]
    TooManyTries { retry_after_seconds: u64 },
    #[error("too large")]
    TooLarge,
    /// Others hold what is needed. Nothing happened, and the same call may be made again.
    #[error("busy")]
    Busy,
    /// The provider of text messages did not answer the server. Nothing was changed.
    #[error("the provider of text messages does not answer")]
    ProviderUnreachable,
    /// The server did not answer.
    #[error("the server cannot be reached")]
    Offline,
    /// Page and server do not understand each other: one of them was updated.
    #[error("the page is older or newer than the server")]
    OutOfDate,
    /// The reference finds the cause in the server's log.
    #[error("failed on the server, reference {reference}")]
    Internal { reference: String },
}

/// What is in the way of something that is allowed otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Conflict {
    Changed,
    EmailTaken,
    LastOwner,
    AlreadyMember,
    /// Every account has removed the person.
    NoAccount,
    AlreadySetUp,
    /// The browser shows another account by now than this page does.
    OtherAccount,
    ImportNotOpen,
    /// An import would not do any more what Review showed.
    PlanChanged,
}

impl AppError {
    pub const fn status(&self) -> http::StatusCode {
        match self {
            Self::Unauthenticated | Self::WrongCredentials => http::StatusCode::UNAUTHORIZED,
            Self::Forbidden => http::StatusCode::FORBIDDEN,
            Self::NotFound => http::StatusCode::NOT_FOUND,
            Self::Conflict(_) => http::StatusCode::CONFLICT,
            Self::Invalid(_) | Self::Import(_) | Self::Export(_) => {
                http::StatusCode::UNPROCESSABLE_ENTITY
            }
            Self::TooManyTries { .. } => http::StatusCode::TOO_MANY_REQUESTS,
            Self::TooLarge => http::StatusCode::PAYLOAD_TOO_LARGE,
            Self::OutOfDate => http::StatusCode::BAD_REQUEST,
            Self::ProviderUnreachable => http::StatusCode::BAD_GATEWAY,
            Self::Busy => http::StatusCode::SERVICE_UNAVAILABLE,
            Self::Offline | Self::Internal { .. } => http::StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl FromServerFnError for AppError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        let error = match error {
            ServerFnErrorErr::Request(_) => Self::Offline,
            ServerFnErrorErr::Registration(_)
            | ServerFnErrorErr::UnsupportedRequestMethod(_)
            | ServerFnErrorErr::Deserialization(_)
            | ServerFnErrorErr::Serialization(_)
            | ServerFnErrorErr::Args(_)
            | ServerFnErrorErr::MissingArg(_) => Self::OutOfDate,
            ServerFnErrorErr::ServerError(_)
            | ServerFnErrorErr::MiddlewareError(_)
            | ServerFnErrorErr::Response(_) => Self::Internal {
                reference: String::from("–"),
            },
        };
        // On the server these are calls that never reached their function: nothing else gives them a status.
        #[cfg(feature = "ssr")]
        crate::request::set_status(error.status());
        error
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_a_lost_network_from_a_stale_page() {
        assert_eq!(
            AppError::from_server_fn_error(ServerFnErrorErr::Request("x".into())),
            AppError::Offline
        );
        assert_eq!(
            AppError::from_server_fn_error(ServerFnErrorErr::Args("x".into())),
            AppError::OutOfDate
        );
    }

    #[test]
    fn survives_the_way_to_the_page() {
        for error in [
            AppError::Unauthenticated,
            AppError::Conflict(Conflict::LastOwner),
            AppError::Invalid(None),
        ] {
            assert_eq!(AppError::de(error.ser()), error);
        }
    }

    #[test]
    fn reads_an_answer_that_is_not_its_own_as_a_stale_page() {
        assert_eq!(
            AppError::de("Could not find a server function".into()),
            AppError::OutOfDate
        );
    }
}
