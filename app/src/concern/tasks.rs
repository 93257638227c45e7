//! The list of tasks: every section of the form, and how far it has come.

use super::{
    answers::Answers,
    draft::Draft,
    form::with_sight,
    readers::Readers,
    section::{self, Group, Section},
};
use crate::{
    place::Place,
    text,
    ui::{self, Headline, List, Paragraph, Tag, TagColour, WarningText},
};
use leptos::prelude::*;
use protocol::vault::Trusted;

/// The page.
#[component]
pub(super) fn Tasks(trusted: Memo<Option<Trusted>>) -> impl IntoView {
    let lang = ui::language();
    let groups = section::groups(lang).map(|group| view! { <GroupOfTasks group trusted/> });
    view! {
        <a class="govuk-back-link" href=Place::Concerns.path(lang)>{text::concerns_title(lang)}</a>
        <Headline title=text::new_concern_title(lang)/>
        <WarningText text=text::danger_now(lang)/>
        <Paragraph text=text::tasks_text(lang)/>
        <p class="govuk-body"><a class="govuk-link" href=Place::Guidance.path(lang)>{text::guidance_title(lang)}</a></p>
        <LeaveFast/>
        <ul class="candour-tasks">{Vec::from(groups)}</ul>
        <Ready trusted/>
        <GiveIt/>
    }
}

/// The way to give the draft to a colleague, once it is stored.
#[component]
fn GiveIt() -> impl IntoView {
    let (draft, lang) = (expect_context::<Draft>(), ui::language());
    move || {
        let drawer = draft.kept.with(|kept| kept.drawer);
        drawer.map(|drawer| {
            let place = Place::GiveDraft(Some(drawer)).path(lang);
            view! { <p class="govuk-body"><a class="govuk-link" href=place>{text::give_title(lang)}</a></p> }
        })
    }
}

/// What the way out does and does not do, before it is needed.
#[component]
fn LeaveFast() -> impl IntoView {
    let lang = ui::language();
    view! {
        <details class="govuk-details">
            <summary class="govuk-details__summary">
                <span class="govuk-details__summary-text">{text::leave_fast_title(lang)}</span>
            </summary>
            <div class="govuk-details__text">
                <List items=vec![text::leave_fast_how(lang), text::leave_fast_keys(lang), text::leave_fast_cover(lang), text::leave_fast_not(lang)]/>
            </div>
        </details>
    }
}

#[component]
fn GroupOfTasks(group: Group, trusted: Memo<Option<Trusted>>) -> impl IntoView {
    let items: Vec<_> = group
        .sections
        .iter()
        .map(|section| view! { <TaskOf section=*section trusted/> })
        .collect();
    view! {
        <li>
            <h2 class="govuk-heading-m">{group.title}</h2>
            <ul class="govuk-task-list">{items}</ul>
        </li>
    }
}

/// How far a section has come.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Progress {
    /// Done.
    Done,
    /// Not begun, or something in it is still to be mended, and nothing can be sent without it.
    Needed,
    /// May be left as it is.
    Optional,
}

fn progress(answers: &Answers, section: Section, wrong: bool) -> Progress {
    match (answers.is_done(section), wrong) {
        (true, false) => Progress::Done,
        (_, true) => Progress::Needed,
        (false, false) if section.is_needed() => Progress::Needed,
        (false, false) => Progress::Optional,
    }
}

#[component]
fn TaskOf(section: Section, trusted: Memo<Option<Trusted>>) -> impl IntoView {
    let (draft, lang) = (expect_context::<Draft>(), ui::language());
    let now = Memo::new(move |_| {
        with_sight(trusted, |sight| {
            draft.answers.with(|answers| {
                let wrong = !answers.problems(section, sight, lang).is_empty();
                progress(answers, section, wrong)
            })
        })
    });
    let status = format!("{}-status", section.name());
    let tag = move || match now.get() {
        Progress::Done => text::task_done(lang).into_render().into_any(),
        Progress::Needed => view! { <Tag text=text::task_needed(lang) colour=TagColour::Blue/> }.into_any(),
        Progress::Optional => text::task_optional(lang).into_render().into_any(),
    };
    view! {
        <li class="govuk-task-list__item govuk-task-list__item--with-link">
            <div class="govuk-task-list__name-and-hint">
                <a class="govuk-link govuk-task-list__link" href=Place::Section(Some(section)).path(lang) aria-describedby=status.clone()>
                    {section.title(lang)}
                </a>
            </div>
            <div class="govuk-task-list__status" id=status>{tag}</div>
        </li>
    }
}

/// Who could read it, and the way on, once what is needed is there.
#[component]
fn Ready(trusted: Memo<Option<Trusted>>) -> impl IntoView {
    let (draft, lang) = (expect_context::<Draft>(), ui::language());
    let ready = Memo::new(move |_| {
        with_sight(trusted, |sight| {
            draft
                .answers
                .with(|answers| answers.unready(sight, lang).is_empty())
        })
    });
    let forces = Signal::derive(move || trusted.get().map(|all| all.forces).unwrap_or_default());
    let check = move || {
        if ready.get() {
            view! { <a class="govuk-button" href=Place::CheckConcern.path(lang)>{text::check_title(lang)}</a> }.into_any()
        } else {
            view! { <Paragraph text=text::tasks_not_ready(lang)/> }.into_any()
        }
    };
    view! {
        <Readers forces/>
        {check}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_that_is_needed_says_so_until_it_is_done_and_right() {
        let mut answers = Answers::default();
        assert!(progress(&answers, Section::Signs, false) == Progress::Optional);
        assert!(progress(&answers, Section::Happened, false) == Progress::Needed);
        answers.finish(Section::Happened);
        assert!(progress(&answers, Section::Happened, false) == Progress::Done);
        assert!(progress(&answers, Section::Happened, true) == Progress::Needed);
    }
}
