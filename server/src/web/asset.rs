//! Assets: made at build with the hash of their content in their name, so that they may be kept for ever.

use super::packed::Packed;
use crate::{
    Portal,
    error::{Error, Result},
};
use app::site::{Assets, Checked};
use axum::{
    Router,
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, Uri, header::CACHE_CONTROL},
    response::Response,
    routing::get,
};
use rust_embed::RustEmbed;
use serde::Deserialize;
use std::collections::HashMap;

/// The built site: within the binary in a release, read from its folder otherwise.
#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../target/site"]
#[allow_missing = true]
struct Site;

/// One asset in the manifest.
#[derive(Deserialize)]
struct Made {
    path: String,
    sha256: String,
}

/// The paths of the assets, from the manifest that the build wrote.
pub fn assets() -> Result<Assets> {
    let missing = || Error::Unfit("the site is not built; run `cargo xtask site`".into());
    let manifest = Site::get("manifest.json").ok_or_else(missing)?;
    let made: HashMap<String, Made> = serde_json::from_slice(&manifest.data).map_err(|_| missing())?;
    let made = |name: &str| made.get(name).ok_or_else(missing);
    let path = |name: &str| made(name).map(|made| made.path.clone());
    let checked = |name: &str| {
        made(name).map(|made| Checked {
            path: made.path.clone(),
            integrity: format!("sha256-{}", made.sha256),
        })
    };
    Ok(Assets {
        start: checked("start.js")?,
        page: checked("app.js")?,
        worker: path("worker.js")?,
        sender: path("send.js")?,
        style: checked("style.css")?,
        icon: path("icon.svg")?,
        licences: path("licences.txt")?,
    })
}

/// `/assets/…`.
pub(super) fn routes() -> Router<Portal> {
    Router::new().route("/assets/{name}", get(fetch))
}

async fn fetch(
    State(portal): State<Portal>,
    Path(name): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let Some(asset) = find(&name) else {
        return super::page::missing(State(portal), uri, headers).await;
    };
    let mut response = asset.answer(&headers);
    response.headers_mut().insert(
        CACHE_CONTROL,
        HeaderValue::from_static("public, max-age=31536000, immutable"),
    );
    response
}

fn find(name: &str) -> Option<Packed> {
    let kind = kind(name)?;
    let get =
        |suffix: &str| Site::get(&format!("assets/{name}{suffix}")).map(|file| file.data.into_owned().into());
    Some(Packed {
        kind,
        plain: get("")?,
        brotli: get(".br"),
        gzip: get(".gz"),
    })
}

/// The type by the end of the name; anything else, the compressed forms among them, is not an asset.
fn kind(name: &str) -> Option<&'static str> {
    match name.rsplit_once('.')?.1 {
        "js" => Some("text/javascript; charset=utf-8"),
        "wasm" => Some("application/wasm"),
        "css" => Some("text/css; charset=utf-8"),
        "svg" => Some("image/svg+xml"),
        "txt" => Some("text/plain; charset=utf-8"),
        "png" => Some("image/png"),
        "woff2" => Some("font/woff2"),
        _ => None,
    }
}
