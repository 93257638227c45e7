//! What the server wrote into the document's head.

use crate::site::{Assets, Site};
use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::HtmlMetaElement;

/// The deployment, as [`crate::document::Document`] wrote it.
pub(crate) fn site() -> Site {
    let roots = read("candour-roots");
    Site {
        instance: read("candour-instance"),
        roots: roots.split(',').filter_map(|key| key.parse().ok()).collect(),
        threshold: read("candour-threshold").parse().unwrap_or(u8::MAX),
        demo: read("candour-demo") == "yes",
        assets: Assets {
            worker: read("candour-worker"),
            sender: read("candour-sender"),
            licences: read("candour-licences"),
            ..Assets::default()
        },
        exit: read("candour-exit"),
    }
}

fn read(name: &str) -> String {
    let found = document()
        .query_selector(&format!("meta[name=\"{name}\"]"))
        .ok()
        .flatten();
    found
        .and_then(|element| element.dyn_into::<HtmlMetaElement>().ok())
        .map(|meta| meta.content())
        .unwrap_or_default()
}
