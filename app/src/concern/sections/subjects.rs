//! Whom it is about: those named or described so far, and one more.

use super::subject::SubjectForm;
use crate::{
    concern::{
        answers::{Answers, field},
        draft::Draft,
        form::SectionForm,
        rows::subject_rows,
        section::Section,
    },
    text,
    ui::{self, Heading, Paragraph, PlainButton, SummaryCard},
};
use leptos::prelude::*;
use protocol::{told::MOST_SUBJECTS, told::Subject, vault::Trusted};

/// The page: one person while they are written of, else all of them.
#[component]
pub(super) fn SubjectsSection(trusted: Memo<Option<Trusted>>) -> impl IntoView {
    let editing = RwSignal::new(None::<usize>);
    move || match editing.get() {
        Some(number) => view! { <SubjectForm number done=move |()| editing.set(None)/> }.into_any(),
        None => view! { <All trusted editing/> }.into_any(),
    }
}

#[component]
fn All(trusted: Memo<Option<Trusted>>, editing: RwSignal<Option<usize>>) -> impl IntoView {
    let (draft, lang) = (expect_context::<Draft>(), ui::language());
    let problems = RwSignal::new(Vec::new());
    let add = move |()| {
        let number = draft
            .answers
            .with_untracked(|answers| answers.told.subjects.len());
        draft
            .answers
            .update(|answers| answers.told.subjects.push(Subject::default()));
        editing.set(Some(number));
    };
    let cards = move || {
        let count = draft.answers.with(|answers| answers.told.subjects.len());
        (0..count)
            .map(|number| view! { <Card number editing/> })
            .collect::<Vec<_>>()
    };
    let room = move || {
        draft
            .answers
            .with(|answers| answers.told.subjects.len() < MOST_SUBJECTS)
    };
    let label = move || {
        if draft.answers.with(|answers| answers.told.subjects.is_empty()) {
            text::subject_add_first(lang)
        } else {
            text::subject_add(lang)
        }
    };
    view! {
        <SectionForm section=Section::Subjects trusted problems>
            <Paragraph text=text::subjects_text(lang)/>
            <div id=field::SUBJECTS tabindex="-1">{cards}</div>
            {move || room().then(|| view! { <PlainButton text=label() press=add/> })}
        </SectionForm>
    }
}

#[component]
fn Card(number: usize, editing: RwSignal<Option<usize>>) -> impl IntoView {
    let (draft, lang) = (expect_context::<Draft>(), ui::language());
    let removing = RwSignal::new(false);
    let shown = u32::try_from(number + 1).unwrap_or(u32::MAX);
    let rows = draft.answers.with_untracked(|answers: &Answers| {
        answers
            .told
            .subjects
            .get(number)
            .map(|subject| subject_rows(subject, lang))
            .unwrap_or_default()
    });
    let remove = move |()| {
        draft.answers.update(|answers| {
            if number < answers.told.subjects.len() {
                answers.told.subjects.remove(number);
            }
        });
    };
    view! {
        <SummaryCard title=text::subject_title(lang, shown) rows/>
        <div class="govuk-button-group">
            <PlainButton text=text::subject_change(lang, shown) press=move |()| editing.set(Some(number))/>
            {move || if removing.get() {
                view! {
                    <Heading text=text::subject_remove_sure(lang, shown)/>
                    <PlainButton text=text::subject_remove_yes(lang) press=remove class="govuk-button govuk-button--warning"/>
                    <PlainButton text=text::subject_keep(lang) press=move |()| removing.set(false)/>
                }
                .into_any()
            } else {
                view! { <PlainButton text=text::subject_remove(lang, shown) press=move |()| removing.set(true)/> }.into_any()
            }}
        </div>
    }
}
