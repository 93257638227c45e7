//! The button that asks a passkey.

use crate::{
    browser::passkey,
    text::{self, Text},
    trouble::Trouble,
    ui::{self, PlainButton, Refusal},
};
use leptos::{prelude::*, task::spawn_local};
use std::pin::Pin;

/// What is done when it is pressed.
type Work = Pin<Box<dyn Future<Output = Result<(), Trouble>>>>;

/// Whether this browser has passkeys: most have, so that is what a page says before it is alive.
pub(super) fn has_passkeys() -> RwSignal<bool> {
    let there = RwSignal::new(true);
    Effect::new(move || there.set(passkey::are_there()));
    there
}

/// The button, where the browser has passkeys; it can be pressed once the page is alive. What goes wrong is said above it.
#[component]
pub(super) fn PasskeyButton(text: Text, press: Callback<(), Work>) -> impl IntoView {
    let lang = ui::language();
    let (there, dead) = (has_passkeys(), RwSignal::new(true));
    Effect::new(move || dead.set(false));
    let (pending, failed) = (RwSignal::new(false), RwSignal::new(None::<Trouble>));
    let ask = Callback::new(move |()| {
        if pending.get_untracked() {
            return;
        }
        pending.set(true);
        failed.set(None);
        let work = press.run(());
        spawn_local(async move {
            let answer = work.await;
            pending.try_set(false);
            if let Err(trouble) = answer {
                failed.try_set(Some(trouble));
            }
        });
    });
    move || {
        let text = text.clone();
        there.get().then(|| {
            view! {
                {move || failed.get().map(|trouble| view! { <Refusal text=trouble.text(lang)/> })}
                <PlainButton text press=ask disabled=dead/>
                <p class="govuk-visually-hidden" role="status">{move || pending.get().then(|| text::passkey_asking(lang).into_render())}</p>
            }
        })
    }
}

/// Boxes what a button does.
pub(super) fn press<Fut>(work: impl Fn() -> Fut + Send + Sync + 'static) -> Callback<(), Work>
where
    Fut: Future<Output = Result<(), Trouble>> + 'static,
{
    Callback::new(move |()| Box::pin(work()) as Work)
}
