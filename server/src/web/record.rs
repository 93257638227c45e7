//! What the log says of requests: only that the portal failed to answer one.
//!
//! A line for every request would order sign-ins and appends by time, and with that say who sent what. So there is none.

use crate::Portal;
use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderName, HeaderValue},
    middleware::Next,
    response::Response,
};

/// Puts an id on every answer, and writes method, route pattern (never the path) and status of those that failed under it.
pub(super) async fn write(State(portal): State<Portal>, request: Request, next: Next) -> Response {
    let id = hex::encode(portal.random.bytes::<8>());
    let method = request.method().clone();
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or("none", MatchedPath::as_str)
        .to_owned();
    let mut response = next.run(request).await;
    let status = response.status();
    if status.is_server_error() {
        tracing::warn!(request = id, %method, route, status = status.as_u16(), "failed");
    }
    if let Ok(id) = HeaderValue::from_str(&id) {
        response
            .headers_mut()
            .insert(HeaderName::from_static("x-request-id"), id);
    }
    response
}
