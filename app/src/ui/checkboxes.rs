//! Some answers of a few.

use super::{
    field::{Bound, Problems, problem_of},
    group::{Group, option_id},
};
use crate::text::Text;
use leptos::prelude::*;

/// A group of boxes to tick. The value keeps the order in which they are offered.
#[component]
pub(crate) fn Checkboxes<T>(
    id: &'static str,
    legend: Text,
    #[prop(optional)] hint: Option<Text>,
    options: Vec<(T, Text)>,
    value: Bound<Vec<T>>,
    #[prop(into)] problems: Problems,
) -> impl IntoView
where
    T: Copy + PartialEq + Send + Sync + 'static,
{
    let problem = problem_of(problems, id);
    let order: Vec<_> = options.iter().map(|(one, _)| *one).collect();
    let order = StoredValue::new(order);
    let items: Vec<_> = options
        .into_iter()
        .enumerate()
        .map(|(place, option)| item(id, place, option, value, order))
        .collect();
    view! {
        <Group id legend hint problem>
            <div class="govuk-checkboxes">{items}</div>
        </Group>
    }
}

/// One of them.
fn item<T>(
    id: &'static str,
    place: usize,
    (option, label): (T, Text),
    value: Bound<Vec<T>>,
    order: StoredValue<Vec<T>>,
) -> impl IntoView
where
    T: Copy + PartialEq + Send + Sync + 'static,
{
    let own = option_id(id, place);
    let tick = move |event| {
        let ticked = event_target_checked(&event);
        let now = value.get.get_untracked();
        let is_in = |one: &T| if *one == option { ticked } else { now.contains(one) };
        value
            .set
            .set(order.with_value(|all| all.iter().copied().filter(is_in).collect()));
    };
    view! {
        <div class="govuk-checkboxes__item">
            <input id=own.clone() class="govuk-checkboxes__input" type="checkbox" autocomplete="off"
                prop:checked=move || value.get.with(|all| all.contains(&option)) on:change=tick/>
            <label class="govuk-label govuk-checkboxes__label" for=own>{label}</label>
        </div>
    }
}
