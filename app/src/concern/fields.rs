//! The fields of the form, each bound to its answer.

use super::{answers::Answers, choice::Choice, draft::Draft, question::Question};
use crate::{
    text::Text,
    ui::{self, Bound, Checkboxes, Problem, Radios, TextArea, TextInput},
};
use leptos::prelude::*;
use protocol::concern::Language;

/// What a choice asks.
pub(super) struct Asked {
    /// Its field.
    pub(super) id: &'static str,
    /// The question.
    pub(super) legend: fn(Language) -> Text,
    /// What helps to answer it.
    pub(super) hint: Option<fn(Language) -> Text>,
}

/// One answer of a few.
pub(super) fn one<T: Choice>(
    asked: &Asked,
    problems: RwSignal<Vec<Problem>>,
    get: fn(&Answers) -> Option<T>,
    set: fn(&mut Answers, Option<T>),
) -> AnyView {
    let (draft, lang) = (expect_context::<Draft>(), ui::language());
    let value = Bound::part(draft.answers, get, set);
    view! {
        <Radios id=asked.id legend=(asked.legend)(lang) nostrip:hint=asked.hint.map(|hint| hint(lang)) options=T::options(lang) value problems/>
    }
    .into_any()
}

/// Some answers of a few.
pub(super) fn some<T: Choice>(
    asked: &Asked,
    problems: RwSignal<Vec<Problem>>,
    get: fn(&Answers) -> Vec<T>,
    set: fn(&mut Answers, Vec<T>),
) -> AnyView {
    let (draft, lang) = (expect_context::<Draft>(), ui::language());
    let value = Bound::part(draft.answers, get, set);
    view! {
        <Checkboxes id=asked.id legend=(asked.legend)(lang) nostrip:hint=asked.hint.map(|hint| hint(lang)) options=T::options(lang) value problems/>
    }
    .into_any()
}

/// An answer in writing.
pub(super) fn writing(question: &Question, problems: RwSignal<Vec<Problem>>) -> AnyView {
    writing_of(
        question,
        problems,
        |all| Some(&all.told),
        |all| Some(&mut all.told),
    )
}

/// An answer in writing about what `of` finds among the answers, if it is there.
pub(super) fn writing_of<T: 'static>(
    question: &Question<T>,
    problems: RwSignal<Vec<Problem>>,
    of: impl Fn(&Answers) -> Option<&T> + Copy + Send + Sync + 'static,
    of_mut: impl Fn(&mut Answers) -> Option<&mut T> + Copy + Send + Sync + 'static,
) -> AnyView {
    let (draft, lang) = (expect_context::<Draft>(), ui::language());
    let (get, set) = (question.get, question.set);
    let value = Bound::part(
        draft.answers,
        move |all: &Answers| of(all).map(|told| get(told).clone()).unwrap_or_default(),
        move |all, text| {
            if let Some(told) = of_mut(all) {
                *set(told) = text;
            }
        },
    );
    let (id, label) = (question.id, (question.label)(lang));
    let hint = question.hint.map(|hint| hint(lang));
    if question.rows == 1 {
        return view! { <TextInput id label nostrip:hint=hint value problems/> }.into_any();
    }
    let (most, rows) = (question.most, question.rows);
    view! { <TextArea id label nostrip:hint=hint value problems most rows/> }.into_any()
}

/// Shows what `view` makes while `when` holds of the answers.
pub(super) fn shown_while(
    when: fn(&Answers) -> bool,
    view: impl Fn() -> AnyView + Send + Sync + 'static,
) -> AnyView {
    let draft = expect_context::<Draft>();
    let holds = Memo::new(move |_| draft.answers.with(when));
    (move || holds.get().then(&view)).into_any()
}
