//! What every page of the section has: the way back, what is wrong, what is asked, the way on.

use super::Way;
use crate::{
    concern::form::{WayOn, to_tasks},
    text::{self, Text},
    ui::{self, FormHead, PlainButton, Problem, SecureForm},
};
use leptos::prelude::*;

/// A page with a form.
#[component]
pub(super) fn Step(
    way: Way,
    title: Text,
    problems: RwSignal<Vec<Problem>>,
    #[prop(into)] submit: Callback<()>,
    children: Children,
) -> impl IntoView {
    view! {
        <StepHead way title problems/>
        <SecureForm submit>
            {children()}
            <WayOn/>
        </SecureForm>
    }
}

/// The top of a page.
#[component]
pub(super) fn StepHead(way: Way, title: Text, problems: RwSignal<Vec<Problem>>) -> impl IntoView {
    let lang = ui::language();
    let back = if way.is_first() {
        to_tasks()
    } else {
        let press = move |()| way.back();
        view! { <PlainButton text=text::back(lang) press class="govuk-back-link candour-link-button"/> }
            .into_any()
    };
    view! { <FormHead back title problems/> }
}
