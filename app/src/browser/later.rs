//! An answer that comes later.

use js_sys::{Function, Promise};
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// Gives the answer to whoever waits for it.
pub(crate) struct Answer(Function);

impl Answer {
    /// Answers.
    pub(crate) fn give(self, yes: bool) {
        // The function of a promise does not throw.
        drop(self.0.call1(&JsValue::UNDEFINED, &yes.into()));
    }
}

/// A question: whoever has the first half answers it, and the second waits. One that is never answered waits for ever.
pub(crate) fn question() -> (Option<Answer>, impl Future<Output = bool>) {
    let settle = Rc::new(RefCell::new(None));
    let kept = Rc::clone(&settle);
    let promise = Promise::new(&mut |function, _| drop(kept.replace(Some(function))));
    let answer = settle.take().map(Answer);
    let wait = async {
        JsFuture::from(promise)
            .await
            .is_ok_and(|answer| answer.is_truthy())
    };
    (answer, wait)
}
