//! The recovery key and its custodians; then a page of its own that says what will be made.

use super::{
    set_up::{Doing, SetUp},
    steps,
    sure::Sure,
};
use crate::{
    account::desk::Desk,
    invitation::Made,
    text::{self, Text},
    ui::{
        self, Bound, ErrorSummary, Heading, Headline, List, Paragraph, PlainButton, Problem, Row, SecureForm,
        SubmitButton, SummaryList, TextInput, WarningText, Words,
    },
    vault,
};
use leptos::{prelude::*, task::spawn_local};
use protocol::{
    concern::{Language, check_text},
    vault::NewRules,
};

/// The ids of the fields.
const RECOVERY: &str = "recovery";
const CUSTODIANS: [&str; 3] = ["custodian-1", "custodian-2", "custodian-3"];
/// The most characters of a custodian's name.
const LONGEST_NAME: usize = 200;

/// The form.
#[component]
pub(super) fn DraftForm(set_up: SetUp) -> impl IntoView {
    let (doing, lang) = (expect_context::<Doing>(), ui::language());
    let (problems, pending) = (RwSignal::new(Vec::new()), RwSignal::new(false));
    let alone = set_up.own.compartment.sealed && !set_up.invited.iter().any(|made| made.joiner().is_some());
    let send = Callback::new(move |()| {
        problems.set(wrong(&doing.custodians.get_untracked(), lang));
        pending.set(true);
        spawn_local(async move {
            let words = vault::read_recovery(doing.recovery.get_untracked()).await;
            pending.try_set(false);
            match words {
                Ok(words) if problems.with_untracked(Vec::is_empty) => {
                    doing.sure.set(Some(Sure::Make(words)));
                }
                Ok(_) => (),
                Err(_) => drop(problems.try_update(|all| all.insert(0, unreadable(lang)))),
            }
        });
    });
    view! {
        <Heading text=text::recovery_title(lang)/>
        <List items=vec![text::recovery_make(lang), text::recovery_hand(lang), text::recovery_outside(lang), text::recovery_shown(lang)]/>
        {if alone {
            view! { <WarningText text=text::recovery_first_people(lang)/> }.into_any()
        } else {
            view! {
                <ErrorSummary problems/>
                <SecureForm submit=send pending>
                    <TextInput id=RECOVERY label=text::recovery_line(lang) hint=text::recovery_line_hint(lang)
                        value=Bound::whole(doing.recovery) problems/>
                    <Custodians problems/>
                    <SubmitButton text=text::go_on(lang) busy=text::loading(lang) pending/>
                </SecureForm>
            }
            .into_any()
        }}
    }
}

#[component]
fn Custodians(problems: RwSignal<Vec<Problem>>) -> impl IntoView {
    let (doing, lang) = (expect_context::<Doing>(), ui::language());
    let [one, two, three] = CUSTODIANS;
    let names = doing.custodians;
    view! {
        <TextInput id=one label=text::custodian_label(lang, 1) hint=text::custodian_hint(lang) problems
            value=Bound::part(names, |all| all[0].clone(), |all, name| all[0] = name)/>
        <TextInput id=two label=text::custodian_label(lang, 2) problems
            value=Bound::part(names, |all| all[1].clone(), |all, name| all[1] = name)/>
        <TextInput id=three label=text::custodian_label(lang, 3) problems
            value=Bound::part(names, |all| all[2].clone(), |all, name| all[2] = name)/>
    }
}

fn unreadable(lang: Language) -> Problem {
    Problem {
        field: RECOVERY,
        text: text::recovery_wrong(lang),
    }
}

/// Three names, each another.
fn wrong(names: &[String; 3], lang: Language) -> Vec<Problem> {
    let text = |place: usize| -> Option<Text> {
        let name = names[place].trim();
        if name.is_empty() || check_text(name, LONGEST_NAME).is_err() {
            return Some(text::custodian_missing(lang, place + 1));
        }
        let before = names[..place].iter().any(|other| other.trim() == name);
        before.then(|| text::custodian_twice(lang))
    };
    let problem = |(place, field): (usize, &&'static str)| {
        Some(Problem {
            field,
            text: text(place)?,
        })
    };
    CUSTODIANS.iter().enumerate().filter_map(problem).collect()
}

/// The page that asks once more: the words of everybody and of the recovery key stand beside one another.
#[component]
pub(super) fn DraftPage(set_up: SetUp, words: Vec<String>) -> impl IntoView {
    let (desk, doing, lang) = (
        expect_context::<Desk>(),
        expect_context::<Doing>(),
        ui::language(),
    );
    let rows = rows(&set_up, words, &doing.custodians.get_untracked(), lang);
    let press = move |()| {
        doing.sure.set(None);
        let rules = NewRules {
            signers: if set_up.own.compartment.sealed { 2 } else { 1 },
            recovery: Some(doing.recovery.get_untracked().trim().to_owned()),
            custodians: doing
                .custodians
                .get_untracked()
                .map(|name| name.trim().to_owned())
                .to_vec(),
        };
        doing.acts.act(
            text::compartment_made(lang),
            steps::draft(desk, set_up.clone(), rules),
        );
    };
    view! {
        <Headline title=text::compartment_sure(lang)/>
        <SummaryList rows/>
        <WarningText text=text::compartment_compare(lang)/>
        <List items=vec![text::compartment_members(lang), text::compartment_custodians(lang), text::compartment_directory(lang)]/>
        <div class="govuk-button-group">
            <PlainButton text=text::compartment_button(lang) press class="govuk-button"/>
            <PlainButton text=text::cancel(lang) press=move |()| doing.sure.set(None)/>
        </div>
        <Paragraph text=text::compartment_again(lang)/>
    }
}

fn rows(set_up: &SetUp, words: Vec<String>, custodians: &[String; 3], lang: Language) -> Vec<Row> {
    let worded = |key: Text, words: Vec<String>| Row {
        key,
        value: view! { <Words words/> }.into_any(),
        action: None,
    };
    let people = set_up.invited.iter().filter_map(Made::joiner);
    let people = people.map(|one| worded(Text::of(one.name.clone()), one.words.clone()));
    let names = custodians.join("\n");
    people
        .chain([
            worded(text::recovery_words(lang), words),
            Row::written(text::custodians_label(lang), names),
        ])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_custodians_are_named_each_once() {
        let fields = |names: [&str; 3]| {
            let problems = wrong(&names.map(str::to_owned), Language::English);
            problems.iter().map(|one| one.field).collect::<Vec<_>>()
        };
        assert_eq!(fields(["A", "B", "C"]), Vec::<&str>::new());
        assert_eq!(fields(["", " ", "C"]), ["custodian-1", "custodian-2"]);
        assert_eq!(fields(["A", "A ", "A"]), ["custodian-2", "custodian-3"]);
        assert_eq!(fields(["A", "B\u{202e}", "C"]), ["custodian-2"]);
    }
}
