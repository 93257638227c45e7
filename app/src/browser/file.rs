//! Files: saving one, and reading one that a person chose.

use js_sys::{Array, Function, Reflect, Uint8Array};
use leptos::prelude::document;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, Event, File, FilePropertyBag, HtmlAnchorElement, HtmlInputElement, Url,
};

/// Has the browser save `bytes` under this name; says whether it could.
pub(crate) fn save(name: &str, bytes: &[u8]) -> bool {
    offer(name, bytes).is_ok()
}

fn offer(name: &str, bytes: &[u8]) -> Result<(), JsValue> {
    let blob = Blob::new_with_u8_array_sequence(&Array::of1(&Uint8Array::from(bytes)))?;
    let address = Url::create_object_url_with_blob(&blob)?;
    click(name, &address)?;
    Url::revoke_object_url(&address)
}

fn click(name: &str, address: &str) -> Result<(), JsValue> {
    let anchor: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    anchor.set_href(address);
    anchor.set_download(name);
    anchor.click();
    Ok(())
}

/// The bytes of the file that was chosen in the input with this id; nothing where none was, or where it cannot be read.
pub(crate) async fn chosen(id: &str) -> Option<Vec<u8>> {
    let input: HtmlInputElement = document().get_element_by_id(id)?.dyn_into().ok()?;
    let file = input.files()?.get(0)?;
    read(&file).await
}

/// The files that were chosen in the input that an event comes from. The input is emptied, so that the same can be chosen again.
pub(crate) fn chosen_in(event: &Event) -> Vec<File> {
    let input = event
        .target()
        .and_then(|input| input.dyn_into::<HtmlInputElement>().ok());
    let Some((input, list)) = input.and_then(|input| Some((input.clone(), input.files()?))) else {
        return Vec::new();
    };
    let all = (0..list.length()).filter_map(|n| list.get(n)).collect();
    input.set_value("");
    all
}

/// The length of a file in bytes.
pub(crate) fn length(file: &File) -> u64 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a whole number of bytes, which no browser has so many of"
    )]
    let length = file.size() as u64;
    length
}

/// At most `most` bytes of a file, from this one on, unread.
pub(crate) fn slice(file: &File, from: u64, most: usize) -> Option<Blob> {
    #[expect(clippy::cast_precision_loss, reason = "far below the limit")]
    let (start, end) = (from as f64, (from + most as u64) as f64);
    file.slice_with_f64_and_f64(start, end).ok()
}

/// All of a file; nothing where it cannot be read.
pub(crate) async fn read(file: &File) -> Option<Vec<u8>> {
    let bytes = JsFuture::from(file.array_buffer()).await.ok()?;
    Some(Uint8Array::new(&bytes).to_vec())
}

/// A file of these bytes, as if it had been chosen.
pub(crate) fn made(name: &str, media: &str, bytes: &[u8]) -> Option<File> {
    let options = FilePropertyBag::new();
    options.set_type(media);
    let parts = Array::of1(&Uint8Array::from(bytes));
    File::new_with_u8_array_sequence_and_options(&parts, name, &options).ok()
}

/// Bytes that the browser keeps where it likes.
pub(crate) fn blob_of(bytes: &Uint8Array) -> Option<Blob> {
    Blob::new_with_u8_array_sequence(&Array::of1(bytes)).ok()
}

/// Has the browser save these parts as one file of no type that it would open; says whether it could.
pub(crate) fn save_parts(name: &str, parts: &Array) -> bool {
    let address = address_of(parts, "application/octet-stream");
    let Some(address) = address else { return false };
    let offered = click(name, &address).is_ok();
    forget_address(&address);
    offered
}

/// Lets go of large bytes at once, where the browser can: otherwise they stay until memory is short.
pub(crate) fn let_go(bytes: &Uint8Array) {
    let buffer = bytes.buffer();
    let transfer = Reflect::get(&buffer, &"transfer".into());
    if let Ok(Ok(transfer)) = transfer.map(JsCast::dyn_into::<Function>) {
        // It fails for no buffer of ours.
        drop(transfer.call1(&buffer, &0.into()));
    }
}

/// An address in this page for these parts, of this type.
pub(crate) fn address_of(parts: &Array, media: &str) -> Option<String> {
    let options = BlobPropertyBag::new();
    options.set_type(media);
    let blob = Blob::new_with_blob_sequence_and_options(parts, &options).ok()?;
    Url::create_object_url_with_blob(&blob).ok()
}

/// Lets go of what is at such an address.
pub(crate) fn forget_address(address: &str) {
    // It fails for no address that was made here.
    drop(Url::revoke_object_url(address));
}
