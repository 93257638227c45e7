//! Files: saving one, and reading one that a person chose.

use js_sys::{Array, Uint8Array};
use leptos::prelude::document;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, HtmlAnchorElement, HtmlInputElement, Url};

/// Has the browser save `bytes` under this name; says whether it could.
pub(crate) fn save(name: &str, bytes: &[u8]) -> bool {
    offer(name, bytes).is_ok()
}

fn offer(name: &str, bytes: &[u8]) -> Result<(), JsValue> {
    let blob = Blob::new_with_u8_array_sequence(&Array::of1(&Uint8Array::from(bytes)))?;
    let address = Url::create_object_url_with_blob(&blob)?;
    let anchor: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    anchor.set_href(&address);
    anchor.set_download(name);
    anchor.click();
    Url::revoke_object_url(&address)
}

/// The bytes of the file that was chosen in the input with this id; nothing where none was, or where it cannot be read.
pub(crate) async fn chosen(id: &str) -> Option<Vec<u8>> {
    let input: HtmlInputElement = document().get_element_by_id(id)?.dyn_into().ok()?;
    let file = input.files()?.get(0)?;
    let bytes = JsFuture::from(file.array_buffer()).await.ok()?;
    Some(Uint8Array::new(&bytes).to_vec())
}
