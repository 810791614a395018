//! Every read of a screen goes through here: today to the server, later to the device when there is no network.

mod connection;

pub use connection::{Connection, provide_connection, use_connection};

use crate::{error::AppError, session::gate};

/// Calls a server function. If the session has ended, the person is asked to sign in again where they are, and the call
/// is repeated afterwards: the caller only sees it take longer.
pub async fn ask<T, A>(call: impl Fn() -> A) -> Result<T, AppError>
where
    A: Future<Output = Result<T, AppError>>,
{
    loop {
        let answer = call().await;
        connection::note(answer.as_ref().err());
        if !(matches!(answer, Err(AppError::Unauthenticated)) && gate::signed_in_again().await) {
            return answer;
        }
    }
}
