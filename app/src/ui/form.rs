//! A form that nothing but the page's own code sends.

use leptos::prelude::*;

/// The form. Until the page's own code runs nothing in it can be used, so that nothing typed is lost or sent by the
/// browser itself: it has no action and its fields have no names. `submit` is not called again while `pending`.
#[component]
pub(crate) fn SecureForm(
    #[prop(into)] submit: Callback<()>,
    #[prop(optional, into)] pending: Signal<bool>,
    children: Children,
) -> impl IntoView {
    let ready = RwSignal::new(false);
    Effect::new(move || ready.set(true));
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if ready.get_untracked() && !pending.get_untracked() {
            submit.run(());
        }
    };
    view! {
        <form class="notranslate" translate="no" novalidate autocomplete="off" on:submit=send>
            <fieldset class="govuk-fieldset" disabled=move || !ready.get()>{children()}</fieldset>
        </form>
    }
}
