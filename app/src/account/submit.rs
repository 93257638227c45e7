//! What a form does with the password that it takes.

use crate::{text::Text, trouble::Trouble, ui::Problem};
use leptos::{prelude::*, task::spawn_local};
use protocol::vault::Password;
use std::pin::Pin;

/// What is done with a password.
#[derive(Clone, Copy)]
pub(crate) struct Submit(Callback<(Password,), Work>);

type Work = Pin<Box<dyn Future<Output = Result<(), Trouble>>>>;

impl Submit {
    /// Does `work`.
    pub(crate) fn new<Fut>(work: impl Fn(Password) -> Fut + Send + Sync + 'static) -> Self
    where
        Fut: Future<Output = Result<(), Trouble>> + 'static,
    {
        Self(Callback::new(move |(password,)| Box::pin(work(password)) as Work))
    }

    /// Does it with `password`. `pending` tells for how long, `problems` what went wrong: in `words`, at `field`.
    pub(super) fn run(
        self,
        password: Password,
        pending: RwSignal<bool>,
        problems: RwSignal<Vec<Problem>>,
        (field, words): (&'static str, impl FnOnce(&Trouble) -> Text + 'static),
    ) {
        let work = self.0.run((password,));
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
