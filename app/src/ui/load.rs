//! What a page fetches once it is shown.

use leptos::{prelude::*, task::spawn_local};

/// Something fetched: nothing while it is under way.
pub(crate) struct Loaded<T: Send + Sync + 'static> {
    value: RwSignal<Option<T>>,
    turn: RwSignal<u32>,
}

impl<T: Send + Sync + 'static> Clone for Loaded<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Loaded<T> {}

impl<T: Send + Sync + Clone + 'static> Loaded<T> {
    /// Does `work` once the page is shown, and again when asked to. Never where pages are made for everybody.
    pub(crate) fn by<Fut: Future<Output = T> + 'static>(work: impl Fn() -> Fut + 'static) -> Self {
        let loaded = Self {
            value: RwSignal::new(None),
            turn: RwSignal::new(0),
        };
        Effect::new(move || {
            loaded.turn.track();
            let work = work();
            // The page may be gone before the answer comes.
            spawn_local(async move { drop(loaded.value.try_set(Some(work.await))) });
        });
        loaded
    }

    /// What came.
    pub(crate) fn get(self) -> Option<T> {
        self.value.get()
    }

    /// Does the work again; what came before stays until then.
    pub(crate) fn again(self) {
        self.turn.update(|turn| *turn += 1);
    }
}
