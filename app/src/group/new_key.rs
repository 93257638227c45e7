//! Naming another recovery key: a form, then a page of its own that shows its six words beside what will happen.

use super::{
    aims,
    drill::{Doing, hand_in},
    steps,
};
use crate::{
    account::desk::Desk,
    text,
    ui::{
        self, Bound, ErrorSummary, Headline, List, PlainButton, Problem, Row, SecureForm, SubmitButton,
        SummaryList, TextArea, TextInput, WarningText, Words,
    },
};
use leptos::{prelude::*, task::spawn_local};
use protocol::{
    concern::Language,
    id::GroupId,
    vault::{Change, Draft, NewRules, Rules},
};

/// The ids of the fields.
const LINE: &str = "recovery-line";
const CUSTODIANS: &str = "custodians";
/// The most characters of all custodians' names.
const LONGEST: usize = 2_000;

/// A recovery key that is drafted, and what the draft says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NewKey {
    /// The draft.
    pub(super) draft: Draft,
    rules: Rules,
}

/// Behind a summary: the public half, and the custodians.
#[component]
pub(super) fn KeyForm(group: GroupId, signers: u8) -> impl IntoView {
    let (doing, lang) = (expect_context::<Doing>(), ui::language());
    let (problems, pending) = (RwSignal::new(Vec::new()), RwSignal::new(false));
    let submit = Callback::new(move |()| {
        problems.set(wrong(doing, lang));
        if problems.with_untracked(Vec::is_empty) {
            pending.set(true);
            look(doing, (group, signers), problems, pending, lang);
        }
    });
    view! {
        <details class="govuk-details">
            <summary class="govuk-details__summary"><span class="govuk-details__summary-text">{text::new_key_title(lang)}</span></summary>
            <div class="govuk-details__text">
                <ErrorSummary problems/>
                <p class="govuk-body">{text::new_key_when(lang).with_commands()}</p>
                <SecureForm submit pending>
                    <TextInput id=LINE label=text::new_key_line(lang) hint=text::new_key_line_hint(lang) value=Bound::whole(doing.line) problems/>
                    <TextArea id=CUSTODIANS label=text::new_key_custodians(lang) hint=text::new_key_custodians_hint(lang) most=LONGEST rows=3
                        value=Bound::whole(doing.custodians) problems/>
                    <SubmitButton text=text::go_on(lang) busy=text::loading(lang) pending/>
                </SecureForm>
            </div>
        </details>
    }
}

fn names(doing: Doing) -> Vec<String> {
    let text = doing.custodians.get_untracked();
    let names = text.lines().map(str::trim).filter(|name| !name.is_empty());
    names.map(str::to_owned).collect()
}

fn wrong(doing: Doing, lang: Language) -> Vec<Problem> {
    let none = doing.line.with_untracked(|line| line.trim().is_empty());
    let line = none.then(|| Problem {
        field: LINE,
        text: text::new_key_line_missing(lang),
    });
    let few = names(doing).len() < 3;
    let custodians = few.then(|| Problem {
        field: CUSTODIANS,
        text: text::new_key_custodians_missing(lang),
    });
    line.into_iter().chain(custodians).collect()
}

/// Drafts it, and goes on to the page that shows it.
fn look(
    doing: Doing,
    (group, signers): (GroupId, u8),
    problems: RwSignal<Vec<Problem>>,
    pending: RwSignal<bool>,
    lang: Language,
) {
    let rules = NewRules {
        signers,
        recovery: Some(doing.line.get_untracked()),
        custodians: names(doing),
    };
    spawn_local(async move {
        let drafted = steps::draft_rules(group, rules).await;
        pending.try_set(false);
        match drafted {
            Ok((draft, view)) => {
                if let Change::Policy(rules) = view.change {
                    doing.sure.try_set(Some(NewKey { draft, rules }));
                }
            }
            Err(trouble) => {
                let text = trouble.text(lang);
                problems.try_set(vec![Problem { field: LINE, text }]);
            }
        }
    });
}

/// The page that asks once more.
#[component]
pub(super) fn SureKey(key: NewKey) -> impl IntoView {
    let (desk, doing, lang) = (
        expect_context::<Desk>(),
        expect_context::<Doing>(),
        ui::language(),
    );
    let rows = rules_rows(&key.rules, lang);
    let press = move |()| {
        doing.sure.set(None);
        doing.acts.act_telling(hand_in(desk, key.clone(), lang));
    };
    view! {
        <Headline title=text::new_key_sure(lang)/>
        <SummaryList rows/>
        <WarningText text=text::new_key_compare(lang)/>
        <List items=vec![text::new_key_opens(lang), text::new_key_shown(lang), text::new_key_renew(lang)]/>
        <div class="govuk-button-group">
            <PlainButton text=text::new_key_button(lang) press class="govuk-button"/>
            <PlainButton text=text::cancel(lang) press=move |()| doing.sure.set(None)/>
        </div>
    }
}

/// Rules, as rows.
pub(super) fn rules_rows(rules: &Rules, lang: Language) -> Vec<Row> {
    let words = rules.recovery.clone().unwrap_or_default();
    let mut rows = vec![
        Row {
            key: text::drill_words(lang),
            value: view! { <Words words/> }.into_any(),
            action: None,
        },
        Row::written(text::drill_custodians(lang), rules.custodians.join("\n")),
        Row::text(
            text::rules_signers(lang),
            text::Text::of(rules.signers.to_string()),
        ),
    ];
    rows.extend(rules.aims.into_iter().flat_map(|aims| aims::rows(aims, lang)));
    rows
}
