//! What every field of a form has: a label, perhaps a hint, perhaps a problem.

use super::language;
use crate::text::{self, Text};
use leptos::prelude::*;

/// What is wrong with one field. The summary and the field show the same words because there is only this one text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    /// The field's element.
    pub(crate) field: &'static str,
    /// What to do about it.
    pub(crate) text: Text,
}

/// Everything that is wrong with a form.
pub(crate) type Problems = Signal<Vec<Problem>>;

/// A value that a field shows and changes.
pub(crate) struct Bound<T: Send + Sync + 'static> {
    /// The value.
    pub(crate) get: Signal<T>,
    /// Changes it.
    pub(crate) set: SignalSetter<T>,
}

impl<T: Send + Sync + 'static> Clone for Bound<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Bound<T> {}

impl<T: Send + Sync + Clone + PartialEq + 'static> Bound<T> {
    /// One part of a larger value.
    pub(crate) fn part<S: Send + Sync + 'static>(
        whole: RwSignal<S>,
        get: impl Fn(&S) -> T + Copy + Send + Sync + 'static,
        set: impl Fn(&mut S, T) + Copy + Send + Sync + 'static,
    ) -> Self {
        let (get, set) = create_slice(whole, get, set);
        Self { get, set }
    }

    /// The whole of a signal.
    pub(crate) fn whole(signal: RwSignal<T>) -> Self {
        Self {
            get: signal.into(),
            set: signal.into(),
        }
    }
}

/// The problem of the field `id`, if it has one.
pub(super) fn problem_of(problems: Problems, id: &'static str) -> Signal<Option<Text>> {
    Signal::derive(move || {
        problems.with(|all| all.iter().find(|one| one.field == id).map(|one| one.text.clone()))
    })
}

/// The ids of a field's hint and problem, for `aria-describedby`.
pub(super) fn described_by(
    id: &'static str,
    hint: bool,
    problem: Signal<Option<Text>>,
) -> impl Fn() -> Option<String> {
    move || {
        let parts = [
            hint.then(|| format!("{id}-hint")),
            problem.with(Option::is_some).then(|| format!("{id}-error")),
        ];
        let parts: Vec<_> = parts.into_iter().flatten().collect();
        (!parts.is_empty()).then(|| parts.join(" "))
    }
}

/// The classes of a form group, red at the side while it has a problem.
pub(super) fn group_class(problem: Signal<Option<Text>>) -> impl Fn() -> &'static str {
    move || {
        if problem.with(Option::is_some) {
            "govuk-form-group govuk-form-group--error"
        } else {
            "govuk-form-group"
        }
    }
}

/// The hint under a label.
pub(super) fn hint_view(id: &'static str, hint: Option<Text>) -> impl IntoView {
    hint.map(|hint| view! { <div id=format!("{id}-hint") class="govuk-hint">{hint}</div> })
}

/// The problem above a field.
pub(super) fn problem_view(id: &'static str, problem: Signal<Option<Text>>) -> impl IntoView {
    let lang = language();
    move || {
        problem.get().map(|words| {
            view! {
                <p id=format!("{id}-error") class="govuk-error-message">
                    <span class="govuk-visually-hidden">{text::error_prefix(lang)} " "</span>
                    {words}
                </p>
            }
        })
    }
}
