//! Buttons.

use crate::text::Text;
use leptos::{ev, prelude::*};

/// Sends the form around it. While `pending` it says so and does nothing; it is never disabled, which would take the
/// focus away.
#[component]
pub(crate) fn SubmitButton(
    #[prop(into)] text: Signal<Text>,
    busy: Text,
    #[prop(into)] pending: Signal<bool>,
    #[prop(default = "govuk-button")] class: &'static str,
) -> impl IntoView {
    view! {
        <button type="submit" class=class aria-disabled=move || pending.get().then_some("true")>
            {move || if pending.get() { busy.clone() } else { text.get() }.into_render()}
        </button>
    }
}

/// Does something at once, and once however often it is clicked in a row.
#[component]
pub(crate) fn PlainButton(
    text: Text,
    #[prop(into)] press: Callback<()>,
    #[prop(default = "govuk-button govuk-button--secondary")] class: &'static str,
    #[prop(optional, into)] disabled: Signal<bool>,
) -> impl IntoView {
    // Nought by the keyboard, one for the first of a row of clicks.
    let click = move |event: ev::MouseEvent| {
        if event.detail() < 2 {
            press.run(());
        }
    };
    view! {
        <button type="button" class=class disabled=move || disabled.get() on:click=click>{text}</button>
    }
}
