//! The worker that holds the keys: a thin face of [`protocol::vault`] for the browser, a WASM module of its own. It comes in two parts,
//! each held to its hash: what opens the keys, and what is done with them.

#![expect(
    clippy::unnecessary_wraps,
    reason = "the second part is there already, and in a browser may not come"
)]

use js_sys::{Function, Uint8Array};
use protocol::{
    codec,
    refused::Refused,
    vault::{Answer, Ask, Vault},
};
use rand_core::OsRng;
use std::cell::RefCell;
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};
use wasm_split_helpers::{SplitLoaderError, wasm_split};
use zeroize::Zeroize as _;

thread_local! {
    /// A worker has one thread and one vault; both end together.
    static VAULT: RefCell<Vault> = RefCell::default();
}

/// Answers one question: what [`codec::tell`] makes of an [`Ask`] in, and of an [`Answer`] out, each with what goes beside it, if
/// anything does. `progress` is called with percentages. Nothing is given where the part that answers it could not be fetched; it can
/// be asked again.
#[wasm_bindgen]
pub async fn answer(
    mut request: Vec<u8>,
    beside: Option<Vec<u8>>,
    progress: Function,
) -> Option<Vec<Uint8Array>> {
    let ask = codec::hear::<Ask>(&request);
    // It may hold a password.
    request.zeroize();
    let mut answer = match ask {
        Ok(ask) if ask.leads_in() => lead_in(ask),
        Ok(mut ask) => {
            if let Some(beside) = beside {
                ask.load(beside);
            }
            work(ask, progress).await.ok()?
        }
        Err(_) => Answer::Refused(Refused::Malformed),
    };
    let beside = answer.unload();
    let told = [Some(codec::tell(&answer)), beside];
    Some(told.iter().flatten().map(|bytes| bytes[..].into()).collect())
}

fn lead_in(ask: Ask) -> Answer {
    // By the time that somebody has written something, it can be sealed, whether they are still connected or not.
    if matches!(ask, Ask::Trust { .. }) {
        wasm_bindgen_futures::spawn_local(async { drop(fetch_work().await) });
    }
    VAULT.with_borrow_mut(|vault| vault.lead_in(ask, &mut OsRng))
}

#[wasm_split(work, fallible, preload(fetch_work))]
fn work(ask: Ask, progress: Function) -> Result<Answer, SplitLoaderError> {
    let mut tell = |percent: u32| {
        // Nobody listening is no reason to stop.
        let _ = progress.call1(&JsValue::NULL, &percent.into());
    };
    Ok(VAULT.with_borrow_mut(|vault| vault.answer(ask, &mut OsRng, &mut tell)))
}
