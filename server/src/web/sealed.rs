//! The plain routes: ciphertext and what proves that it was stored.

use super::{answer::Answer, body};
use crate::{
    Portal,
    blob::{self, Keeper},
    caller::Caller,
    error::Result,
    log,
    parcel::{self, Porter},
    unsent::{self, Cabinet},
};
use app::error::AppError;
use axum::{
    Extension, Router,
    body::{Bytes, HttpBody as _},
    extract::{Path, Query, Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
    routing::{get, post, put},
};
use protocol::{
    codec,
    id::{Hash, Token},
};
use serde::Deserialize;
use std::{str::FromStr, sync::Arc};
use tokio::sync::OwnedSemaphorePermit;

/// The routes.
pub(super) fn routes() -> Router<Portal> {
    Router::new()
        .route("/api/append", post(append))
        .route("/api/log/{log}", get(fetch))
        .route("/api/commitments/{compartment}", get(commitments))
        .route("/api/blob/{hash}", put(store_blob).get(fetch_blob))
        .route(
            "/api/drawer",
            put(save_unsent).get(fetch_unsent).delete(delete_unsent),
        )
        .route(
            "/api/parcel",
            put(give_parcel).get(fetch_parcel).delete(delete_parcel),
        )
}

/// Takes an append (CBOR); gives the signed receipt.
async fn append(
    State(portal): State<Portal>,
    Extension(caller): Extension<Caller>,
    request: Request,
) -> Result<Response, Answer> {
    let receipt = match (caller.sender(), caller.desk()) {
        (Some(sender), _) => {
            let (bytes, _room) = read(&portal, request, log::LONGEST).await?;
            sender.append(&bytes).await?
        }
        (_, Some(desk)) => {
            let (bytes, _room) = read(&portal, request, log::LONGEST).await?;
            desk.append(&bytes).await?
        }
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
    State(portal): State<Portal>,
    Extension(caller): Extension<Caller>,
    Path(hash): Path<String>,
    request: Request,
) -> Result<StatusCode, Answer> {
    let keeper = keeper(&caller)?;
    let (bytes, _room) = read(&portal, request, blob::LONGEST).await?;
    let is_new = keeper.store(named(&hash)?, &bytes).await?;
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

/// What a draft is put in the place of.
#[derive(Deserialize)]
struct Replaced {
    was: Option<Hash>,
}

/// Puts a draft into the drawer whose token is given, in the place of the bytes whose hash is named, or where nothing lies.
async fn save_unsent(
    State(portal): State<Portal>,
    Extension(caller): Extension<Caller>,
    Query(Replaced { was }): Query<Replaced>,
    headers: HeaderMap,
    request: Request,
) -> Result<StatusCode, Answer> {
    let (cabinet, token) = (cabinet(&caller)?, token(&headers)?);
    let (bytes, _room) = read(&portal, request, unsent::LONGEST).await?;
    cabinet.save(&token, was, &bytes).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Gives the draft in the drawer whose token is given.
async fn fetch_unsent(Extension(caller): Extension<Caller>, headers: HeaderMap) -> Result<Response, Answer> {
    Ok(octets(cabinet(&caller)?.fetch(&token(&headers)?).await?))
}

/// Empties the drawer whose token is given, if the bytes whose hash is named lie in it.
async fn delete_unsent(
    Extension(caller): Extension<Caller>,
    Query(Meant { hash }): Query<Meant>,
    headers: HeaderMap,
) -> Result<StatusCode, Answer> {
    cabinet(&caller)?.delete(&token(&headers)?, hash).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Puts a parcel under the token that is given, where nothing lies.
async fn give_parcel(
    State(portal): State<Portal>,
    Extension(caller): Extension<Caller>,
    headers: HeaderMap,
    request: Request,
) -> Result<StatusCode, Answer> {
    let (porter, token) = (porter(&caller)?, token(&headers)?);
    let (bytes, _room) = read(&portal, request, parcel::LONGEST).await?;
    porter.give(&token, &bytes).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Gives the parcel under the token that is given.
async fn fetch_parcel(Extension(caller): Extension<Caller>, headers: HeaderMap) -> Result<Response, Answer> {
    Ok(octets(porter(&caller)?.fetch(&token(&headers)?).await?))
}

/// Which parcel is meant.
#[derive(Deserialize)]
struct Meant {
    hash: Hash,
}

/// Deletes the parcel that is meant, where it lies under the token that is given.
async fn delete_parcel(
    Extension(caller): Extension<Caller>,
    Query(Meant { hash }): Query<Meant>,
    headers: HeaderMap,
) -> Result<StatusCode, Answer> {
    porter(&caller)?.delete(&token(&headers)?, hash).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn porter(caller: &Caller) -> Result<Porter, Answer> {
    caller.porter().ok_or_else(|| refusal(caller))
}

fn cabinet(caller: &Caller) -> Result<Cabinet, Answer> {
    caller.cabinet().ok_or_else(|| refusal(caller))
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

/// Reads a body of at most `longest` bytes, once there is room for that much: only after it is known that the caller may send one.
async fn read(
    portal: &Portal,
    request: Request,
    longest: usize,
) -> Result<(Bytes, OwnedSemaphorePermit), Answer> {
    // As much as the request says that it holds; what does not say may be as long as is allowed.
    let size = request.body().size_hint().exact().unwrap_or(u64::MAX);
    let size = usize::try_from(size).unwrap_or(longest).min(longest);
    let room = u32::try_from(size / 1024 + 1).unwrap_or(u32::MAX);
    let room = Arc::clone(&portal.room)
        .try_acquire_many_owned(room)
        .map_err(|_| Answer(AppError::Busy { seconds: 5 }))?;
    let bytes = body::read(request.into_body(), longest).await.map_err(Answer)?;
    Ok((bytes, room))
}

fn cbor<T: minicbor::Encode<()>>(value: &T) -> Response {
    ([(CONTENT_TYPE, "application/cbor")], codec::encode(value)).into_response()
}

fn octets(bytes: Vec<u8>) -> Response {
    ([(CONTENT_TYPE, "application/octet-stream")], bytes).into_response()
}
