//! The worker that holds the keys: a thin face of [`protocol::vault`] for the browser, a WASM module of its own.

use js_sys::Function;
use protocol::{
    codec,
    refused::Refused,
    vault::{Answer, Ask, Vault},
};
use rand_core::OsRng;
use std::cell::RefCell;
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};
use zeroize::Zeroize as _;

thread_local! {
    /// A worker has one thread and one vault; both end together.
    static VAULT: RefCell<Vault> = RefCell::default();
}

/// Answers one question: what [`codec::tell`] makes of an [`Ask`] in, and of an [`Answer`] out. `progress` is called with percentages.
#[wasm_bindgen]
pub fn answer(mut request: Vec<u8>, progress: &Function) -> Vec<u8> {
    let ask = codec::hear::<Ask>(&request);
    // It may hold a password.
    request.zeroize();
    let mut tell = |percent: u32| {
        // Nobody listening is no reason to stop.
        let _ = progress.call1(&JsValue::NULL, &percent.into());
    };
    let answer = match ask {
        Ok(ask) => VAULT.with_borrow_mut(|vault| vault.answer(ask, &mut OsRng, &mut tell)),
        Err(_) => Answer::Refused(Refused::Malformed),
    };
    codec::tell(&answer)
}
