//! Choosing a file.

use super::field::{Problems, described_by, group_class, hint_view, problem_of, problem_view};
use crate::text::Text;
use leptos::prelude::*;

/// A field in which somebody chooses one file. What is in it is read when the form is sent.
#[component]
pub(crate) fn FileInput(
    id: &'static str,
    label: Text,
    #[prop(optional)] hint: Option<Text>,
    #[prop(into)] problems: Problems,
) -> impl IntoView {
    let problem = problem_of(problems, id);
    let class = move || {
        if problem.with(Option::is_some) {
            "govuk-file-upload govuk-file-upload--error"
        } else {
            "govuk-file-upload"
        }
    };
    let described = described_by(id, hint.is_some(), problem);
    view! {
        <div class=group_class(problem)>
            <label class="govuk-label" for=id>{label}</label>
            {hint_view(id, hint)} {problem_view(id, problem)}
            <input id=id class=class type="file" aria-describedby=described/>
        </div>
    }
}
