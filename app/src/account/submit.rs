//! What a form does with the password, or the code, that it takes.

use crate::{text::Text, trouble::Trouble, ui::Problem};
use leptos::{prelude::*, task::spawn_local};
use protocol::vault::Password;
use std::pin::Pin;

/// What is done with a password, or with something else that was typed.
pub(crate) struct Submit<T: 'static = Password>(Callback<(T,), Work>);

type Work = Pin<Box<dyn Future<Output = Result<(), Trouble>>>>;

impl<T: 'static> Clone for Submit<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: 'static> Copy for Submit<T> {}

impl<T: 'static> Submit<T> {
    /// Does `work`.
    pub(crate) fn new<Fut>(work: impl Fn(T) -> Fut + Send + Sync + 'static) -> Self
    where
        Fut: Future<Output = Result<(), Trouble>> + 'static,
    {
        Self(Callback::new(move |(typed,)| Box::pin(work(typed)) as Work))
    }

    /// Does it with what was `typed`. `pending` tells for how long, `problems` what went wrong: in `words`, at `field`.
    pub(super) fn run(
        self,
        typed: T,
        pending: RwSignal<bool>,
        problems: RwSignal<Vec<Problem>>,
        (field, words): (&'static str, impl FnOnce(&Trouble) -> Text + 'static),
    ) {
        let work = self.0.run((typed,));
        pending.set(true);
        spawn_local(async move {
            let answer = work.await;
            // A form that has done its work is gone by now.
            pending.try_set(false);
            if let Err(trouble) = answer {
                let text = words(&trouble);
                problems.try_set(vec![Problem { field, text }]);
            }
        });
    }
}
