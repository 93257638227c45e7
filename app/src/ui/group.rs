//! What radio buttons and boxes to tick have in common.

use super::field::{described_by, group_class, hint_view, problem_view};
use crate::text::Text;
use leptos::prelude::*;

/// A question with its answers below it. `help` stands under its problem, while it has one.
#[component]
pub(super) fn Group(
    id: &'static str,
    legend: Text,
    hint: Option<Text>,
    problem: Signal<Option<Text>>,
    #[prop(optional, into)] help: ViewFn,
    children: Children,
) -> impl IntoView {
    let described = described_by(id, hint.is_some(), problem);
    view! {
        <div class=group_class(problem)>
            <fieldset class="govuk-fieldset" aria-describedby=described>
                <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">{legend}</legend>
                {hint_view(id, hint)} {problem_view(id, problem)}
                {move || problem.with(Option::is_some).then(|| help.run())}
                {children()}
            </fieldset>
        </div>
    }
}

/// The element of the answer at `place`. The first has the group's id, so that a link in the error summary leads to it.
pub(super) fn option_id(id: &str, place: usize) -> String {
    if place == 0 {
        id.to_owned()
    } else {
        format!("{id}-{}", place + 1)
    }
}
