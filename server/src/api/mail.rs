//! Files that are sent by e-mail: on their way here in pieces, and from here to whoever follows the link.

use super::{caller, refusal, signed_in, whole};
use crate::state::AppState;
use app::{error::AppError, request::Chain, routes};
use axum::{
    body::{Body, Bytes},
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    export::ExportRefusal,
    ids::ExportId,
    mail::{ExportMail, FileName, PIECE_BYTES, pieces},
    permission::Permission,
};
use futures::{StreamExt, stream};
use service::Caller;

/// One numbered piece of a file that is to be sent. The same piece may come again after a lost answer.
pub(crate) async fn put_piece(
    State(state): State<AppState>,
    Path((export, number)): Path<(ExportId, u32)>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let stored = async {
        let caller = caller(&state, &headers).await?;
        // Nobody else makes the server hold a body of this size.
        caller.require(Permission::ExportCustomers)?;
        let limit = usize::try_from(PIECE_BYTES).unwrap_or(usize::MAX);
        let body = whole(body, limit).await?;
        state
            .services
            .put_mail_piece(&caller, export, number, &body)
            .await?;
        Ok::<(), AppError>(())
    };
    match stored.await {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => refusal(error),
    }
}

/// The file of an export, to be saved. A link leads here, so that no page can say which account it shows: the session's is meant.
pub(crate) async fn file(
    State(state): State<AppState>,
    Path(export): Path<ExportId>,
    headers: HeaderMap,
) -> Response {
    let found = async {
        let caller = signed_in(&state, &headers).await?;
        let mail = state.services.export_mail(&caller, export).await?;
        if mail.kept_until.is_none() {
            return Err(AppError::Export(ExportRefusal::FileGone));
        }
        Ok((caller, mail))
    };
    match found.await {
        Ok((caller, mail)) => download(state, caller, export, &mail),
        Err(AppError::Unauthenticated) => {
            Redirect::to(&routes::sign_in_then(&routes::exported(export))).into_response()
        }
        Err(error) => refusal(error),
    }
}

/// Piece by piece, so that the server holds one of them at a time.
fn download(state: AppState, caller: Caller, export: ExportId, mail: &ExportMail) -> Response {
    let services = state.services;
    let bytes = stream::iter(0..pieces(mail.bytes)).then(move |number| {
        let (services, caller) = (services.clone(), caller.clone());
        async move {
            let piece = services.mailed_piece(&caller, export, number).await;
            if let Err(cause) = &piece {
                // The status is on its way already: whoever downloads sees a file that ends too early.
                tracing::error!(%export, number, cause = %Chain(cause), "a download was cut off");
            }
            piece.map(Bytes::from)
        }
    });
    let headers = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static(mail.file_name.media_type()),
        ),
        (header::CONTENT_DISPOSITION, disposition(&mail.file_name)),
        (header::CONTENT_LENGTH, HeaderValue::from(mail.bytes)),
    ];
    (headers, Body::from_stream(bytes)).into_response()
}

/// RFC 6266: the name in the letters that every browser reads, and as it is.
fn disposition(name: &FileName) -> HeaderValue {
    let plain: String = name
        .as_str()
        .chars()
        .map(|c| if c.is_ascii() { c } else { '_' })
        .collect();
    let exact = routes::percent_encoded(name.as_str());
    let text = format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{exact}");
    HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static("attachment"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_written_for_every_browser() {
        let name = FileName::parse("Clients désabonnés.csv").unwrap();
        assert_eq!(
            disposition(&name),
            "attachment; filename=\"Clients d_sabonn_s.csv\"; filename*=UTF-8''Clients%20d%C3%A9sabonn%C3%A9s.csv"
        );
    }
}
