//! A password, shown or hidden.

use super::{
    Announcer,
    field::{Problems, described_by, group_class, hint_view, problem_of, problem_view},
    language,
};
use crate::text::{self, Text};
use leptos::{html, prelude::*};

/// A password field. Its value is read from `node` when it is needed and is in no signal.
#[component]
pub(crate) fn PasswordInput(
    id: &'static str,
    label: Text,
    #[prop(optional)] hint: Option<Text>,
    node: NodeRef<html::Input>,
    #[prop(into)] problems: Problems,
    /// Whether it is one that is being chosen.
    #[prop(optional)]
    new: bool,
) -> impl IntoView {
    let problem = problem_of(problems, id);
    let autocomplete = if new { "new-password" } else { "current-password" };
    let shown = RwSignal::new(false);
    let class = move || {
        let error = if problem.with(Option::is_some) {
            " govuk-input--error"
        } else {
            ""
        };
        format!("govuk-input govuk-password-input__input{error}")
    };
    let described = described_by(id, hint.is_some(), problem);
    view! {
        <div class=move || format!("{} govuk-password-input", group_class(problem)())>
            <label class="govuk-label" for=id>{label}</label>
            {hint_view(id, hint)} {problem_view(id, problem)}
            <div class="govuk-input__wrapper govuk-password-input__wrapper">
                <input id=id node_ref=node class=class type=move || if shown.get() { "text" } else { "password" }
                    spellcheck="false" autocomplete=autocomplete autocapitalize="none" aria-describedby=described/>
                <Toggle id shown/>
            </div>
        </div>
    }
}

#[component]
fn Toggle(id: &'static str, shown: RwSignal<bool>) -> impl IntoView {
    let (lang, announcer) = (language(), expect_context::<Announcer>());
    let toggle = move |_| {
        shown.update(|shown| *shown = !*shown);
        let now = if shown.get_untracked() {
            text::password_is_shown(lang)
        } else {
            text::password_is_hidden(lang)
        };
        announcer.say(now);
    };
    let words = move || {
        if shown.get() {
            text::password_hide(lang)
        } else {
            text::password_show(lang)
        }
    };
    let name = move || {
        if shown.get() {
            text::password_hide_name(lang)
        } else {
            text::password_show_name(lang)
        }
    };
    view! {
        <button type="button" aria-controls=id aria-label=move || name().plain() on:click=toggle
            class="govuk-button govuk-button--secondary govuk-password-input__toggle">
            {move || words().into_render()}
        </button>
    }
}
