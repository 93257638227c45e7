//! How the person stands to those who would read it, and whether any of those must not.

use super::{
    Page, Way,
    step::{Step, StepHead},
};
use crate::{
    concern::{
        answers::{Answers, field},
        choice::Choice as _,
        draft::Draft,
        form::leave,
        readers::{READERS, Reader},
        section::Section,
        standing,
    },
    place::Place,
    site::OtherRoutes,
    text::{self, Text},
    ui::{self, Bound, Heading, List, Paragraph, Problem, Radios, WarningText},
};
use core::slice::from_ref;
use leptos::prelude::*;
use protocol::{
    told::{Rank, Whether},
    vault::{CompartmentView, ForceView, Trusted},
};

/// How the person stands to them.
#[component]
pub(super) fn RankPage(way: Way) -> impl IntoView {
    let (draft, lang) = (expect_context::<Draft>(), ui::language());
    let problems = RwSignal::new(Vec::new());
    let value = Bound::part(
        draft.answers,
        |all| all.told.routing.rank,
        move |all, rank| {
            all.told.routing.rank = rank;
            // Asked anew of those who read it now.
            all.told.routing.apart = None;
        },
    );
    let submit = move |()| match value.get.get_untracked() {
        Some(Rank::Elected) => way.go(Page::Elsewhere),
        Some(_) => {
            settle(draft, way.trusted);
            way.go(Page::Readers);
        }
        None => problems.set(vec![Problem {
            field: field::STANDING,
            text: text::standing_missing(lang),
        }]),
    };
    view! {
        <Step way title=text::rank_title(lang) problems submit>
            <Radios id=field::STANDING legend=text::standing_label(lang) hint=text::standing_hint(lang)
                options=Rank::options(lang) value problems/>
        </Step>
    }
}

fn settle(draft: Draft, trusted: Memo<Option<Trusted>>) {
    let forces = trusted.get_untracked().map(|all| all.forces).unwrap_or_default();
    draft.answers.update(|all| all.settle(&forces));
}

/// Who will be able to read it.
#[component]
pub(super) fn ReadersPage(way: Way) -> impl IntoView {
    let draft = expect_context::<Draft>();
    let usual = Memo::new(move |_| in_force(way, draft, |force, all| usual_of(force, all).cloned()));
    move || {
        let Some(reader) = usual.get() else {
            return view! { <Nobody way/> }.into_any();
        };
        view! { <Known way reader/> }.into_any()
    }
}

/// What to do where nobody can read it here.
#[component]
fn Nobody(way: Way) -> impl IntoView {
    let (draft, lang) = (expect_context::<Draft>(), ui::language());
    let problems = RwSignal::new(Vec::new());
    let why = move || in_force(way, draft, |force, all| all.no_reader(from_ref(force), lang));
    view! {
        <StepHead way title=text::nobody_title(lang) problems/>
        {move || why().map(|text| view! { <WarningText text/> })}
        <OtherRoutes/>
        <p class="govuk-body"><a class="govuk-link" href=Place::NewConcern.path(lang)>{text::back_to_tasks(lang)}</a></p>
    }
}

/// Looks at the chosen force, in the newest verified lists.
fn in_force<T>(way: Way, draft: Draft, look: impl FnOnce(&ForceView, &Answers) -> Option<T>) -> Option<T> {
    way.trusted.with(|trusted| {
        draft.answers.with(|all| {
            let forces = &trusted.as_ref()?.forces;
            look(forces.iter().find(|force| force.id == all.force)?, all)
        })
    })
}

/// Those who would read it if nobody among them must not.
fn usual_of<'a>(force: &'a ForceView, all: &Answers) -> Option<&'a CompartmentView> {
    standing::reader(standing::of_rank(all.told.routing.rank?)?, force)
}

/// Those who would, and whether any of them must not.
#[component]
fn Known(way: Way, reader: CompartmentView) -> impl IntoView {
    let (draft, lang) = (expect_context::<Draft>(), ui::language());
    let problems = RwSignal::new(Vec::new());
    let value = Bound::part(
        draft.answers,
        |all| all.told.routing.apart,
        move |all, apart| {
            all.told.routing.apart = apart;
            let forces = way.forces();
            all.settle(&forces);
        },
    );
    let submit = leave(Section::Recipient, way.trusted, problems);
    view! {
        <Step way title=text::readers_check(lang) problems submit>
            <Reader reader/>
            <Radios id=field::APART legend=text::apart_label(lang) hint=text::apart_hint(lang)
                options=Whether::options(lang) value problems/>
            <div id=READERS tabindex="-1" aria-live="polite">{move || view! { <Then way apart=value.get.get()/> }}</div>
        </Step>
    }
}

/// What follows from that answer.
#[component]
fn Then(way: Way, apart: Option<Whether>) -> impl IntoView {
    let (draft, lang) = (expect_context::<Draft>(), ui::language());
    match apart {
        Some(Whether::Yes) => {
            let both = in_force(way, draft, |force, all| {
                Some((
                    usual_of(force, all)?.clone(),
                    all.reader(from_ref(force))?.clone(),
                ))
            });
            match both {
                Some((usual, reader)) => view! { <Others usual reader/> }.into_any(),
                None => view! { <WarningText text=text::no_reader_apart(lang)/> <OtherRoutes/> }.into_any(),
            }
        }
        Some(Whether::Unknown) => {
            view! { <Paragraph text=text::apart_unknown(lang)/> <OtherRoutes/> }.into_any()
        }
        Some(Whether::No) | None => ().into_any(),
    }
}

/// Those who read it in place of the usual ones. Whoever holds recovery keys of both is named: a list knows them by name only.
#[component]
fn Others(usual: CompartmentView, reader: CompartmentView) -> impl IntoView {
    let lang = ui::language();
    let shared = standing::shared_custodians(&usual, &reader);
    let shared = (!shared.is_empty()).then(|| {
        let names = shared.into_iter().map(Text::of).collect();
        view! { <WarningText text=text::apart_custodians(lang)/> <List items=names/> }
    });
    view! {
        <Heading text=text::apart_title(lang)/>
        <Paragraph text=text::apart_text(lang)/>
        <Reader reader/>
        {shared}
        <Paragraph text=text::apart_still(lang)/>
        <OtherRoutes/>
    }
}
