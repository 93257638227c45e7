//! The form for a new concern: a list of tasks, a page for each, and what comes after sending.

use super::{
    answers::Sight,
    check::CheckStep,
    draft::{Draft, saved::SavedLine, saving::keep_saving},
    evidence, sections,
    sent::SentStep,
    tasks::Tasks,
};
use crate::{
    account::desk::Desk,
    browser::clock,
    concern::section::Section,
    place::Place,
    site::NotFoundPage,
    text,
    ui::{self, FormHead, Problem, SecureForm, SubmitButton},
};
use leptos::{ev, prelude::*};
use protocol::{id::Day, told::Date, vault::Trusted};

/// The list of tasks.
#[component]
pub(crate) fn NewConcernPage() -> impl IntoView {
    view! { <Unsent show=|trusted| view! { <Tasks trusted/> }.into_any()/> }
}

/// One section.
#[component]
pub(crate) fn SectionPage(section: Option<Section>) -> impl IntoView {
    match section {
        Some(section) => {
            let show = move |trusted| sections::page(section, trusted);
            view! { <Unsent show/> }.into_any()
        }
        None => view! { <NotFoundPage/> }.into_any(),
    }
}

/// Checking the answers, and sending them.
#[component]
pub(crate) fn CheckPage() -> impl IntoView {
    view! { <Unsent checks=true show=|trusted| view! { <CheckStep trusted/> }.into_any()/> }
}

/// What was verified may change while the form is filled in. It outlives a lock, which takes the form away.
type Verified = Memo<Option<Trusted>>;

/// Shows a page of the form while nothing is on its way: then it is to be sent, whatever became of the answers; and once it has arrived,
/// that is what is shown. A page that `checks` shows what is on its way as it is.
#[component]
fn Unsent(
    #[prop(optional)] checks: bool,
    show: impl Fn(Verified) -> AnyView + Send + 'static,
) -> impl IntoView {
    let (desk, draft) = (expect_context::<Desk>(), expect_context::<Draft>());
    let trusted = Memo::new(move |before: Option<&Option<Trusted>>| {
        let now = desk.state().with(|state| state.trusted().cloned());
        now.or_else(|| before.cloned().flatten())
    });
    warn_before_closing(draft);
    keep_saving(desk, draft);
    let stage = Memo::new(move |_| {
        let leaves = !checks && draft.outgoing.with(Option::is_some);
        (draft.sent.with(Option::is_some), leaves)
    });
    let page = move || match stage.get() {
        _ if trusted.with_untracked(Option::is_none) => ().into_any(),
        (true, _) => view! { <SentStep/> }.into_any(),
        (false, true) => view! { <CheckStep trusted/> }.into_any(),
        (false, false) => show(trusted),
    };
    view! { {page} <SavedLine/> }
}

/// The browser asks before it closes a page with something unfinished in it.
pub(super) fn warn_before_closing(draft: Draft) {
    Effect::new(move || {
        let asked = window_event_listener(ev::beforeunload, move |event| {
            if draft.holds_anything() {
                event.prevent_default();
            }
        });
        on_cleanup(move || asked.remove());
    });
}

/// The way back to the list of tasks.
pub(super) fn to_tasks() -> AnyView {
    let lang = ui::language();
    view! { <a class="govuk-back-link" href=Place::NewConcern.path(lang)>{text::back_to_tasks(lang)}</a> }
        .into_any()
}

/// The way on, and the way out: what was written is saved whichever is taken.
#[component]
pub(super) fn WayOn() -> impl IntoView {
    let lang = ui::language();
    view! {
        <div class="govuk-button-group">
            <SubmitButton text=text::save_and_go_on(lang) busy=text::save_and_go_on(lang) pending=false/>
            <a class="govuk-link" href=Place::NewConcern.path(lang)>{text::come_back_later(lang)}</a>
        </div>
    }
}

/// A section's page with its questions. What is wrong is said once somebody goes on; what is only unknown never is.
#[component]
pub(super) fn SectionForm(
    section: Section,
    trusted: Verified,
    problems: RwSignal<Vec<Problem>>,
    children: Children,
) -> impl IntoView {
    let lang = ui::language();
    let go_on = leave(section, trusted, problems);
    view! {
        <FormHead back=to_tasks() title=section.title(lang) problems/>
        <SecureForm submit=go_on>
            {children()}
            <WayOn/>
        </SecureForm>
    }
}

/// Goes on to the list of tasks, or back to the check if that is where somebody came from; unless something is wrong.
pub(super) fn leave(section: Section, trusted: Verified, problems: RwSignal<Vec<Problem>>) -> Callback<()> {
    let (desk, draft, lang) = (
        expect_context::<Desk>(),
        expect_context::<Draft>(),
        ui::language(),
    );
    Callback::new(move |()| {
        problems.set(found(draft, section, trusted, lang));
        if problems.with_untracked(Vec::is_empty) {
            draft.answers.update(|answers| answers.finish(section));
            let checked = draft.answers.with_untracked(|answers| answers.checked);
            desk.go(if checked {
                Place::CheckConcern
            } else {
                Place::NewConcern
            });
        }
    })
}

fn found(
    draft: Draft,
    section: Section,
    trusted: Verified,
    lang: protocol::concern::Language,
) -> Vec<Problem> {
    let mut found = with_sight(trusted, |sight| {
        draft
            .answers
            .with_untracked(|answers| answers.problems(section, sight, lang))
    });
    if section == Section::Evidence && draft.files.has_unshown_note() {
        found.push(Problem {
            field: evidence::section::FIELD,
            text: text::text_unshowable(lang),
        });
    }
    found
}

/// Looks with the newest of what was verified.
pub(super) fn with_sight<T>(trusted: Verified, look: impl FnOnce(Sight<'_>) -> T) -> T {
    trusted.with(|trusted| {
        let forces = trusted
            .as_ref()
            .map(|trusted| trusted.forces.as_slice())
            .unwrap_or_default();
        let partner = trusted.as_ref().is_some_and(|trusted| trusted.partner.is_some());
        let latest = tomorrow();
        look(Sight {
            forces,
            partner,
            latest,
        })
    })
}

/// Of clocks that differ, one may be as much as a day ahead.
fn tomorrow() -> Date {
    let (today, ..) = clock::london(clock::minute());
    let (year, month, day) = clock::date(Day(today.0 + 1));
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a year has four figures, and the others two"
    )]
    Date {
        year: year as u16,
        month: month as u8,
        day: day as u8,
    }
}
