//! The routes that carry ciphertext.

use super::sender::{self, Sent};
use crate::error::AppError;
use js_sys::Uint8Array;
use leptos::prelude::window;
use protocol::id::{GroupId, Hash, LogId, Token};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, Blob, Request, RequestCredentials, RequestInit, Response};

/// Sends the bytes of an append; the answer is the signed receipt.
pub(crate) async fn append(bytes: &[u8]) -> Result<Vec<u8>, AppError> {
    let init = options("POST");
    init.set_body(&Uint8Array::from(bytes));
    let request = request("/api/append", &init)?;
    request
        .headers()
        .set("content-type", "application/cbor")
        .map_err(|_| AppError::Internal)?;
    send(&request).await
}

/// A log: the bytes of [`protocol::append::Fetched`]. `token` is the practitioner's; a member of the unit has none.
pub(crate) async fn log(log: LogId, token: Option<&Token>) -> Result<Vec<u8>, AppError> {
    let request = request(&format!("/api/log/{log}"), &options("GET"))?;
    if let Some(token) = token {
        show(&request, token)?;
    }
    send(&request).await
}

/// Puts a sealed draft into the drawer that `token` opens, in the place of the bytes with the hash `was`, or where nothing lies.
pub(crate) async fn save_unsent(token: &Token, was: Option<Hash>, bytes: &[u8]) -> Result<(), AppError> {
    let init = options("PUT");
    init.set_body(&Uint8Array::from(bytes));
    let was = was.map(|was| format!("?was={was}")).unwrap_or_default();
    let request = request(&format!("/api/drawer{was}"), &init)?;
    show(&request, token)?;
    send(&request).await.map(drop)
}

/// The sealed draft in the drawer that `token` opens.
pub(crate) async fn unsent(token: &Token) -> Result<Vec<u8>, AppError> {
    let request = request("/api/drawer", &options("GET"))?;
    show(&request, token)?;
    send(&request).await
}

/// Empties the drawer that `token` opens, if the bytes with this hash lie in it.
pub(crate) async fn delete_unsent(token: &Token, hash: Hash) -> Result<(), AppError> {
    let request = request(&format!("/api/drawer?hash={hash}"), &options("DELETE"))?;
    show(&request, token)?;
    send(&request).await.map(drop)
}

/// Puts a parcel under `token`, where nothing lies.
pub(crate) async fn give_parcel(token: &Token, bytes: &[u8]) -> Result<(), AppError> {
    let init = options("PUT");
    init.set_body(&Uint8Array::from(bytes));
    let request = request("/api/parcel", &init)?;
    show(&request, token)?;
    send(&request).await.map(drop)
}

/// The parcel under `token`.
pub(crate) async fn parcel(token: &Token) -> Result<Vec<u8>, AppError> {
    let request = request("/api/parcel", &options("GET"))?;
    show(&request, token)?;
    send(&request).await
}

/// Deletes the parcel of this hash under `token`.
pub(crate) async fn delete_parcel(token: &Token, hash: Hash) -> Result<(), AppError> {
    let request = request(&format!("/api/parcel?hash={hash}"), &options("DELETE"))?;
    show(&request, token)?;
    send(&request).await.map(drop)
}

/// The commitments of `compartment` after the one at `position`.
pub(crate) async fn commitments(compartment: GroupId, position: u64) -> Result<Vec<u8>, AppError> {
    send(&request(
        &format!("/api/commitments/{compartment}?after={position}"),
        &options("GET"),
    )?)
    .await
}

/// Which force covers which place: the whole table, the same for everyone.
pub(crate) async fn places() -> Result<Vec<u8>, AppError> {
    send(&request("/api/places", &options("GET"))?).await
}

/// What time it is at the server: seconds since 1970, as it dates its answers.
pub(crate) async fn server_seconds() -> Result<f64, AppError> {
    let answer = answer(&request("/livez", &options("HEAD"))?).await?;
    let date = answer.headers().get("date").map_err(offline)?;
    let date = js_sys::Date::parse(&date.ok_or(AppError::Offline)?) / 1000.0;
    date.is_finite().then_some(date).ok_or(AppError::Offline)
}

/// Stores a sealed part of a file under its hash, by a worker of the script at `sender`. Gives it back where it did not arrive.
pub(crate) async fn store_part(sender: &str, hash: Hash, bytes: &Uint8Array) -> Sent {
    sender::put(sender, &format!("/api/blob/{hash}"), bytes).await
}

/// The sealed part of a file with this hash.
pub(crate) async fn part(hash: Hash) -> Result<Blob, AppError> {
    let answer = answer(&request(&format!("/api/blob/{hash}"), &options("GET"))?).await?;
    let body = JsFuture::from(answer.blob().map_err(offline)?).await;
    body.map_err(offline)?.dyn_into().map_err(offline)
}

fn show(request: &Request, token: &Token) -> Result<(), AppError> {
    let headers = request.headers();
    let shown = headers.set("candour-token", &hex::encode(token.0));
    shown.map_err(|_| AppError::Internal)
}

/// Whoever waits longer than this is no longer connected. A part of a file takes this long at a megabit in a second, with as much again.
const PATIENCE_MILLISECONDS: u32 = 90_000;

fn options(method: &str) -> RequestInit {
    let init = RequestInit::new();
    init.set_method(method);
    init.set_signal(Some(&AbortSignal::timeout_with_u32(PATIENCE_MILLISECONDS)));
    init.set_credentials(RequestCredentials::SameOrigin);
    init
}

fn request(path: &str, init: &RequestInit) -> Result<Request, AppError> {
    Request::new_with_str_and_init(path, init).map_err(|_| AppError::Internal)
}

async fn send(request: &Request) -> Result<Vec<u8>, AppError> {
    let answer = answer(request).await?;
    let body = JsFuture::from(answer.array_buffer().map_err(offline)?)
        .await
        .map_err(offline)?;
    Ok(Uint8Array::new(&body).to_vec())
}

/// The answer, before its body, unless it is a refusal.
async fn answer(request: &Request) -> Result<Response, AppError> {
    let answer = JsFuture::from(window().fetch_with_request(request))
        .await
        .map_err(offline)?;
    let response: Response = answer.dyn_into().map_err(offline)?;
    if !response.ok() {
        return Err(refusal(
            response.status(),
            response.headers().get("retry-after").ok().flatten().as_deref(),
        ));
    }
    Ok(response)
}

fn offline(_: JsValue) -> AppError {
    AppError::Offline
}

/// What came of a request, by its status: none where no answer came.
pub(super) fn outcome(status: u16, retry_after: Option<&str>) -> Result<(), AppError> {
    match status {
        0 => Err(AppError::Offline),
        200..=299 => Ok(()),
        status => Err(refusal(status, retry_after)),
    }
}

/// What a status means, for the answers that carry no JSON.
fn refusal(status: u16, retry_after: Option<&str>) -> AppError {
    let seconds = retry_after.and_then(|seconds| seconds.parse().ok()).unwrap_or(5);
    match status {
        400 | 405 | 415 | 422 => AppError::Invalid,
        401 => AppError::SignedOut,
        403 => AppError::Forbidden,
        404 => AppError::NotFound,
        409 => AppError::Conflict,
        413 => AppError::TooLarge,
        429 => AppError::TooOften { seconds },
        503 => AppError::Busy { seconds },
        507 => AppError::NoRoom,
        502 | 504 => AppError::Offline,
        _ => AppError::Internal,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_is_read_as_the_error_it_was() {
        assert_eq!(refusal(409, None), AppError::Conflict);
        assert_eq!(refusal(503, Some("7")), AppError::Busy { seconds: 7 });
        assert_eq!(refusal(429, Some("soon")), AppError::TooOften { seconds: 5 });
        assert_eq!(refusal(500, None), AppError::Internal);
    }
}
