//! What waits until a person has shown again that it is them.

use super::desk::Desk;
use crate::{
    browser::later::{Answer, question},
    error::AppError,
    trouble::Trouble,
};
use leptos::prelude::*;

/// Whether something waits, and how to let it go on.
#[derive(Clone, Copy)]
pub(super) struct Waits {
    open: RwSignal<bool>,
    answer: StoredValue<Option<Answer>, LocalStorage>,
}

impl Waits {
    pub(super) fn new() -> Self {
        Self {
            open: RwSignal::default(),
            answer: StoredValue::new_local(None),
        }
    }

    /// Asks, and waits for the answer. What waited before gets none of it.
    async fn ask(self) -> bool {
        let (answer, wait) = question();
        self.settle(false);
        self.answer.set_value(answer);
        self.open.set(true);
        wait.await
    }

    /// Answers whatever waits.
    pub(super) fn settle(self, yes: bool) {
        self.open.set(false);
        if let Some(answer) = self.answer.try_update_value(Option::take).flatten() {
            answer.give(yes);
        }
    }
}

impl Desk {
    /// Does what the server does only for somebody who has shown just now that it is them. Where they have not, they are asked
    /// in place, and it is done then.
    pub(crate) async fn fresh<T, Fut>(self, work: impl Fn() -> Fut) -> Result<T, Trouble>
    where
        Fut: Future<Output = Result<T, AppError>>,
    {
        let first = work().await;
        if !matches!(first, Err(AppError::Unconfirmed)) || !self.waiting().ask().await {
            return self.note(first);
        }
        self.note(work().await)
    }

    /// Whether something waits until the person shows that it is them.
    pub(super) fn waits(self) -> Signal<bool> {
        self.waiting().open.into()
    }

    /// They have, or do not want to.
    pub(super) fn answer(self, yes: bool) {
        self.waiting().settle(yes);
    }
}
