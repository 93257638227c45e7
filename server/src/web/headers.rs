//! Headers that every answer carries.

use crate::Portal;
use axum::{
    extract::{Request, State},
    http::{
        HeaderName, HeaderValue,
        header::{CACHE_CONTROL, STRICT_TRANSPORT_SECURITY},
    },
    middleware::Next,
    response::Response,
};

/// Scripts, styles and connections are our own; WebAssembly may be compiled; nothing is framed, and no form is ever sent
/// but by script.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob:; \
     font-src 'self'; connect-src 'self'; worker-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'; \
     object-src 'none'";

const PERMISSIONS: &str = "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), \
     gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), publickey-credentials-create=(self), \
     publickey-credentials-get=(self), screen-wake-lock=(), serial=(), usb=()";

const ALWAYS: [(&str, &str); 11] = [
    ("content-security-policy", POLICY),
    ("cross-origin-embedder-policy", "require-corp"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    // No script without its hash, so that the pages name every byte that runs (W3C Subresource Integrity).
    ("integrity-policy", "blocked-destinations=(script)"),
    ("origin-agent-cluster", "?1"),
    ("permissions-policy", PERMISSIONS),
    ("referrer-policy", "no-referrer"),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("x-robots-tag", "noindex"),
];

/// Adds them. What does not say how long it may be kept may not be kept.
pub(super) async fn add(State(portal): State<Portal>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in ALWAYS {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    if portal.deployment.origin.is_secure() {
        let value = HeaderValue::from_static("max-age=63072000; includeSubDomains; preload");
        headers.insert(STRICT_TRANSPORT_SECURITY, value);
    }
    headers
        .entry(CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    response
}
