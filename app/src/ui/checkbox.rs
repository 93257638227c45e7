//! A box to tick.

use super::field::{Bound, Problems, described_by, group_class, problem_of, problem_view};
use crate::text::Text;
use leptos::prelude::*;

/// One box with its label. Like every field it has no `name`.
#[component]
pub(crate) fn Checkbox(
    id: &'static str,
    label: Text,
    value: Bound<bool>,
    #[prop(into)] problems: Problems,
) -> impl IntoView {
    let problem = problem_of(problems, id);
    let described = described_by(id, false, problem);
    view! {
        <div class=group_class(problem)>
            {problem_view(id, problem)}
            <div class="govuk-checkboxes">
                <div class="govuk-checkboxes__item">
                    <input id=id class="govuk-checkboxes__input" type="checkbox" autocomplete="off"
                        aria-describedby=described prop:checked=move || value.get.get()
                        on:change=move |event| value.set.set(event_target_checked(&event))/>
                    <label class="govuk-label govuk-checkboxes__label" for=id>{label}</label>
                </div>
            </div>
        </div>
    }
}
