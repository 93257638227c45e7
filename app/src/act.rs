//! What somebody does on a page, and what is said of how it went.

use crate::{
    text::{self, Text},
    trouble::Trouble,
    ui::{self, Inset, Loading, Refusal},
};
use leptos::{prelude::*, task::spawn_local};

/// The acts of a page. They outlive what is shown, which is fetched again after each.
#[derive(Clone, Copy)]
pub(crate) struct Acts {
    /// How the last one went.
    said: RwSignal<Option<Result<Text, Trouble>>>,
    /// How many are under way: what somebody has confirmed is done, whatever else is being done meanwhile.
    busy: RwSignal<u32>,
    done: RwSignal<u32>,
}

impl Acts {
    /// Nothing is done yet.
    pub(crate) fn new() -> Self {
        Self {
            said: RwSignal::new(None),
            busy: RwSignal::new(0),
            done: RwSignal::new(0),
        }
    }

    /// Does something, says `well` or what went wrong, and has everything fetched again.
    pub(crate) fn act(self, well: Text, work: impl Future<Output = Result<(), Trouble>> + 'static) {
        self.run(async move { work.await.map(|()| Some(well)) });
    }

    /// Does something that says itself how it went.
    pub(crate) fn act_telling(self, work: impl Future<Output = Result<Text, Trouble>> + 'static) {
        self.run(async move { work.await.map(Some) });
    }

    /// Does something that says nothing when it goes well.
    pub(crate) fn act_quietly(self, work: impl Future<Output = Result<(), Trouble>> + 'static) {
        self.run(async move { work.await.map(|()| None) });
    }

    /// Does something that may say how it went.
    pub(crate) fn run(self, work: impl Future<Output = Result<Option<Text>, Trouble>> + 'static) {
        self.said.set(None);
        self.busy.update(|busy| *busy += 1);
        spawn_local(async move {
            let said = work.await.transpose();
            // The page may be gone before the answer comes.
            self.busy.try_update(|busy| *busy -= 1);
            self.said.try_set(said);
            self.again();
        });
    }

    /// Whether one is under way.
    pub(crate) fn are_busy(self) -> bool {
        self.busy.get() > 0
    }

    /// Says something, in place of how the last act went.
    pub(crate) fn say(self, said: Result<Text, Trouble>) {
        self.said.try_set(Some(said));
    }

    /// Says nothing more of the last act.
    pub(crate) fn forget(self) {
        self.said.try_set(None);
    }

    /// Has everything fetched again.
    pub(crate) fn again(self) {
        self.done.try_update(|done| *done += 1);
    }

    /// Whoever fetches something fetches it again after each act.
    pub(crate) fn track(self) {
        self.done.track();
    }
}

/// How the last act went, or that one is under way.
#[component]
pub(crate) fn Said(acts: Acts) -> impl IntoView {
    let lang = ui::language();
    let said = move || {
        acts.said.get().map(|said| match said {
            Ok(text) => view! { <Inset><p class="govuk-body" role="status">{text}</p></Inset> }.into_any(),
            Err(trouble) => view! { <Refusal text=trouble.text(lang)/> }.into_any(),
        })
    };
    let busy = move || {
        acts.are_busy()
            .then(|| view! { <Loading text=text::loading(lang)/> })
    };
    view! { {said} {busy} }.into_any()
}
