//! Refuses what another site makes a browser send.

use super::answer::Answer;
use crate::Portal;
use app::error::AppError;
use axum::{
    extract::{Request, State},
    http::{HeaderMap, Method, header::ORIGIN},
    middleware::Next,
    response::{IntoResponse, Response},
};

/// Lets a request pass that only reads, or that comes from our own pages: the browser says so itself, or else names our
/// origin. A request that says neither is refused.
pub(super) async fn check(State(portal): State<Portal>, request: Request, next: Next) -> Response {
    let only_reads = matches!(*request.method(), Method::GET | Method::HEAD);
    if only_reads || is_ours(request.headers(), portal.deployment.origin.as_str()) {
        return next.run(request).await;
    }
    tracing::warn!("refused: from another origin");
    Answer(AppError::Forbidden).into_response()
}

fn is_ours(headers: &HeaderMap, origin: &str) -> bool {
    match headers.get("sec-fetch-site") {
        Some(site) => site == "same-origin",
        None => headers.get(ORIGIN).is_some_and(|from| from == origin),
    }
}
