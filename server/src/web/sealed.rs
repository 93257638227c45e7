//! The plain routes: ciphertext and what proves that it was stored.

use super::answer::Answer;
use crate::{
    Portal,
    blob::{self, Keeper},
    caller::Caller,
    error::Result,
    log,
};
use app::error::AppError;
use axum::{
    Extension, Router,
    body::Bytes,
    extract::{DefaultBodyLimit, Path, Query, rejection::BytesRejection},
    http::{HeaderMap, HeaderValue, StatusCode, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
    routing::{get, post, put},
};
use protocol::{codec, id::Token};
use serde::Deserialize;
use std::str::FromStr;

/// What was read of a request's body.
type Body = Result<Bytes, BytesRejection>;

/// The routes.
pub(super) fn routes() -> Router<Portal> {
    Router::new()
        .route(
            "/api/append",
            post(append).layer(DefaultBodyLimit::max(log::LONGEST)),
        )
        .route("/api/log/{log}", get(fetch))
        .route("/api/commitments/{compartment}", get(commitments))
        .route(
            "/api/blob/{hash}",
            put(store_blob)
                .get(fetch_blob)
                .layer(DefaultBodyLimit::max(blob::LONGEST)),
        )
}

/// Takes an append (CBOR); gives the signed receipt.
async fn append(Extension(caller): Extension<Caller>, body: Body) -> Result<Response, Answer> {
    let receipt = match (caller.sender(), caller.desk()) {
        (Some(sender), _) => sender.append(&read(body)?).await?,
        (_, Some(desk)) => desk.append(&read(body)?).await?,
        _ => return Err(refusal(&caller)),
    };
    Ok(octets(receipt))
}

/// Gives a log (CBOR): to a practitioner with the token that opens it, to an assessor of its compartment.
async fn fetch(
    Extension(caller): Extension<Caller>,
    Path(log): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Answer> {
    let log = named(&log)?;
    let fetched = match (caller.sender(), caller.desk()) {
        (Some(sender), _) => sender.thread(log, &token(&headers)?).await?,
        (_, Some(desk)) => desk.log(log).await?,
        _ => return Err(refusal(&caller)),
    };
    Ok(cbor(&fetched))
}

/// Where to go on from.
#[derive(Deserialize)]
struct After {
    after: Option<u64>,
}

/// Gives the commitments of a compartment after a position (CBOR).
async fn commitments(
    Extension(caller): Extension<Caller>,
    Path(compartment): Path<String>,
    Query(After { after }): Query<After>,
) -> Result<Response, Answer> {
    let desk = caller.desk().ok_or_else(|| refusal(&caller))?;
    Ok(cbor(
        &desk.commitments(named(&compartment)?, after.unwrap_or(0)).await?,
    ))
}

/// Takes a part of an attachment: 201 where it is new, 200 where it was there.
async fn store_blob(
    Extension(caller): Extension<Caller>,
    Path(hash): Path<String>,
    body: Body,
) -> Result<StatusCode, Answer> {
    let is_new = keeper(&caller)?.store(named(&hash)?, &read(body)?).await?;
    Ok(if is_new {
        StatusCode::CREATED
    } else {
        StatusCode::OK
    })
}

/// Gives a part of an attachment.
async fn fetch_blob(
    Extension(caller): Extension<Caller>,
    Path(hash): Path<String>,
) -> Result<Response, Answer> {
    Ok(octets(keeper(&caller)?.fetch(named(&hash)?).await?))
}

fn keeper(caller: &Caller) -> Result<Keeper, Answer> {
    caller.keeper().ok_or_else(|| refusal(caller))
}

/// What somebody without the capability is told.
fn refusal(caller: &Caller) -> Answer {
    Answer(if caller.is_signed_in() {
        AppError::Forbidden
    } else {
        AppError::SignedOut
    })
}

/// The identifier in a path. What is not one names nothing.
fn named<T: FromStr>(text: &str) -> Result<T, Answer> {
    text.parse().map_err(|_| Answer(AppError::NotFound))
}

/// The token in `candour-token`. Without one there is nothing to be found.
fn token(headers: &HeaderMap) -> Result<Token, Answer> {
    let mut bytes = [0; 32];
    let text = headers
        .get("candour-token")
        .map(HeaderValue::as_bytes)
        .unwrap_or_default();
    hex::decode_to_slice(text, &mut bytes).map_err(|_| Answer(AppError::NotFound))?;
    Ok(Token(bytes))
}

fn read(body: Body) -> Result<Bytes, Answer> {
    body.map_err(|error| match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Answer(AppError::TooLarge),
        _ => Answer(AppError::Invalid),
    })
}

fn cbor<T: minicbor::Encode<()>>(value: &T) -> Response {
    ([(CONTENT_TYPE, "application/cbor")], codec::encode(value)).into_response()
}

fn octets(bytes: Vec<u8>) -> Response {
    ([(CONTENT_TYPE, "application/octet-stream")], bytes).into_response()
}
