//! Building a page in several tasks, so that the browser can answer whoever is there already in between.

use crate::error::AppError;
use futures_util::future::{Either, select};
use js_sys::Promise;
use leptos::prelude::*;
use std::{pin::pin, time::Duration};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// The last turn. What has none is built in turn 0.
const LAST: u8 = 3;
/// How long an answer is waited for where nobody sees that it does not come.
const PATIENCE: Duration = Duration::from_secs(30);

/// Whose turn it is.
#[derive(Clone, Copy)]
pub(crate) struct Turn(RwSignal<u8>);

impl Turn {
    /// Nobody's yet.
    pub(crate) fn new() -> Self {
        Self(RwSignal::new(0))
    }

    /// Whether it has come to this one.
    pub(crate) fn has_come_to(self, turn: u8) -> bool {
        self.0.get() >= turn
    }

    /// Gives each its turn, in a task of its own.
    pub(crate) async fn pass(self) {
        for turn in 1..=LAST {
            next_task().await;
            self.0.set(turn);
        }
        next_task().await;
    }
}

/// Lets the browser do what it has waiting.
pub(crate) async fn next_task() {
    pause(Duration::ZERO).await;
}

/// The answer of the server, or that it cannot be reached where none comes in time.
pub(crate) async fn in_time<T>(answer: impl Future<Output = Result<T, AppError>>) -> Result<T, AppError> {
    match select(pin!(answer), pin!(pause(PATIENCE))).await {
        Either::Left((answer, _)) => answer,
        Either::Right(_) => Err(AppError::Offline),
    }
}

/// Waits so long.
pub(crate) async fn pause(length: Duration) {
    let mut wait = |settle: js_sys::Function, _| {
        // The function of a promise does not throw.
        set_timeout(move || drop(settle.call0(&JsValue::UNDEFINED)), length);
    };
    drop(JsFuture::from(Promise::new(&mut wait)).await);
}
