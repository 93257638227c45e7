//! The line to the worker: one question, one answer, and how far it has come in between.

use crate::{error::AppError, trouble::Trouble};
use js_sys::{Array, Function, Object, Promise, Reflect, Uint8Array};
use protocol::{
    codec,
    refused::Refused,
    vault::{Answer, Ask},
};
use std::{
    cell::{Cell, RefCell},
    collections::HashMap,
    rc::Rc,
};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, Event, MessageEvent, Worker, WorkerOptions, WorkerType};
use zeroize::Zeroizing;

thread_local! {
    /// There is one vault to a page. It is here and not in a signal so that leaving the page fast, and a page that has
    /// failed, can end it without asking anything else.
    static LINE: RefCell<Option<Line>> = const { RefCell::new(None) };
    static LIFE: Cell<u32> = const { Cell::new(0) };
}

/// Those who wait for an answer, by the number of their question.
type Waiting = Rc<RefCell<HashMap<u32, Function>>>;

struct Line {
    worker: Worker,
    waiting: Waiting,
    next: u32,
    _heard: Closure<dyn FnMut(MessageEvent)>,
    _failed: Closure<dyn FnMut(Event)>,
}

/// Starts a new vault from the script at `path`, in place of any other. `progress` gets percentages of what takes long.
pub(crate) fn start(path: &str, progress: impl Fn(f64) + 'static) -> Result<(), Trouble> {
    stop();
    let line = Line::open(path, progress).map_err(|_| Trouble::Broken)?;
    LINE.with(|cell| cell.replace(Some(line)));
    LIFE.with(|life| life.set(life.get() + 1));
    Ok(())
}

/// Ends the vault at once, and the keys with it. Whoever waits for an answer is told that it is locked.
pub(crate) fn stop() {
    // Another borrow can only be one that a panic left behind; then the page is lost and the worker goes with it.
    let line = LINE.with(|cell| cell.try_borrow_mut().ok().and_then(|mut line| line.take()));
    if let Some(line) = line {
        line.worker.terminate();
        settle_all(&line.waiting);
    }
}

/// Which vault this is, counted from 1: one that was started later knows nothing of what an earlier one sealed.
pub(crate) fn life() -> u32 {
    LIFE.with(Cell::get)
}

/// Asks. A refusal is an error.
pub(super) async fn ask(ask: Ask) -> Result<Answer, Trouble> {
    ask_beside(ask, None).await.map(|(answer, _)| answer)
}

/// Asks with bytes beside the question, which the worker reads, and gives those beside the answer: large ones, which are not
/// copied through this thread.
pub(super) async fn ask_beside(
    ask: Ask,
    beside: Option<&Blob>,
) -> Result<(Answer, Option<Uint8Array>), Trouble> {
    let promise = LINE.with(|cell| {
        let mut line = cell.borrow_mut();
        line.as_mut().map(|line| line.ask(ask, beside))
    });
    hear_out(promise.ok_or(Trouble::Refused(Refused::Locked))?).await
}

/// Waits for the reply.
async fn hear_out(promise: Promise) -> Result<(Answer, Option<Uint8Array>), Trouble> {
    let reply = JsFuture::from(promise).await.map_err(|_| Trouble::Broken)?;
    match read(&reply)? {
        Answer::Refused(why) => Err(Trouble::Refused(why)),
        answer => Ok((answer, field(&reply, "beside").dyn_into().ok())),
    }
}

fn read(reply: &JsValue) -> Result<Answer, Trouble> {
    if reply.is_undefined() {
        return Err(Trouble::Refused(Refused::Locked));
    }
    if field(reply, "unfetched").is_truthy() {
        return Err(AppError::Offline.into());
    }
    if field(reply, "unread").is_truthy() {
        return Err(Trouble::Unreadable);
    }
    let bytes: Uint8Array = field(reply, "answer").dyn_into().map_err(|_| Trouble::Broken)?;
    let bytes = Zeroizing::new(bytes.to_vec());
    codec::hear(&bytes).map_err(|_| Trouble::Broken)
}

/// A worker of its own beside the page's vault, for a trial. It ends when this is dropped.
pub(super) struct Aside(RefCell<Line>);

impl Aside {
    pub(super) fn open(path: &str) -> Result<Self, Trouble> {
        let line = Line::open(path, |_| ()).map_err(|_| Trouble::Broken)?;
        Ok(Self(RefCell::new(line)))
    }

    /// Asks. A refusal is an error.
    pub(super) async fn ask(&self, ask: Ask) -> Result<Answer, Trouble> {
        let promise = self.0.borrow_mut().ask(ask, None);
        hear_out(promise).await.map(|(answer, _)| answer)
    }
}

impl Drop for Aside {
    fn drop(&mut self) {
        self.0.borrow().worker.terminate();
    }
}

impl Line {
    fn open(path: &str, progress: impl Fn(f64) + 'static) -> Result<Self, JsValue> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = Worker::new_with_options(path, &options)?;
        let waiting = Waiting::default();
        let heard = Closure::new({
            let waiting = Rc::clone(&waiting);
            move |event: MessageEvent| hear(&waiting, &event.data(), &progress)
        });
        let failed = Closure::new({
            let waiting = Rc::clone(&waiting);
            move |_: Event| fail_all(&waiting)
        });
        worker.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        worker.set_onerror(Some(failed.as_ref().unchecked_ref()));
        Ok(Self {
            worker,
            waiting,
            next: 0,
            _heard: heard,
            _failed: failed,
        })
    }

    /// Posts a question, and gives what the reply will settle.
    fn ask(&mut self, ask: Ask, beside: Option<&Blob>) -> Promise {
        let request = Zeroizing::new(codec::tell(&ask));
        drop(ask);
        self.post(&request, beside)
    }

    /// Posts the bytes, which then belong to the worker, and gives what the reply will settle.
    fn post(&mut self, request: &[u8], beside: Option<&Blob>) -> Promise {
        let id = self.next;
        self.next += 1;
        let bytes = Uint8Array::from(request);
        let message = Object::new();
        // Setting a property of a plain object cannot fail.
        drop(Reflect::set(&message, &"id".into(), &id.into()));
        drop(Reflect::set(&message, &"request".into(), &bytes));
        if let Some(beside) = beside {
            drop(Reflect::set(&message, &"beside".into(), beside));
        }
        let waiting = Rc::clone(&self.waiting);
        let promise = Promise::new(&mut |settle, _| drop(waiting.borrow_mut().insert(id, settle)));
        if self
            .worker
            .post_message_with_transfer(&message, &Array::of1(&bytes.buffer()))
            .is_err()
        {
            fail_all(&self.waiting);
        }
        promise
    }
}

/// Takes one message: how far a question has come, or its answer.
fn hear(waiting: &Waiting, message: &JsValue, progress: &impl Fn(f64)) {
    if let Some(percent) = field(message, "progress").as_f64() {
        return progress(percent);
    }
    let Some(id) = field(message, "id").as_f64() else {
        return;
    };
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it is a number that `post` gave out"
    )]
    let settle = waiting.borrow_mut().remove(&(id as u32));
    if let Some(settle) = settle {
        // The function of a promise does not throw.
        drop(settle.call1(&JsValue::UNDEFINED, message));
    }
}

/// The worker is gone: those who wait are told that the vault is locked.
fn settle_all(waiting: &Waiting) {
    for (_, settle) in waiting.take() {
        drop(settle.call0(&JsValue::UNDEFINED));
    }
}

/// The worker failed: those who wait get a message without an answer.
fn fail_all(waiting: &Waiting) {
    for (_, settle) in waiting.take() {
        drop(settle.call1(&JsValue::UNDEFINED, &JsValue::NULL));
    }
}

fn field(message: &JsValue, name: &str) -> JsValue {
    Reflect::get(message, &name.into()).unwrap_or(JsValue::UNDEFINED)
}
