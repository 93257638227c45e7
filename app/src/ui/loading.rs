//! Waiting, and what to do where it does not end.

use crate::text::Text;
use leptos::prelude::*;
use std::time::Duration;

/// Shorter waits are not worth a word.
const PATIENCE: Duration = Duration::from_secs(1);

/// Says what is being waited for, once it takes longer than a second; `percent` is how far it has come, where known.
#[component]
pub(crate) fn Loading(text: Text, #[prop(optional, into)] percent: Signal<Option<f64>>) -> impl IntoView {
    let late = RwSignal::new(false);
    Effect::new(move || {
        let timer = set_timeout_with_handle(move || late.set(true), PATIENCE);
        on_cleanup(move || timer.map_or((), |timer| timer.clear()));
    });
    let bar = move || {
        percent.get().map(
            |percent| view! { <progress class="candour-progress" max="100" prop:value=percent></progress> },
        )
    };
    view! {
        <div class="candour-loading" role="status" hidden=move || !late.get()>
            <p class="govuk-body">{text}</p>
            {bar}
        </div>
    }
}
