//! One answer of a few.

use super::field::{Bound, Problems, described_by, group_class, hint_view, problem_of, problem_view};
use crate::{browser::page, text::Text};
use leptos::prelude::*;

/// A group of radio buttons. They need a common name to be a group: it is a random one, made in the browser. `help` stands
/// under its problem, while it has one.
#[component]
pub(crate) fn Radios<T>(
    id: &'static str,
    legend: Text,
    #[prop(optional)] hint: Option<Text>,
    options: Vec<(T, Text)>,
    value: Bound<Option<T>>,
    #[prop(into)] problems: Problems,
    #[prop(optional, into)] help: ViewFn,
) -> impl IntoView
where
    T: Copy + PartialEq + Send + Sync + 'static,
{
    let problem = problem_of(problems, id);
    let name = RwSignal::new(None::<String>);
    Effect::new(move || name.set(Some(page::nameless())));
    let described = described_by(id, hint.is_some(), problem);
    let items: Vec<_> = options
        .into_iter()
        .enumerate()
        .map(|(place, option)| item(id, place, option, value, name))
        .collect();
    view! {
        <div class=group_class(problem)>
            <fieldset class="govuk-fieldset" aria-describedby=described>
                <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">{legend}</legend>
                {hint_view(id, hint)} {problem_view(id, problem)}
                {move || problem.with(Option::is_some).then(|| help.run())}
                <div class="govuk-radios">{items}</div>
            </fieldset>
        </div>
    }
}

/// One of them. The first has the group's id, so that a link in the error summary leads to it.
fn item<T>(
    id: &'static str,
    place: usize,
    (option, label): (T, Text),
    value: Bound<Option<T>>,
    name: RwSignal<Option<String>>,
) -> impl IntoView
where
    T: Copy + PartialEq + Send + Sync + 'static,
{
    let own = if place == 0 {
        id.to_owned()
    } else {
        format!("{id}-{}", place + 1)
    };
    view! {
        <div class="govuk-radios__item">
            <input id=own.clone() class="govuk-radios__input" type="radio" autocomplete="off" name=move || name.get()
                prop:checked=move || value.get.get() == Some(option) on:change=move |_| value.set.set(Some(option))/>
            <label class="govuk-label govuk-radios__label" for=own>{label}</label>
        </div>
    }
}
