//! One answer of a few.

use super::{
    field::{Bound, Problems, problem_of},
    group::{Group, option_id},
};
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
    let items: Vec<_> = options
        .into_iter()
        .enumerate()
        .map(|(place, option)| item(id, place, option, value, name))
        .collect();
    view! {
        <Group id legend hint problem help>
            <div class="govuk-radios">{items}</div>
        </Group>
    }
}

/// One of them.
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
    let own = option_id(id, place);
    view! {
        <div class="govuk-radios__item">
            <input id=own.clone() class="govuk-radios__input" type="radio" autocomplete="off" name=move || name.get()
                prop:checked=move || value.get.get() == Some(option) on:change=move |_| value.set.set(Some(option))/>
            <label class="govuk-label govuk-radios__label" for=own>{label}</label>
        </div>
    }
}
