//! What every page of the section has: the way back, what is wrong, what is asked, the way on.

use super::Way;
use crate::{
    place::Place,
    text::{self, Text},
    ui::{self, ErrorSummary, Headline, PlainButton, Problem, SecureForm, SubmitButton},
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
    let lang = ui::language();
    view! {
        <StepHead way title problems/>
        <SecureForm submit>
            {children()}
            <div class="govuk-button-group">
                <SubmitButton text=text::save_and_go_on(lang) busy=text::save_and_go_on(lang) pending=false/>
                <a class="govuk-link" href=Place::NewConcern.path(lang)>{text::come_back_later(lang)}</a>
            </div>
        </SecureForm>
    }
}

/// The top of a page.
#[component]
pub(super) fn StepHead(way: Way, title: Text, problems: RwSignal<Vec<Problem>>) -> impl IntoView {
    let lang = ui::language();
    let failing = Signal::derive(move || problems.with(|all| !all.is_empty()));
    let back = if way.is_first() {
        view! { <a class="govuk-back-link" href=Place::NewConcern.path(lang)>{text::back_to_tasks(lang)}</a> }
            .into_any()
    } else {
        let press = move |()| way.back();
        view! { <PlainButton text=text::back(lang) press class="govuk-back-link candour-link-button"/> }
            .into_any()
    };
    view! {
        {back}
        <ErrorSummary problems/>
        <Headline title failing/>
    }
}
