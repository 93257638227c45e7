//! A day, a month or a year in fields of their own.

use super::{
    field::{Bound, Problems, described_by, group_class, hint_view, problem_of, problem_view},
    language,
};
use crate::text::{self, Text};
use leptos::prelude::*;

/// The fields. `day` is nothing where no day is asked.
#[component]
pub(crate) fn DateInput(
    id: &'static str,
    legend: Text,
    hint: Text,
    #[prop(optional)] day: Option<Bound<String>>,
    month: Bound<String>,
    year: Bound<String>,
    #[prop(into)] problems: Problems,
) -> impl IntoView {
    let (problem, lang) = (problem_of(problems, id), language());
    let described = described_by(id, true, problem);
    // The first field has the group's id, so that a link in the error summary leads to it.
    let month_id = if day.is_some() {
        format!("{id}-month")
    } else {
        id.to_owned()
    };
    let part = move |id: String, label: Text, width: &'static str, value: Bound<String>| {
        view! { <Part id label width value problem/> }
    };
    view! {
        <div class=group_class(problem)>
            <fieldset class="govuk-fieldset" role="group" aria-describedby=described>
                <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">{legend}</legend>
                {hint_view(id, Some(hint))} {problem_view(id, problem)}
                <div class="govuk-date-input">
                    {day.map(|day| part(id.to_owned(), text::date_day(lang), "2", day))}
                    {part(month_id, text::date_month(lang), "4", month)}
                    {part(format!("{id}-year"), text::date_year(lang), "4", year)}
                </div>
            </fieldset>
        </div>
    }
}

#[component]
fn Part(
    id: String,
    label: Text,
    width: &'static str,
    value: Bound<String>,
    problem: Signal<Option<Text>>,
) -> impl IntoView {
    let class = move || {
        let wrong = if problem.with(Option::is_some) {
            " govuk-input--error"
        } else {
            ""
        };
        format!("govuk-input govuk-date-input__input govuk-input--width-{width}{wrong}")
    };
    view! {
        <div class="govuk-date-input__item"><div class="govuk-form-group">
            <label class="govuk-label govuk-date-input__label" for=id.clone()>{label}</label>
            <input id=id class=class type="text" autocomplete="off" spellcheck="false" prop:value=move || value.get.get()
                on:input=move |event| value.set.set(event_target_value(&event))/>
        </div></div>
    }
}
