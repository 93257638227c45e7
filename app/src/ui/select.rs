//! One answer of many.

use super::field::{Bound, Problems, described_by, group_class, hint_view, problem_of, problem_view};
use crate::text::Text;
use leptos::prelude::*;

/// A heading, and what stands under it.
pub(crate) struct ChoiceGroup {
    /// The heading.
    pub(crate) label: Text,
    /// The choices.
    pub(crate) choices: Vec<Choice>,
}

/// One thing to choose.
pub(crate) struct Choice {
    /// What it stands for.
    pub(crate) value: String,
    /// What is shown.
    pub(crate) label: String,
    /// Whether it can be chosen now.
    pub(crate) enabled: bool,
}

/// A list to choose from; `none` is what it shows while nothing is chosen.
#[component]
pub(crate) fn Select(
    id: &'static str,
    label: Text,
    #[prop(optional)] hint: Option<Text>,
    none: Text,
    groups: Vec<ChoiceGroup>,
    value: Bound<String>,
    #[prop(into)] problems: Problems,
) -> impl IntoView {
    let problem = problem_of(problems, id);
    let class = move || {
        if problem.with(Option::is_some) {
            "govuk-select govuk-select--error"
        } else {
            "govuk-select"
        }
    };
    let described = described_by(id, hint.is_some(), problem);
    let groups: Vec<_> = groups
        .into_iter()
        .map(|group| group_view(group, value.get))
        .collect();
    view! {
        <div class=group_class(problem)>
            <label class="govuk-label govuk-label--s" for=id>{label}</label>
            {hint_view(id, hint)} {problem_view(id, problem)}
            <select id=id class=class autocomplete="off" aria-describedby=described
                on:change=move |event| value.set.set(event_target_value(&event))>
                <option value="" prop:selected=move || value.get.with(String::is_empty)>{none}</option>
                {groups}
            </select>
        </div>
    }
}

fn group_view(group: ChoiceGroup, value: Signal<String>) -> impl IntoView {
    let choices: Vec<_> = group
        .choices
        .into_iter()
        .map(
            |Choice {
                 value: own,
                 label,
                 enabled,
             }| {
                let compared = own.clone();
                let selected = move || value.with(|value| *value == compared);
                view! { <option value=own disabled=!enabled prop:selected=selected>{label}</option> }
            },
        )
        .collect();
    view! { <optgroup label=group.label.plain()>{choices}</optgroup> }
}
