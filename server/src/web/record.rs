//! One line in the log for each request, which says nothing of who sent it or what it was about.

use crate::Portal;
use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderName, HeaderValue},
    middleware::Next,
    response::Response,
};

/// Writes method, route pattern (never the path), status and duration, under an id that the answer carries too.
pub(super) async fn write(State(portal): State<Portal>, request: Request, next: Next) -> Response {
    let id = hex::encode(portal.random.bytes::<8>());
    let method = request.method().clone();
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or("none", MatchedPath::as_str)
        .to_owned();
    let began = portal.clock.now();
    let mut response = next.run(request).await;
    let milliseconds = portal.clock.now().saturating_sub(began).as_millis();
    let status = response.status().as_u16();
    tracing::info!(request = id, %method, route, status, milliseconds, "answered");
    if let Ok(id) = HeaderValue::from_str(&id) {
        response
            .headers_mut()
            .insert(HeaderName::from_static("x-request-id"), id);
    }
    response
}
