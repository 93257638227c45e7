//! What this browser has.

use leptos::prelude::{document, window};
use wasm_bindgen::JsValue;

/// Whether it treats the page as secure.
pub(crate) fn is_secure() -> bool {
    window().is_secure_context()
}

/// Whether it keeps cookies.
pub(crate) fn has_cookies() -> bool {
    let enabled = js_sys::Reflect::get(&window().navigator(), &"cookieEnabled".into());
    enabled.as_ref().is_ok_and(JsValue::is_truthy)
}

/// Whether it keeps what it is told to remember: tried, with something that says nothing and goes at once.
pub(crate) fn has_storage() -> bool {
    const KEY: &str = "trial";
    let Some(storage) = window().local_storage().ok().flatten() else {
        return false;
    };
    let kept = storage.set_item(KEY, KEY).is_ok() && storage.get_item(KEY).ok().flatten().is_some();
    // What cannot be removed was not kept.
    kept && storage.remove_item(KEY).is_ok()
}

/// The portal's host, as it stands in the address.
pub(crate) fn host() -> String {
    window().location().host().unwrap_or_default()
}

/// The hash of the script that starts the page, which holds everything that it loads to theirs.
pub(crate) fn integrity() -> String {
    let script = document().query_selector("script[integrity]").ok().flatten();
    let integrity = script.and_then(|script| script.get_attribute("integrity"));
    integrity.unwrap_or_default()
}
