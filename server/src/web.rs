//! What answers requests: the routes, and the layers around them from the inside out.

pub mod answer;
pub mod asset;
mod body;
pub mod cookie;
mod function;
mod headers;
mod health;
mod origin;
pub mod packed;
pub mod page;
mod places;
mod record;
mod sealed;
pub mod session;

pub use health::Readiness;

use crate::{Portal, caller::Caller};
use answer::Answer;
use axum::{
    Router,
    extract::{ConnectInfo, Request, State},
    http::{HeaderName, HeaderValue, StatusCode, header::LOCATION},
    middleware::{Next, from_fn_with_state},
    response::{IntoResponse, Response},
    routing::get,
};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use tower_http::catch_panic::CatchPanicLayer;
use tower_sessions::Session;

/// Everything the portal answers.
pub fn router(portal: Portal) -> Router {
    let sessions = session::layer(portal.store(), portal.deployment.origin.cookies());
    let with_session = Router::new()
        .merge(sealed::routes())
        .merge(function::routes())
        .layer(from_fn_with_state(portal.clone(), identify))
        // Outside that: leaving never waits to know who leaves.
        .route("/exit", get(exit))
        .layer(sessions);
    Router::new()
        .merge(with_session)
        .merge(page::routes(&portal.deployment.pages))
        .merge(asset::routes())
        .merge(places::routes())
        .merge(health::routes())
        .fallback(page::missing)
        .layer(from_fn_with_state(portal.clone(), origin::check))
        .layer(CatchPanicLayer::new())
        .layer(from_fn_with_state(portal.clone(), headers::add))
        .layer(from_fn_with_state(portal.clone(), record::write))
        .with_state(portal)
}

/// Puts the caller on the request.
async fn identify(
    State(portal): State<Portal>,
    session: Session,
    mut request: Request,
    next: Next,
) -> Response {
    let address = address(&request, portal.deployment.trusted_proxy);
    match Caller::identify(portal, session, address).await {
        Ok(caller) => {
            request.extensions_mut().insert(caller);
            next.run(request).await
        }
        Err(error) => Answer::from(error).into_response(),
    }
}

/// Where a request comes from: the peer, or the last hop that a trusted proxy names.
fn address(request: &Request, trusted_proxy: Option<IpAddr>) -> IpAddr {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
    let peer = peer.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| {
        peer.0.ip().to_canonical()
    });
    if trusted_proxy != Some(peer) {
        return peer;
    }
    let mut hops = request
        .headers()
        .get_all("x-forwarded-for")
        .into_iter()
        .filter_map(|line| line.to_str().ok());
    hops.next_back()
        .and_then(|line| line.rsplit(',').next()?.trim().parse().ok())
        .unwrap_or(peer)
}

/// Leaves for a neutral site: the session ends, and the browser forgets what it was shown and every cookie.
async fn exit(State(portal): State<Portal>, session: Session, request: Request) -> Response {
    let to = HeaderValue::from_str(&portal.deployment.exit).unwrap_or(HeaderValue::from_static("/"));
    let mut response = (StatusCode::SEE_OTHER, [(LOCATION, to)]).into_response();
    // Another site may send somebody here, but not end their session.
    if request
        .headers()
        .get("sec-fetch-site")
        .is_some_and(|site| site == "cross-site")
    {
        return response;
    }
    // In the background, and whether or not it works: the browser has forgotten the session by then.
    tokio::spawn(async move {
        if let Err(error) = session.delete().await {
            tracing::error!(error = crate::error::causes(&error), "exit");
        }
    });
    let clear = (
        HeaderName::from_static("clear-site-data"),
        HeaderValue::from_static("\"cache\", \"cookies\""),
    );
    response.headers_mut().insert(clear.0, clear.1);
    response
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;

    #[test]
    fn only_the_trusted_proxy_may_say_where_a_request_comes_from() {
        let from = |peer: &str, trusted: Option<&str>| {
            let mut request = Request::new(Body::empty());
            request
                .extensions_mut()
                .insert(ConnectInfo(SocketAddr::new(peer.parse().unwrap(), 1)));
            request.headers_mut().append(
                "x-forwarded-for",
                HeaderValue::from_static("198.51.100.1, 203.0.113.9"),
            );
            address(&request, trusted.map(|trusted| trusted.parse().unwrap())).to_string()
        };
        assert_eq!(from("192.0.2.1", None), "192.0.2.1");
        assert_eq!(from("192.0.2.1", Some("192.0.2.2")), "192.0.2.1");
        assert_eq!(from("192.0.2.1", Some("192.0.2.1")), "203.0.113.9");
    }
}
