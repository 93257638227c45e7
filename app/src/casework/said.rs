//! How what somebody did with a case went.

use super::doing::Doing;
use crate::{
    text,
    ui::{self, Inset, Loading, Refusal},
};
use leptos::prelude::*;

/// How it went, or that it is under way.
#[component]
pub(super) fn SaidOf() -> impl IntoView {
    let (doing, lang) = (expect_context::<Doing>(), ui::language());
    let said = move || {
        doing.said.get().map(|said| match said {
            Ok(text) => view! { <Inset><p class="govuk-body" role="status">{text}</p></Inset> }.into_any(),
            Err(trouble) => view! { <Refusal text=trouble.text(lang)/> }.into_any(),
        })
    };
    let busy = move || {
        doing
            .pending
            .get()
            .then(|| view! { <Loading text=text::loading(lang)/> })
    };
    view! { {said} {busy} }.into_any()
}
