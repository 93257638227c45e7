//! What stands above and below every form on the page of a case.

use super::doing::Doing;
use crate::{
    act::Said,
    text::{self, Text},
    ui::{self, FormHead, PlainButton, Problem, SubmitButton},
};
use leptos::prelude::*;

/// The way back, what is wrong, and the title.
#[component]
pub(super) fn TaskHead(title: Text, problems: RwSignal<Vec<Problem>>) -> impl IntoView {
    let (doing, lang) = (expect_context::<Doing>(), ui::language());
    let back = view! { <PlainButton text=text::back_to_case(lang) press=move |()| doing.show(None) class="govuk-back-link candour-link-button"/> };
    view! { <FormHead back=back.into_any() title problems/> }
}

/// How it went, and the button.
#[component]
pub(super) fn TaskFoot(label: Text) -> impl IntoView {
    let (doing, lang) = (expect_context::<Doing>(), ui::language());
    view! {
        <Said acts=doing.acts/>
        <SubmitButton text=label busy=text::loading(lang) pending=doing.pending()/>
    }
}
