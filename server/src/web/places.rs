//! The table of places: the same bytes for everyone, so that what somebody looks for in it is not asked of the server.

use super::answer::Answer;
use crate::Portal;
use axum::{
    Router,
    extract::State,
    http::{
        HeaderMap, HeaderValue, StatusCode,
        header::{CACHE_CONTROL, ETAG, IF_NONE_MATCH},
    },
    response::{IntoResponse, Response},
    routing::get,
};

/// `/api/places`.
pub(super) fn routes() -> Router<Portal> {
    Router::new().route("/api/places", get(fetch))
}

async fn fetch(State(portal): State<Portal>, headers: HeaderMap) -> Result<Response, Answer> {
    let (hash, packed) = portal.places.newest(&portal.database).await?;
    // Weak: the compressed forms are other bytes.
    let tag = format!("W/\"{hash}\"");
    let known = headers
        .get(IF_NONE_MATCH)
        .is_some_and(|known| known.as_bytes() == tag.as_bytes());
    let mut response = if known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        packed.answer(&headers)
    };
    let kept = response.headers_mut();
    // It may be kept, and is asked after each time: an import is seen at once.
    kept.insert(CACHE_CONTROL, HeaderValue::from_static("public, no-cache"));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        kept.insert(ETAG, tag);
    }
    Ok(response)
}
