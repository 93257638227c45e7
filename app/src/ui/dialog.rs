//! A dialog that must be answered.

use crate::text::Text;
use leptos::{html, prelude::*};

/// The browser's own dialog, over everything, while `open`. Escape does what `cancel` does. The focus goes back to where
/// it was by itself.
#[component]
pub(crate) fn Dialog(
    title: Text,
    /// Of the title's element, apart from every other on the page.
    #[prop(default = "dialog-title")]
    id: &'static str,
    #[prop(into)] open: Signal<bool>,
    #[prop(into)] cancel: Callback<()>,
    children: Children,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    Effect::new(move || {
        let (Some(dialog), open) = (node.get(), open.get()) else {
            return;
        };
        if open && !dialog.open() {
            // It fails only where the dialog is open or not in the page.
            drop(dialog.show_modal());
        } else if !open && dialog.open() {
            dialog.close();
        }
    });
    let escape = move |event: leptos::ev::Event| {
        event.prevent_default();
        cancel.run(());
    };
    view! {
        <dialog class="candour-dialog" aria-labelledby=id node_ref=node on:cancel=escape>
            <h2 id=id class="govuk-heading-m">{title}</h2>
            {children()}
        </dialog>
    }
}
