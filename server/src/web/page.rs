//! Pages: each rendered once, and the same bytes for everyone.

use super::packed::Packed;
use crate::{Portal, error::Result};
use axum::{
    Router,
    extract::State,
    http::{HeaderMap, StatusCode, Uri},
    response::{IntoResponse, Response},
    routing::get,
};
use std::sync::Arc;

const HTML: &str = "text/html; charset=utf-8";

/// All pages, by the pattern of their path.
#[derive(Clone, Debug)]
pub struct Pages {
    pages: Vec<(String, Arc<Packed>)>,
    missing: Missing<Arc<Packed>>,
}

/// The page for every path that leads nowhere, in each language.
#[derive(Clone, Debug)]
pub struct Missing<T> {
    /// For a path that is not Welsh.
    pub english: T,
    /// For a path below `/cy`.
    pub welsh: T,
}

impl Pages {
    /// Pages as HTML, by the pattern of their path (`/concerns/{id}`), and what there is for every other path.
    pub fn new(pages: impl IntoIterator<Item = (String, String)>, missing: Missing<String>) -> Result<Self> {
        let pack = |html: String| Packed::new(HTML, html.into_bytes()).map(Arc::new);
        let pages = pages
            .into_iter()
            .map(|(path, html)| Ok((path, pack(html)?)))
            .collect::<Result<_>>()?;
        let missing = Missing {
            english: pack(missing.english)?,
            welsh: pack(missing.welsh)?,
        };
        Ok(Self { pages, missing })
    }

    /// The patterns of their paths.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.pages.iter().map(|(path, _)| path.as_str())
    }
}

/// One route for each page.
pub(super) fn routes(pages: &Pages) -> Router<Portal> {
    pages
        .pages
        .iter()
        .cloned()
        .fold(Router::new(), |router, (path, page)| {
            router.route(&path, get(async move |headers: HeaderMap| page.answer(&headers)))
        })
}

/// Where there is nothing. The same for everyone, and for every path of a language.
pub(super) async fn missing(State(portal): State<Portal>, uri: Uri, headers: HeaderMap) -> Response {
    let Missing { english, welsh } = &portal.deployment.pages.missing;
    let page = if uri.path().split('/').nth(1) == Some("cy") {
        welsh
    } else {
        english
    };
    (StatusCode::NOT_FOUND, page.answer(&headers)).into_response()
}
