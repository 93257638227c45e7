//! A line of text.

use super::field::{Bound, Problems, described_by, group_class, hint_view, problem_of, problem_view};
use crate::text::Text;
use leptos::prelude::*;

/// A text field of one line. It has no `name`: nothing but our own code can send it.
#[component]
pub(crate) fn TextInput(
    id: &'static str,
    label: Text,
    #[prop(optional)] hint: Option<Text>,
    value: Bound<String>,
    #[prop(into)] problems: Problems,
    #[prop(default = "off")] autocomplete: &'static str,
) -> impl IntoView {
    let problem = problem_of(problems, id);
    let class = move || {
        if problem.with(Option::is_some) {
            "govuk-input govuk-input--error"
        } else {
            "govuk-input"
        }
    };
    let described = described_by(id, hint.is_some(), problem);
    view! {
        <div class=group_class(problem)>
            <label class="govuk-label" for=id>{label}</label>
            {hint_view(id, hint)} {problem_view(id, problem)}
            <input id=id class=class type="text" spellcheck="false" autocapitalize="none" autocomplete=autocomplete
                aria-describedby=described prop:value=move || value.get.get()
                on:input=move |event| value.set.set(event_target_value(&event))/>
        </div>
    }
}
