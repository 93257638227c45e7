//! Asking who should have it, after saying what that means.

use super::{Colleague, Copy, Giving, Step};
use crate::{
    concern::parcels::{from::known, giving::Gift},
    text::{self, Text},
    ui::{self, Bound, ErrorSummary, Headline, List, Problem, Radios, SecureForm, SubmitButton},
};
use leptos::prelude::*;
use protocol::concern::Language;

const WHO: &str = "colleague";
const COPY: &str = "own-copy";

#[component]
pub(super) fn Choose(giving: Giving, what: Text, colleagues: Vec<Colleague>) -> impl IntoView {
    let lang = ui::language();
    let problems = RwSignal::new(Vec::new());
    let failing = Signal::derive(move || problems.with(|all: &Vec<Problem>| !all.is_empty()));
    let options = colleagues.iter().map(|one| (one.account, known(one, lang)));
    let options: Vec<_> = options.collect();
    let go_on = Callback::new(move |()| {
        problems.set(missing(giving, lang));
        if problems.with_untracked(Vec::is_empty) {
            giving.step.set(Step::Sure);
        }
    });
    view! {
        <ErrorSummary problems/>
        <Headline title=text::give_title(lang) failing/>
        <p class="govuk-body notranslate" translate="no">{what}</p>
        <List items=consequences(giving.gift, lang)/>
        <SecureForm submit=go_on>
            <Radios id=WHO legend=text::give_who(lang) hint=text::give_who_hint(lang) options
                value=Bound::whole(giving.to) problems/>
            {matches!(giving.gift, Gift::Draft(_)).then(|| view! { <OwnCopy giving problems/> })}
            <SubmitButton text=text::give_continue(lang) busy=text::give_continue(lang) pending=false/>
        </SecureForm>
    }
}

/// What will happen, in plain words.
fn consequences(gift: Gift, lang: Language) -> Vec<Text> {
    let (own, later) = match gift {
        Gift::Draft(_) => (text::give_draft_apart(lang), text::give_removal(lang)),
        Gift::Concern(_) => (text::give_concern_stays(lang), text::give_concern_removal(lang)),
    };
    vec![
        text::give_can(lang),
        own,
        text::give_sealed(lang),
        text::give_while(lang),
        later,
    ]
}

#[component]
fn OwnCopy(giving: Giving, problems: RwSignal<Vec<Problem>>) -> impl IntoView {
    let lang = ui::language();
    let options = vec![
        (Copy::Keep, text::give_copy_keep(lang)),
        (Copy::Delete, text::give_copy_delete(lang)),
    ];
    view! {
        <Radios id=COPY legend=text::give_copy(lang) hint=text::give_copy_hint(lang) options value=Bound::whole(giving.copy)
            problems/>
    }
}

fn missing(giving: Giving, lang: Language) -> Vec<Problem> {
    let who = giving.to.with_untracked(Option::is_none).then(|| Problem {
        field: WHO,
        text: text::give_who_missing(lang),
    });
    let draft = matches!(giving.gift, Gift::Draft(_));
    let copy = (draft && giving.copy.with_untracked(Option::is_none)).then(|| Problem {
        field: COPY,
        text: text::give_copy_missing(lang),
    });
    who.into_iter().chain(copy).collect()
}
