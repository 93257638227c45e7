//! Sending large bytes from a worker of their own, which is ended afterwards and takes them with it.

use super::fetch;
use crate::error::AppError;
use js_sys::{Array, Function, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{MessageEvent, Worker};

/// How it went, and the bytes, where they did not arrive and are still here.
pub(crate) type Sent = (Result<(), AppError>, Option<Uint8Array>);

/// Puts bytes to `path`, by the script of the worker. They are gone from this page; where they did not arrive they come back.
pub(crate) async fn put(script: &str, path: &str, bytes: &Uint8Array) -> Sent {
    let Ok(worker) = Worker::new(script) else {
        return (Err(AppError::Internal), None);
    };
    let answer = JsFuture::from(ask(&worker, path, bytes)).await;
    worker.terminate();
    answer.map_or((Err(AppError::Offline), None), |answer| read(&answer))
}

/// What the worker says, or nothing where it does not work.
fn ask(worker: &Worker, path: &str, bytes: &Uint8Array) -> Promise {
    let message = Object::new();
    // Setting a property of a plain object cannot fail.
    drop(Reflect::set(&message, &"path".into(), &path.into()));
    drop(Reflect::set(&message, &"bytes".into(), bytes));
    Promise::new(&mut |settle: Function, fail: Function| {
        let heard = Closure::once_into_js(move |event: MessageEvent| {
            // The function of a promise does not throw.
            drop(settle.call1(&JsValue::UNDEFINED, &event.data()));
        });
        worker.set_onmessage(Some(heard.unchecked_ref()));
        worker.set_onerror(Some(&fail));
        let posted = worker.post_message_with_transfer(&message, &Array::of1(&bytes.buffer()));
        if posted.is_err() {
            drop(fail.call0(&JsValue::UNDEFINED));
        }
    })
}

fn read(answer: &JsValue) -> Sent {
    let field = |name: &str| Reflect::get(answer, &name.into()).unwrap_or(JsValue::UNDEFINED);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a status has three figures"
    )]
    let status = field("status").as_f64().unwrap_or_default() as u16;
    let went = fetch::outcome(status, field("wait").as_string().as_deref());
    (went, field("bytes").dyn_into().ok())
}
